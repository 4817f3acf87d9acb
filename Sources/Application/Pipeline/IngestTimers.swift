/// What is looked at from time to time between batches.
struct IngestTimers {
  /// The courtesy commit: at most once a second.
  let commit = IngestTimer(every: .seconds(1))
  /// Stream time of a quiet feed.
  let streamTime = IngestTimer(every: .seconds(1))
  /// A sign of life for who watches over the process.
  let heartbeat = IngestTimer(every: .seconds(1))
  /// Raw bytes whose time is over.
  let retention = IngestTimer(every: .seconds(3600))
  /// New partitions of the topic.
  let partitions: IngestTimer

  init(partitions interval: Duration) { partitions = IngestTimer(every: interval) }
}

final class IngestTimer {
  private let interval: Duration
  private var next: ContinuousClock.Instant

  init(every interval: Duration) {
    self.interval = interval
    next = .now + interval
  }

  /// True once per interval.
  var isDue: Bool {
    let now = ContinuousClock.now
    guard now >= next else { return false }
    next = now + interval
    return true
  }
}
