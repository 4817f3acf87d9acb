import Foundation
import Simulation

/// Ledgers of different sizes over the same estate, and records that come after.
///
/// The log is dense: every record is evidence. It is spread over days as an estate does it, about
/// 2,500 records a day, and cut by arrival: what fills the ledgers, then the tail that is taken
/// into each of them. One record of 90 days before the end is held back.
struct EstateLedger {
  static let recordsPerDay = 2_500

  private let options: BenchmarkOptions
  private let folder: WorkFolder
  private let name: String

  /// The log, made where it is not there yet.
  init(_ options: BenchmarkOptions, _ folder: WorkFolder) throws {
    self.options = options
    self.folder = folder
    name = "\(options.evidence.map(String.init).joined(separator: "-"))-\(options.tail)"
    if !folder.exists("tail-\(name).ndjson") { try writeLog() }
  }

  var tail: String { folder.file("tail-\(name).ndjson") }
  var late: String { folder.file("late-\(name).ndjson") }
  var settings: String { folder.file("estate-\(name).yaml") }

  private func fill(_ size: Int) -> String { folder.file("fill-\(size)-\(name).ndjson") }

  /// The path of a ledger with about so many pieces of evidence; nobody changes it.
  func ledger(of size: Int, program: String) throws -> String {
    let ledger = "ledger-\(size)-\(name).db"
    if folder.exists(ledger) { return folder.file(ledger) }
    Screen.note("Filling a ledger with \(size) records.")
    let part = folder.file(ledger + ".part")
    folder.removeLedger(ledger + ".part")
    let run = try ChildProcess.succeed(
      program,
      ["import", fill(size), "--config", settings, "--ledger", part, "--quiet"])
    Screen.note("That took \(run.wall.shown(1)) s, \(run.peak.mebibytes) at most.")
    try FileManager.default.moveItem(atPath: part, toPath: folder.file(ledger))
    return folder.file(ledger)
  }

  /// A copy of such a ledger, to be changed.
  func copy(of size: Int, program: String, to name: String) throws -> String {
    let original = try ledger(of: size, program: program)
    folder.removeLedger(name)
    _ = try ChildProcess.succeed("cp", ["--reflink=auto", original, folder.file(name)])
    // The copy must not be on its way to the disk while something else is measured.
    _ = try ChildProcess.succeed("sync", [folder.file(name)])
    return folder.file(name)
  }

  private func writeLog() throws {
    let large = options.evidence.max() ?? 0
    let total = large + options.tail
    Screen.note("Writing a dense log of \(total) records.")
    var simulation = SimulationOptions()
    simulation.records = total
    simulation.jitShare = 1
    simulation.duplicateShare = 0
    // One record a message: the log is cut by records.
    simulation.recordsPerMessage = 1
    simulation.days = min(3650, max(2, total / Self.recordsPerDay))
    let story = Story(simulation)
    try story.settings.write(toFile: settings, atomically: true, encoding: .utf8)
    let heldBack = max(0, total - 90 * Self.recordsPerDay)
    let fills = try options.evidence.map { (size: $0, sink: try FileSink(path: fill($0))) }
    let tailSink = try FileSink(path: tail + ".part")
    let lateSink = try FileSink(path: late)
    var number = 0
    var writer = StoryWriter(story)
    _ = try writer.write { message, _ in
      if number == heldBack {
        try lateSink.write(message: message)
      } else if number < large {
        for fill in fills where number >= large - fill.size {
          try fill.sink.write(message: message)
        }
      } else {
        try tailSink.write(message: message)
      }
      number += 1
    }
    for sink in fills.map(\.sink) + [tailSink, lateSink] { try sink.flush() }
    try FileManager.default.moveItem(atPath: tail + ".part", toPath: tail)
  }
}
