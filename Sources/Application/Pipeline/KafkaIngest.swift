public import Access
public import AccessDecoding
public import Kafka
internal import Ledger
public import Lifecycle
public import Telemetry

/// Reads a topic into a ledger: one thread, synchronous, one transaction a batch.
///
/// It assigns itself every partition, notices new ones, goes on where the ledger says, and keeps
/// trying while the broker is away. What it cannot cure by waiting ends it with a sentence.
public final class KafkaIngest {
  let options: IngestOptions
  let judge: Judge
  let reporter: Reporter
  let clock: @Sendable () -> EventTime
  var decoder: MessageDecoder
  var decoded = DecodedInput()
  var reading: TopicReading
  var feed: FeedWatch
  var summary = IngestSummary()
  private let onStep: (IngestProgress) -> Void

  /// A reader of one topic.
  ///
  /// `onStep` is told after each step that took something in.
  public init(
    options: IngestOptions, judge: Judge, decoding: DecodingSettings, reporter: Reporter,
    clock: @escaping @Sendable () -> EventTime, onStep: @escaping (IngestProgress) -> Void
  ) {
    self.options = options
    self.judge = judge
    self.reporter = reporter
    self.clock = clock
    self.onStep = onStep
    decoder = MessageDecoder(decoding)
    reading = TopicReading(topic: options.topic, lateness: options.lateness)
    feed = FeedWatch(
      source: KafkaIngest.source(ofTopic: options.topic), retention: options.topicRetention,
      heardAt: clock())
  }

  /// The name of the source that a topic is in the ledger.
  public static func source(ofTopic topic: String) -> String { "kafka:\(topic)" }

  /// Reads until it is told to stop, or, with `untilEnd`, until everything up to the ends seen at
  /// the start is committed and judged.
  public func run(until stop: StopSignal) throws -> IngestSummary {
    let start = ContinuousClock.now
    let consumer = try KafkaConsumer(
      configuration: options.configuration, topic: options.topic)
    defer { consumer.close() }
    let log = IngestLog(reporter)
    try resumeFeed(log)
    guard try begin(consumer, log, stop) else { return summary }
    try noteAnswer(consumer, log)
    let timers = IngestTimers(partitions: options.metadataInterval)
    try retire()
    while !stop.isRequested {
      try takeBatch(consumer, log)
      if try judge.workOnDue() { report() }
      log.note(consumer.events())
      if options.untilEnd, reading.hasReachedGoal { break }
      if timers.commit.isDue { commit(consumer) }
      if timers.streamTime.isDue {
        try lookAtFeed(log)
        try moveStreamTime()
      }
      if timers.partitions.isDue { try noticeNewPartitions(consumer, log) }
      if timers.retention.isDue { try retire() }
      if timers.heartbeat.isDue { report() }
    }
    if options.untilEnd, !stop.isRequested {
      try moveStreamTime()
      while try judge.workOnDue(), !stop.isRequested { report() }
    }
    commit(consumer)
    summary.seconds = (ContinuousClock.now - start).inSeconds
    return summary
  }

  /// Reads what is there and takes it in.
  private func takeBatch(_ consumer: KafkaConsumer, _ log: IngestLog) throws {
    let wait: Duration = try judge.hasDue ? .zero : options.patience
    let batch = consumer.nextBatch(limit: reading.batchLimit, timeout: wait)
    if batch.isEmpty { return }
    var builder = BatchBuilder(
      source: KafkaIngest.source(ofTopic: options.topic), receivedAt: clock())
    gather(batch, into: &builder)
    try attend(to: batch.notices, consumer, log, &builder)
    reading.noteEnds(consumer.cachedWatermarks)
    builder.set(reading.takeChangedPositions())
    watch(&builder, records: batch.count, log)
    if builder.batch.isEmpty { return }
    try judge.take(builder.batch, movingTo: reading.clock.time(now: clock()))
    summary.counts += judge.lastCounts
    summary.bytes += Int64(builder.bytes)
    summary.messages += Int64(batch.count)
    if batch.count > 0 { log.noteProgress() }
    report()
  }

  private func gather(_ batch: borrowing RecordBatch, into builder: inout BatchBuilder) {
    decoded.newestAllowed = StreamClock.newestAllowed(receivedAt: builder.batch.receivedAt)
    batch.withEachRecord { record in
      let (partition, offset) = (record.partition, record.offset)
      let length = record.withPayload { payload in
        decoded.removeAll()
        decoder.decode(payload, as: .message, into: &decoded)
        return payload.byteCount
      }
      builder.add(decoded, at: "\(partition)/\(offset)", bytes: length)
      reading.note(
        partition, offset: offset, bytes: length, newest: decoded.newestOccurredAt)
    }
  }

  /// Moves stream time on while nothing comes: a quiet feed still expires windows.
  private func moveStreamTime() throws {
    guard let time = reading.clock.time(now: clock()) else { return }
    let before = try judge.streamTime() ?? .distantPast
    if time - before >= .seconds(1), try judge.move(to: time) { report() }
  }

  /// Removes raw bytes whose time is over, a little at a time; the rest waits for the next hour.
  private func retire() throws {
    guard let retention = options.retention else { return }
    try judge.ledger.retire(before: clock() - retention)
  }

  private func commit(_ consumer: KafkaConsumer) {
    // A courtesy for lag tools, never ahead of the ledger; what fails is told by an event.
    try? consumer.commit(reading.committedOffsets())
  }

  private func report() { onStep(IngestProgress(summary, due: 0)) }
}

/// What a reader of a topic needs to know.
public struct IngestOptions: Sendable {
  /// How to reach the broker.
  public var configuration: KafkaConfiguration
  /// The topic.
  public var topic: String
  /// Where reading begins when the ledger has no position.
  public var from: StartPoint
  /// How long after the wall clock the silence of a partition counts as evidence.
  public var lateness = TimeSpan.minutes(10)
  /// True to stop once everything up to the ends seen at the start is committed.
  public var untilEnd = false
  /// How long the topic keeps its records at least.
  public var topicRetention = TimeSpan.days(1)
  /// How long raw bytes are kept; nil = for ever.
  public var retention: TimeSpan?
  /// How long to wait for a record before timers are looked at.
  public var patience: Duration = .milliseconds(100)
  /// How often the broker is asked for new partitions, which also tells whether it answers.
  public var metadataInterval: Duration = .seconds(15)
  /// How long to wait for the answer to a question before the broker counts as away.
  public var answerLimit: Duration = .seconds(10)
  /// How long to wait for the broker at the start of a run that is to end by itself.
  public var connectLimit: Duration = .seconds(60)

  /// Reading a topic from its beginning, unless said otherwise.
  public init(configuration: KafkaConfiguration, topic: String, from: StartPoint = .earliest) {
    self.configuration = configuration
    self.topic = topic
    self.from = from
  }

  /// Where reading begins when the ledger has no position.
  public enum StartPoint: Sendable, Hashable {
    /// At the oldest record there is.
    case earliest
    /// At the end.
    case latest
    /// At the first record that was appended at or after an instant.
    case time(EventTime)
    /// At the first record that was appended so long ago.
    case ago(TimeSpan)
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
