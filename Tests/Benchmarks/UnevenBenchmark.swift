import Foundation

/// What a record costs where everything happens in one place, beside an even ledger of the same
/// size; and what a late record and `who` cost there.
struct UnevenBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    var table = ResultTable(
      "Everything in one place, beside a hundred places",
      [
        "what", "steps", "CPU µs a step, uneven", "even", "ratio", "late: ingestion waited ms",
        "who ms: first, middle, last", "ledger",
      ])
    for (kind, count) in [
      (UnevenLog.Kind.chain, options.uneven), (.rules, options.uneven),
      (.policy, options.uneven * 10),
    ] {
      let uneven = try prepare(kind, places: 1, count)
      let even = try prepare(kind, places: 100, count)
      let (one, other) = (try cost(uneven, count), try cost(even, count))
      let late = try ChildProcess.task(
        .late, [try copy(uneven), uneven.settings, uneven.late, uneven.tail])
      let size = try FileManager.default.attributesOfItem(atPath: uneven.ledger)[.size] as? Double
      table.add([
        kind.rawValue, "\(count)", one.shown(0), other.shown(0), (one / other).times,
        String(late.output.split(separator: "\n")[2]),
        try who(uneven, kind, count), (size ?? 0).mebibytes,
      ])
    }
    folder.removeLedger("uneven.db")
    table.show()
    Screen.line("")
    Screen.line("Goal: ≤ 1.3 ×; ingestion waits ≤ 100 ms; who ≤ 50 ms.")
  }

  private struct Files {
    let ledger: String
    let tail: String
    let late: String
    let settings: String
  }

  private func prepare(_ kind: UnevenLog.Kind, places: Int, _ count: Int) throws -> Files {
    let name = "\(kind.rawValue)-\(places)-\(count)"
    let files = Files(
      ledger: folder.file("uneven-\(name).db"), tail: folder.file("uneven-\(name).tail"),
      late: folder.file("uneven-\(name).late"), settings: folder.file("uneven.yaml"))
    if FileManager.default.fileExists(atPath: files.ledger) { return files }
    let log = UnevenLog(kind: kind, places: places)
    let fill = folder.file("uneven-\(name).fill")
    try write(log, 0..<count, to: fill)
    try write(log, count..<(count + count / 10), to: files.tail)
    try (log.late(before: count) + "\n").write(
      toFile: files.late, atomically: true, encoding: .utf8)
    try "ledger: {}\n".write(toFile: files.settings, atomically: true, encoding: .utf8)
    Screen.note("Filling a ledger: \(name).")
    let run = try ChildProcess.succeed(
      options.program, ["import", fill, "--ledger", files.ledger, "--quiet"])
    Screen.note("That took \(run.wall.shown(1)) s, \(run.peak.mebibytes) at most.")
    try? FileManager.default.removeItem(atPath: fill)
    return files
  }

  private func write(_ log: UnevenLog, _ steps: Range<Int>, to path: String) throws {
    try Data().write(to: URL(fileURLWithPath: path))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    for step in steps {
      try file.write(contentsOf: Data((log.records(step).joined(separator: "\n") + "\n").utf8))
    }
    try file.close()
  }

  private func copy(_ files: Files) throws -> String {
    folder.removeLedger("uneven.db")
    _ = try ChildProcess.succeed("cp", ["--reflink=auto", files.ledger, folder.file("uneven.db")])
    return folder.file("uneven.db")
  }

  /// Microseconds of processor time a step.
  private func cost(_ files: Files, _ count: Int) throws -> Double {
    var costs: [Double] = []
    for _ in 0..<options.repetitions {
      let ledger = try copy(files)
      let run = try ChildProcess.succeed(
        options.program, ["import", files.tail, "--ledger", ledger, "--quiet"])
      costs.append(run.cpu / Double(count / 10) * 1e6)
    }
    return costs.median
  }

  private func who(_ files: Files, _ kind: UnevenLog.Kind, _ count: Int) throws -> String {
    let minutes = kind == .chain ? count * 60 : count
    let waits = try [0.01, 0.5, 0.99].map { part in
      let at = Date(timeIntervalSince1970: 1_700_000_000 + Double(minutes) * 60 * part)
      let run = try ChildProcess.succeed(
        options.program,
        ["who", "vm0", "--at", at.ISO8601Format(), "--ledger", files.ledger, "--quiet"])
      return (run.wall * 1000).shown(0)
    }
    return waits.joined(separator: ", ")
  }
}
