internal import Access
internal import Kafka
internal import Ledger

/// Watching over the feed itself: gaps of which no offset tells.
extension KafkaIngest {
  private var source: String { KafkaIngest.source(ofTopic: options.topic) }

  /// Goes on watching where the ledger says.
  func resumeFeed(_ log: IngestLog) throws {
    let ledger = judge.ledger
    let positions = try ledger.partitions(of: source)
    feed = FeedWatch(
      source: source, retention: options.topicRetention, silence: try ledger.silence(of: source),
      outageRow: try ledger.gap(.outage, of: source),
      silenceRow: try ledger.gap(.silence, of: source),
      newest: positions.compactMap(\.newestAt).max(), now: clock())
    try lookAtFeed(log)
  }

  /// Moves gaps on that are going on, and begins those that time alone brings.
  func lookAtFeed(_ log: IngestLog) throws {
    try keep(feed.look(at: clock(), isAtEnd: reading.isAtEnd), log)
  }

  /// Adds to a batch what it means for the feed, to be kept in the same step.
  func watch(_ builder: inout BatchBuilder, records: Int, _ log: IngestLog) {
    let now = builder.batch.receivedAt
    if records > 0 { feed.noteHeard(at: now) }
    var changes: [GapChange]
    if builder.hasActivity {
      let noted = feed.noteActivity(at: now, isAtEnd: reading.isAtEnd)
      builder.set(noted.activity)
      changes = noted.changes
    } else {
      changes = feed.look(at: now, isAtEnd: reading.isAtEnd)
    }
    builder.add(changes)
    log.note(changes)
  }

  /// Notes that the broker answers, and settles what an outage made likely.
  ///
  /// Where every position can be read on nothing was lost. Where one cannot, the row stands until
  /// the broker has said so to the client too, and the exact gap takes its place.
  func noteAnswer(_ consumer: KafkaConsumer, _ log: IngestLog) throws {
    if feed.outageRow != nil {
      let isWhole: Bool
      do throws(KafkaError) { isWhole = try holdsPositions(consumer) } catch {
        guard error.isRetriable else { throw error }
        log.noteWaiting(error)
        return feed.noteUnreachable()
      }
      if isWhole {
        try keep(feed.endOutage(), log)
        log.noteNothingLost()
      }
    }
    feed.noteHeard(at: clock())
  }

  /// Whether the broker still has every record that is to be read next.
  private func holdsPositions(_ consumer: KafkaConsumer) throws(KafkaError) -> Bool {
    for partition in reading.partitions.sorted() {
      guard let next = reading.position(of: partition)?.nextOffset else { continue }
      let marks = try consumer.watermarks(partition: partition, timeout: options.answerLimit)
      if next < marks.low || next > marks.high { return false }
    }
    return true
  }

  private func keep(_ changes: [GapChange], _ log: IngestLog) throws {
    if changes.isEmpty { return }
    try judge.ledger.change(changes, of: source)
    log.note(changes)
  }
}
