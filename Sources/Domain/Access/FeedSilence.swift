/// How long a topic's activity log is silent, and for how long it usually is.
///
/// A silence is wall time between two batches with readable records of the activity log while
/// every partition is at its end. An interruption (the broker is away, reading is behind, Gatebook
/// did not run) makes it none: it is not counted, and what is silent after it is measured anew from
/// there, so that a feed that was cut is told of even if the connection is lost meanwhile.
///
/// A pure value.
public struct FeedSilence: Hashable, Sendable {
  /// The lengths of earlier silences.
  public private(set) var earlier: SilenceHistogram
  /// When the first record was received.
  public private(set) var firstAt: EventTime?
  /// When the newest record was received.
  public private(set) var lastAt: EventTime?
  /// Since when it has been silent without interruption; nil while it is interrupted.
  public private(set) var since: EventTime?
  /// Whether that is since the newest record.
  private var isWhole = false
  private var hasReachedEnd = false
  private var behindSince: EventTime?

  /// No silence is told of before the first record is so old.
  public static let history = TimeSpan.hours(24)
  /// No shorter silence is told of.
  public static let minimum = TimeSpan.minutes(30)
  /// Being behind for a shorter time is only the way of new records.
  static let patience = TimeSpan.minutes(1)

  /// What is known of a topic, as reading it begins: interrupted until its end is reached.
  public init(
    earlier: SilenceHistogram = SilenceHistogram(), firstAt: EventTime? = nil,
    lastAt: EventTime? = nil
  ) {
    self.earlier = earlier
    self.firstAt = firstAt
    self.lastAt = lastAt
  }

  /// The length at which a silence is told of; nil while there was none to compare with.
  public var threshold: TimeSpan? {
    earlier.percentile99.map { max(FeedSilence.minimum, TimeSpan(ticks: $0.ticks * 4)) }
  }

  /// Notes a batch with readable records of the activity log, which ends a silence.
  public mutating func note(batchAt instant: EventTime, isAtEnd: Bool) -> FeedActivity {
    var activity = FeedActivity(at: instant)
    // Batches of a backlog follow one another; between them nothing was silent.
    if let since, isWhole, hasReachedEnd, instant >= since {
      activity.silenceStep = earlier.add(instant - since)
    }
    firstAt = min(firstAt ?? instant, instant)
    lastAt = instant
    since = instant
    isWhole = true
    hasReachedEnd = isAtEnd
    behindSince = isAtEnd ? nil : instant
    return activity
  }

  /// Notes whether every partition is at its end.
  public mutating func note(isAtEnd: Bool, at now: EventTime) {
    if isAtEnd {
      hasReachedEnd = true
      behindSince = nil
      since = since ?? now
    } else {
      behindSince = behindSince ?? now
      if let behindSince, now - behindSince >= FeedSilence.patience { interrupt() }
    }
  }

  /// Notes that nothing could be read.
  public mutating func interrupt() {
    since = nil
    isWhole = false
  }

  /// The silence that has lasted for longer than usual; nil while there is none.
  public func silence(now: EventTime) -> Silence? {
    guard let since, let firstAt, let lastAt, let threshold, let usual = earlier.percentile99,
      hasReachedEnd, behindSince == nil
    else { return nil }
    let reachedAt = max(since + threshold, firstAt + FeedSilence.history)
    guard now >= reachedAt else { return nil }
    return Silence(
      lastRecordAt: lastAt, from: since, reachedAt: reachedAt, threshold: threshold, usual: usual,
      earlier: earlier.count)
  }

  /// A silence that is longer than usual.
  public struct Silence: Hashable, Sendable {
    /// When the last record before it was received.
    public let lastRecordAt: EventTime
    /// Since when it has been silent without interruption, the same unless there was one.
    public let from: EventTime
    /// When it became longer than usual.
    public let reachedAt: EventTime
    /// How long it was then.
    public let threshold: TimeSpan
    /// How long 99 of 100 earlier ones were at most.
    public let usual: TimeSpan
    /// How many earlier ones there were.
    public let earlier: Int
  }
}

/// That records of the activity log came, as a ledger keeps it.
public struct FeedActivity: Hashable, Sendable {
  /// When they were received.
  public var at: EventTime
  /// The step of the histogram in which the silence is that they ended; nil when they ended none.
  public var silenceStep: Int?

  /// Activity at an instant.
  public init(at: EventTime, silenceStep: Int? = nil) {
    self.at = at
    self.silenceStep = silenceStep
  }
}
