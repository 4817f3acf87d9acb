internal import Synchronization

/// A log for what recurs: it says a thing once, again when it changes, and again after a while.
///
/// What was left out is told as `suppressed` in the next line about it.
public final class RateLimitedLog: Sendable {
  private let log: Log
  private let interval: Duration
  private let keyLimit: Int
  private let now: @Sendable () -> ContinuousClock.Instant
  private let known = Mutex<[String: Recurrence]>([:])

  /// Makes one before a log; it knows `keyLimit` things at a time and then starts over.
  public init(
    _ log: Log, interval: Duration = .seconds(60), keyLimit: Int = 1000,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.log = log
    self.interval = interval
    self.keyLimit = keyLimit
    self.now = now
  }

  /// Says that something is the case, if it is time to.
  ///
  /// The sentence and `key` name the thing, such as a partition; `state` is what it is like now.
  public func write(
    _ level: LogLevel, _ sentence: StaticString, key: String = "", state: String
  ) {
    let decision = known.withLock { known in
      let name = "\(sentence)\u{0}\(key)"
      if known[name] == nil && known.count >= keyLimit { known.removeAll(keepingCapacity: true) }
      return known[name, default: Recurrence(interval: interval)].note(state, at: now())
    }
    guard case .say(let suppressed) = decision else { return }
    switch (key.isEmpty, suppressed) {
    case (true, 0): log.write(level, sentence, ["state": state])
    case (true, _): log.write(level, sentence, ["state": state, "suppressed": suppressed])
    case (false, 0): log.write(level, sentence, ["key": key, "state": state])
    case (false, _):
      log.write(level, sentence, ["key": key, "state": state, "suppressed": suppressed])
    }
  }

  /// Says that it is over, if it was said before, and forgets it.
  public func end(_ sentence: StaticString, key: String = "", saying over: StaticString) {
    let suppressed = known.withLock { known in
      known.removeValue(forKey: "\(sentence)\u{0}\(key)").flatMap { recurrence in
        var recurrence = recurrence
        return recurrence.end()
      }
    }
    guard let suppressed else { return }
    if key.isEmpty {
      log.info(over, ["suppressed": suppressed])
    } else {
      log.info(over, ["key": key, "suppressed": suppressed])
    }
  }
}
