public import Access

/// How far the evidence of a topic is known to be complete (semantics 5).
///
/// A pure value.
public struct StreamClock: Sendable {
  private var newest: [Int32: EventTime?] = [:]
  private var atEnd: Set<Int32> = []
  private let lateness: TimeSpan

  /// A clock that trusts a partition's silence only so long after the wall clock.
  public init(lateness: TimeSpan) { self.lateness = lateness }

  /// Takes a partition in, with what was read of it before.
  public mutating func add(_ partition: Int32, newest instant: EventTime?) {
    newest[partition] = .some(instant)
  }

  /// Notes the newest record of a message that may move stream time.
  public mutating func note(_ instant: EventTime?, on partition: Int32) {
    atEnd.remove(partition)
    guard let instant else { return }
    let known = newest[partition] ?? nil
    newest[partition] = .some(max(known ?? instant, instant))
  }

  /// Notes that a partition has been read to its end.
  public mutating func noteEnd(of partition: Int32) { atEnd.insert(partition) }

  /// The newest record of a partition that moves stream time.
  public func newest(of partition: Int32) -> EventTime? { newest[partition] ?? nil }

  /// The minimum over partitions of the newest record; nil = not known.
  ///
  /// A partition at its end counts as the later of that and wall clock − lateness; one without any
  /// record counts only at its end.
  public func time(now: EventTime) -> EventTime? {
    var earliest: EventTime?
    for (partition, seen) in newest {
      var instant = seen
      if atEnd.contains(partition) {
        instant = max(seen ?? .distantPast, now - lateness)
      }
      guard let instant else { return nil }
      earliest = min(earliest ?? instant, instant)
    }
    return earliest
  }

  /// A record later than its receipt + 5 min does not move stream time.
  public static func newestAllowed(receivedAt: EventTime) -> EventTime {
    receivedAt + .minutes(5)
  }
}
