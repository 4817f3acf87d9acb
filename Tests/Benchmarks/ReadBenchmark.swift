import Foundation
import SQLite

/// `gatebook timeline` and `gatebook who` as whole processes, on the large ledger.
struct ReadBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    let estate = try EstateLedger(options, folder)
    let size = options.evidence.max() ?? 0
    let ledger = try estate.ledger(of: size, program: options.program)
    let (vm, instant) = try subject(of: ledger)
    let questions = [
      ["timeline", vm], ["who", vm, "--at", instant], ["requests", "--since", "1d"], ["status"],
      ["--version"],
    ]
    var table = ResultTable(
      "Whole processes on a ledger of \(size), for its busiest VM",
      ["command", "ms, median", "ms, worst", "CPU ms", "lines", "peak memory"])
    for question in questions {
      let words =
        question.count > 1 || question[0] == "status"
        ? question + ["--ledger", ledger, "--output", "ndjson"] : question
      var runs: [ChildProcess] = []
      for _ in 0..<max(20, options.repetitions) {
        runs.append(try ChildProcess.succeed(options.program, words))
      }
      let walls = runs.map { $0.wall * 1000 }
      table.add([
        question[0], walls.median.shown(1), (walls.max() ?? 0).shown(1),
        (runs.map(\.cpu).median * 1000).shown(1),
        "\(runs[0].output.split(separator: "\n").count)",
        (runs.map(\.peak).max() ?? 0).mebibytes,
      ])
    }
    table.show()
    Screen.line("")
    Screen.line("Goal: ≤ 50 ms for timeline and who. The last line is what starting takes.")
  }

  /// The VM with the most windows, and an instant at which one of them is open.
  private func subject(of ledger: String) throws -> (vm: String, instant: String) {
    let connection = try Connection(path: ledger, mode: .readOnly)
    let statement = try connection.prepare(
      """
      WITH busiest AS (SELECT vm FROM windows GROUP BY vm ORDER BY count(*) DESC, vm LIMIT 1)
      SELECT vm, opens_at FROM windows WHERE vm = (SELECT vm FROM busiest)
      ORDER BY opens_at DESC LIMIT 1
      """)
    let found = try statement.firstRow { ($0.text(0), $0.text(1)) }
    guard let found else { throw BenchmarkFailure("The ledger has no windows.") }
    return (found.0, found.1)
  }
}
