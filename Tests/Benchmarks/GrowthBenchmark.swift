import Foundation

/// What a record costs in a small ledger and in a large one.
struct GrowthBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    let estate = try EstateLedger(options, folder)
    var runs: [Int: [ChildProcess]] = [:]
    for _ in 0..<options.repetitions {
      for size in options.evidence {
        let ledger = try estate.copy(of: size, program: options.program, to: "growth.db")
        let run = try ChildProcess.succeed(
          options.program, ["import", estate.tail, "--ledger", ledger, "--quiet"])
        runs[size, default: []].append(run)
      }
    }
    folder.removeLedger("growth.db")
    var table = ResultTable(
      "Cost of a dense record as the ledger grows (\(options.tail) records taken in)",
      ["evidence in the ledger", "µs a record", "CPU µs a record", "records/s", "peak memory"])
    var costs: [(wall: Double, cpu: Double)] = []
    for size in options.evidence {
      let (wall, cpu) = (
        (runs[size] ?? []).map(\.wall).median, (runs[size] ?? []).map(\.cpu).median
      )
      costs.append((wall, cpu))
      let tail = Double(options.tail)
      table.add([
        "\(size)", (wall / tail * 1e6).shown(1), (cpu / tail * 1e6).shown(1),
        (tail / wall).thousands, ((runs[size] ?? []).map(\.peak).max() ?? 0).mebibytes,
      ])
    }
    table.show()
    Screen.line("")
    if let first = costs.first, let last = costs.last {
      Screen.line(
        "Ratio \((last.wall / first.wall).times) on the clock, "
          + "\((last.cpu / first.cpu).times) of CPU. Goal: ≤ 1.3 ×.")
    }
  }
}
