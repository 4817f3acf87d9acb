import Foundation

/// Changed settings, and a record 90 days late, in the large ledger.
struct RejudgeBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    let estate = try EstateLedger(options, folder)
    let size = options.evidence.max() ?? 0
    var table = ResultTable(
      "Judging again in a ledger of \(size), while dense records come in",
      [
        "what", "seconds until nothing is due", "steps", "ingestion waited ms, longest",
        "step of records ms, longest", "peak memory",
      ])
    let changes = [
      ("working hours", "hours"), ("numbers of a burst", "burst"), ("every rule", "all"),
    ]
    for (title, change) in changes {
      let ledger = try estate.copy(of: size, program: options.program, to: "rejudge.db")
      let child = try ChildProcess.task(.settings, [ledger, estate.settings, change, estate.tail])
      table.add([title] + cells(child))
    }
    let ledger = try estate.copy(of: size, program: options.program, to: "rejudge.db")
    let child = try ChildProcess.task(.late, [ledger, estate.settings, estate.late, estate.tail])
    table.add(["a record 90 days late"] + cells(child))
    folder.removeLedger("rejudge.db")
    table.show()
    Screen.line("")
    Screen.line("Goal: ingestion waits ≤ 100 ms; ≤ 150 MB.")
  }

  private func cells(_ child: ChildProcess) -> [String] {
    child.output.split(separator: "\n").map(String.init) + [child.peak.mebibytes]
  }
}
