import Foundation

/// `gatebook import` of a file into a ledger that is made for it.
struct ImportBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    var table = ResultTable(
      "Import of a file, whole process, everything judged",
      ["log", "records/s", "GB/s", "wall s", "CPU s per million", "peak memory"])
    for share in options.shares {
      let log = try SimulatedLog(share: share, options, folder)
      let settings = folder.file("import.yaml")
      try log.settings.write(toFile: settings, atomically: true, encoding: .utf8)
      var runs: [ChildProcess] = []
      for _ in 0..<options.repetitions {
        folder.removeLedger("import.db")
        runs.append(
          try ChildProcess.succeed(
            options.program,
            [
              "import", log.path, "--config", settings, "--ledger", folder.file("import.db"),
              "--quiet",
            ]))
      }
      folder.removeLedger("import.db")
      let wall = runs.map(\.wall).median
      let records = Double(log.records)
      table.add([
        log.title, (records / wall).thousands, (log.bytes / wall / 1e9).shown(2), wall.shown(2),
        (runs.map(\.cpu).median / records * 1e6).shown(2),
        (runs.map(\.peak).max() ?? 0).mebibytes,
      ])
    }
    table.show()
    Screen.line("")
    Screen.line("Goals: ≥ 1.5 GB/s at 0.1 % JIT; ≥ 50 k records/s at 100 %; ≤ 150 MB.")
  }
}
