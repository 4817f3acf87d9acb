import Access
import Alerting
import Contract
import Foundation
import Lifecycle
import Synchronization
import Telemetry

/// A feed in memory, of which every sink gets the same.
final class MemoryFeed: AlertFeed, Sendable {
  private struct State {
    var entries: [FeedEntry] = []
    var cursors: [String: Int64] = [:]
    var failingReads = 0
    var failingSaves = 0
  }

  struct Broken: Error {}

  private let state = Mutex(State())

  init(_ entries: [FeedEntry] = []) { state.withLock { $0.entries = entries } }

  func append(_ entries: [FeedEntry]) { state.withLock { $0.entries += entries } }

  func set(cursor: Int64?, of sink: String) { state.withLock { $0.cursors[sink] = cursor } }

  func fail(reads: Int = 0, saves: Int = 0) {
    state.withLock { ($0.failingReads, $0.failingSaves) = (reads, saves) }
  }

  func head() throws -> Int64 { state.withLock { $0.entries.last?.sequence ?? 0 } }

  func entries(after sequence: Int64, limit: Int) throws -> [FeedEntry] {
    try state.withLock { state in
      if state.failingReads > 0 {
        state.failingReads -= 1
        throw Broken()
      }
      return Array(state.entries.filter { $0.sequence > sequence }.prefix(limit))
    }
  }

  func cursor(of sink: String) -> Int64? { state.withLock { $0.cursors[sink] } }

  func save(cursor sequence: Int64, of sink: String) throws {
    try state.withLock { state in
      if state.failingSaves > 0 {
        state.failingSaves -= 1
        throw Broken()
      }
      state.cursors[sink] = sequence
    }
  }
}

/// A sink that remembers what it was handed, and fails as often as it is told.
final class RecordingSink: AlertSink, Sendable {
  private struct State {
    var delivered: [Int64] = []
    var batches: [Int] = []
    var failures = 0
    var attempts = 0
    var reopenings = 0
  }

  private let state: Mutex<State>
  private let onDelivery: @Sendable ([Int64]) -> Void
  let news = WakeUp()

  init(failures: Int = 0, onDelivery: @escaping @Sendable ([Int64]) -> Void = { _ in }) {
    state = Mutex(State(failures: failures))
    self.onDelivery = onDelivery
  }

  var delivered: [Int64] { state.withLock { $0.delivered } }
  var batches: [Int] { state.withLock { $0.batches } }
  var attempts: Int { state.withLock { $0.attempts } }
  var reopenings: Int { state.withLock { $0.reopenings } }

  func deliver(_ entries: [FeedEntry]) throws {
    let delivered = try state.withLock { state in
      state.attempts += 1
      if state.failures > 0 {
        state.failures -= 1
        throw AlertDeliveryError(receiver: "sink", operation: "reach", reason: "down")
      }
      state.delivered += entries.map(\.sequence)
      state.batches.append(entries.count)
      return state.delivered
    }
    onDelivery(delivered)
    news.ring()
  }

  func reopen() {
    state.withLock { $0.reopenings += 1 }
    news.ring()
  }

  /// Waits until a condition holds, looking at it after each delivery.
  func wait(until condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(20)
    while !condition() {
      if ContinuousClock.now > deadline { return false }
      news.wait(upTo: .milliseconds(200))
    }
    return true
  }

  var plan: SinkPlan { SinkPlan(name: "recording") { self } }
}

/// What was logged.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }

  var reporter: Reporter {
    Reporter(
      log: Log(level: .debug, style: .text, now: { WallTime(secondsSince1970: 0) }) { bytes in
        self.lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
      })
  }

  func contains(_ text: String) -> Bool { all.contains { $0.contains(text) } }
}

/// Rows of a feed; another story makes other findings of the same sequences.
func entries(
  _ sequences: ClosedRange<Int64>, story: String = "a", severity: Severity = .high
) -> [FeedEntry] {
  sequences.map { sequence in
    var finding = Finding(
      rule: "wide-source", key: [story, String(sequence)], slice: "s", severity: severity,
      occurredAt: noon)
    finding.title = "Ünïcode \(sequence)"
    finding.vms = [vm("web-01")]
    finding.actor = Actor(kind: .user, name: "ada@contoso.com", objectID: "0b1f", appID: nil)
    return FeedEntry(
      sequence: sequence, transition: .raised, raisedAt: noon + .seconds(1), finding: finding,
      acknowledged: nil)
  }
}

let noon = EventTime(rfc3339: "2026-08-12T12:00:00Z")!

func vm(_ name: String) -> ResourceID {
  ResourceID(
    "/subscriptions/0b1f/resourceGroups/Lab/providers/Microsoft.Compute/virtualMachines/\(name)")
}

func lines(_ entries: [FeedEntry]) -> String {
  entries.map { ContractRow.alert($0).json + "\n" }.joined()
}

/// Runs a sink over what the feed holds now, on this thread, as at the end of a process.
func drain(_ plan: SinkPlan, _ feed: MemoryFeed, _ log: LogLines = LogLines()) throws {
  let dispatcher = AlertDispatcher(
    [plan], reporter: log.reporter, now: { noon }, openFeed: { feed })
  let stop = StopSignal()
  stop.request()
  for worker in dispatcher.workers { try worker.run(until: stop) }
}

/// A folder that is removed when the last holder lets it go.
final class TemporaryFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "alerting-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var file: String { path + "/alerts.ndjson" }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  func read(_ path: String? = nil) -> String {
    let data = FileManager.default.contents(atPath: path ?? file) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }
}
