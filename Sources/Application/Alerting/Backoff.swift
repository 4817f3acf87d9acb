/// How long to wait before the next attempt: twice as long each time, up to a limit.
///
/// Up to half of it is left to chance, so that sinks which failed together do not come back
/// together.
public struct Backoff: Hashable, Sendable {
  /// The wait after the first failure.
  public var first: Duration
  /// The longest wait.
  public var longest: Duration
  private var failures = 0

  /// A back-off that has seen no failure.
  public init(first: Duration = .milliseconds(500), longest: Duration = .seconds(60)) {
    self.first = first
    self.longest = longest
  }

  /// Notes a failure; the wait until the next attempt.
  public mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
    var whole = first
    // Doubling stops by itself: beyond the limit another time changes nothing.
    for _ in 0..<min(failures, 30) where whole < longest { whole *= 2 }
    failures += 1
    whole = min(whole, longest)
    return whole * Double.random(in: 0.5...1, using: &random)
  }

  /// Notes a success; true when there had been failures.
  public mutating func reset() -> Bool {
    defer { failures = 0 }
    return failures > 0
  }
}
