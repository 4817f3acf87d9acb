/// Decides when something that happens again and again is worth another line.
public struct Recurrence: Sendable {
  /// What to do about one occurrence.
  public enum Decision: Equatable, Sendable {
    /// Say it; so many like it were not said before.
    case say(suppressed: Int)
    /// It was said.
    case keepQuiet
  }

  private let interval: Duration
  private var said: (state: String, at: ContinuousClock.Instant)?
  private var suppressed = 0

  /// The same thing is said once per interval.
  public init(interval: Duration) { self.interval = interval }

  /// Takes note of an occurrence; a state other than the last one is said at once.
  public mutating func note(
    _ state: String, at now: ContinuousClock.Instant
  ) -> Decision {
    if let said, said.state == state, now - said.at < interval {
      suppressed += 1
      return .keepQuiet
    }
    let count = suppressed
    said = (state, now)
    suppressed = 0
    return .say(suppressed: count)
  }

  /// Forgets what was said, because it is over; tells how often it was not said.
  public mutating func end() -> Int? {
    guard said != nil else { return nil }
    let count = suppressed
    said = nil
    suppressed = 0
    return count
  }
}
