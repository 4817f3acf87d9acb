import Access
import AccessDecoding
import Detection
import Foundation
import Kafka
import Ledger
import Lifecycle
import Pipeline
import Synchronization
import Telemetry
import TestSupport
import Testing

/// A clock that tests set.
final class TestClock: Sendable {
  private let instant: Mutex<EventTime>
  private let isRead = Atomic(false)

  init(_ start: EventTime) { instant = Mutex(start) }

  /// The time, which nobody in the program asks for without this being noted.
  var now: EventTime {
    isRead.store(true, ordering: .releasing)
    return time
  }

  /// The time for a test.
  var time: EventTime { instant.withLock { $0 } }

  func advance(by span: TimeSpan) { instant.withLock { $0 = $0 + span } }

  /// Advances unless nobody has asked for the time since it did so last.
  func advanceOnceRead(by span: TimeSpan) {
    if isRead.exchange(false, ordering: .acquiringAndReleasing) { advance(by: span) }
  }
}

/// A topic of a cluster in this process, and the ledger that it is read into.
final class MockFeed {
  static let topic = "logs"
  static let source = "kafka:logs"
  let cluster: MockCluster
  let clock: TestClock
  private let folder: TemporaryFolder
  private var sent = 0

  var path: String { folder.path("gatebook.db") }

  init(startingAt start: EventTime) throws {
    cluster = try MockCluster()
    try cluster.createTopic(Self.topic, partitions: 1)
    clock = TestClock(start)
    folder = try TemporaryFolder()
    try change { _ in }
  }

  /// Writes to the ledger while no run does.
  func change(_ work: (LedgerWriter) throws -> Void) throws {
    try work(try LedgerWriter(path: path))
  }

  /// Sends a record of the activity log, each another.
  func send() throws {
    sent += 1
    var event = ActivityEvent()
    event.time.hub = "2026-08-12T22:41:07.\(100 + sent)Z"
    try send(event.hub)
  }

  /// Sends a record of another kind than the activity log's.
  func sendMetric() throws {
    try send(#"{"count":1,"total":2,"time":"2026-08-12T22:00:00Z","metricName":"Percentage CPU"}"#)
  }

  private func send(_ record: String) throws {
    let producer = try KafkaProducer(configuration: cluster.configuration)
    try producer.send(
      topic: Self.topic, partition: 0, payload: Array(#"{"records":[\#(record)]}"#.utf8))
    try producer.flush(timeout: .seconds(20))
  }

  func gaps() throws -> [EvidenceGap] {
    try LedgerReader(path: path).gaps(touching: .distantPast ... .distantFuture)
  }

  func recordsRead() throws -> Int {
    try LedgerReader(path: path).sources().map(\.counts.recordsRead).reduce(0, +)
  }

  /// Waits until something holds, turning the clock on between two looks if it is told to, by
  /// leaps only if it need not be looked at in between.
  func wait(
    turning span: TimeSpan = .zero, byLeaps: Bool = false, until isSo: () throws -> Bool,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !isSo() {
      guard ContinuousClock.now < deadline else {
        Issue.record("It never came to that: \(try gaps())", sourceLocation: location)
        throw CancellationError()
      }
      if byLeaps { clock.advance(by: span) } else { clock.advanceOnceRead(by: span) }
      usleep(20_000)
    }
  }

  /// Reads the topic on a thread of its own while the work is done.
  func reading(_ work: () throws -> Void) throws {
    let stop = StopSignal()
    let ended = DispatchSemaphore(value: 0)
    let failure = Mutex<String?>(nil)
    var configuration = cluster.configuration
    configuration.overrides = [
      "fetch.wait.max.ms": "20", "reconnect.backoff.max.ms": "100",
    ]
    var options = IngestOptions(configuration: configuration, topic: Self.topic)
    options.patience = .milliseconds(10)
    options.metadataInterval = .milliseconds(50)
    options.answerLimit = .milliseconds(300)
    let (path, clock) = (path, clock)
    Thread.detachNewThread { [options] in
      defer { ended.signal() }
      do {
        let judge = Judge(
          ledger: try LedgerWriter(path: path), detectors: try DetectorSet(DetectionSettings()),
          settings: 1, clock: { clock.now })
        let ingest = KafkaIngest(
          options: options, judge: judge, decoding: DecodingSettings(),
          reporter: Reporter(
            log: Log(level: .error, style: .text, now: { .now }, output: { _ in })),
          clock: { clock.now }, onStep: { _ in })
        _ = try ingest.run(until: stop)
      } catch {
        failure.withLock { $0 = "\(error)" }
      }
    }
    defer {
      stop.request()
      ended.wait()
      #expect(failure.withLock { $0 } == nil)
    }
    try work()
  }
}
