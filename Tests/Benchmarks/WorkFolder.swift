import Foundation
import Simulation
import TestSupport

/// Where logs and ledgers of the benchmarks lie.
final class WorkFolder {
  let path: String
  private let temporary: TemporaryFolder?

  init(_ options: BenchmarkOptions) throws {
    if let folder = options.folder {
      temporary = nil
      path = folder
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } else {
      let folder = try TemporaryFolder()
      temporary = folder
      path = folder.path
    }
  }

  func file(_ name: String) -> String { path + "/" + name }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  /// Removes a ledger with everything that SQLite keeps beside it.
  func removeLedger(_ name: String) {
    for end in ["", "-wal", "-shm", "-lock", ".lock"] { unlink(file(name) + end) }
  }
}

/// One log: messages on lines, made once and read by several benchmarks.
struct SimulatedLog {
  let name: String
  let share: Double
  let path: String
  /// The settings that the log's tenant assumes.
  let settings: String
  let records: Int
  let bytes: Double

  /// The log of a share of JIT records, made where it is not there yet.
  init(share: Double, _ options: BenchmarkOptions, _ folder: WorkFolder) throws {
    self.share = share
    // A record that is evidence costs a hundred times as much as one that is not.
    records = share < 0.5 ? options.records : max(1, options.records / 8)
    name = "\(records)-\(share)-\(options.recordsPerMessage)"
    path = folder.file("log-\(name).ndjson")
    var simulation = SimulationOptions()
    simulation.records = records
    simulation.jitShare = share
    simulation.recordsPerMessage = options.recordsPerMessage
    // A busy estate: a few thousand JIT records a day, whatever the log's size.
    simulation.days = max(2, min(365, Int(Double(records) * share) / 2_500))
    let story = Story(simulation)
    settings = story.settings
    if !FileManager.default.fileExists(atPath: path) {
      Screen.note(
        "Writing the log of \(records) records, \(SimulatedLog.percent(share)) JIT.")
      let sink = try FileSink(path: path)
      var writer = StoryWriter(story)
      _ = try writer.write { message, _ in try sink.write(message: message) }
      try sink.flush()
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    bytes = (attributes[.size] as? NSNumber)?.doubleValue ?? 0
  }

  /// How the tables name it.
  var title: String {
    "\(SimulatedLog.percent(share)) JIT, \((bytes / Double(records)).shown(0)) B"
  }

  /// Gives each message in turn.
  func forEachMessage(_ body: (UnsafeRawBufferPointer) throws -> Bool) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    try data.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count
        guard try body(UnsafeRawBufferPointer(rebasing: rest[..<end])) else { return }
        start += end + 1
      }
    }
  }

  private static func percent(_ share: Double) -> String {
    share >= 1 ? "100 %" : "\((share * 100).shown(1)) %"
  }
}
