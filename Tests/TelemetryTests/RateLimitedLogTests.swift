import Synchronization
import Telemetry
import Testing

@Suite struct `A log of what recurs` {
  /// A clock that a test moves.
  final class Clock: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)
    func advance(_ duration: Duration) { passed.withLock { $0 += duration } }
    var now: ContinuousClock.Instant { start + passed.withLock { $0 } }
  }

  let kept = KeptLog()
  let clock = Clock()
  var log: RateLimitedLog {
    RateLimitedLog(kept.log(), interval: .seconds(60), keyLimit: 2, now: { [clock] in clock.now })
  }
  var texts: [String] { kept.lines.map { String($0.dropFirst(26).dropLast()) } }

  @Test func `says a thing once, and again after a while`() {
    let log = log
    for _ in 0..<5 {
      log.write(.warning, "Slow.", state: "down")
      clock.advance(.seconds(13))
    }
    log.write(.warning, "Slow.", state: "down")
    #expect(texts == ["Slow. state=down", "Slow. state=down suppressed=4"])
  }

  @Test func `says it at once when it changes`() {
    let log = log
    for state in ["down", "down", "up", "down"] { log.write(.warning, "Slow.", state: state) }
    #expect(
      texts == ["Slow. state=down", "Slow. state=up suppressed=1", "Slow. state=down"])
  }

  @Test func `tells things apart by their keys and forgets when there are too many`() {
    let log = log
    for key in ["a", "b", "a", "b", "c", "a"] {
      log.write(.warning, "Slow.", key: key, state: "down")
    }
    #expect(texts.map { $0.dropFirst(6).prefix(5) } == ["key=a", "key=b", "key=c", "key=a"])
  }

  @Test func `says when it is over, once`() {
    let log = log
    log.end("Slow.", saying: "Fast.")
    for _ in 0..<3 { log.write(.warning, "Slow.", state: "down") }
    log.end("Slow.", saying: "Fast.")
    log.end("Slow.", saying: "Fast.")
    log.write(.warning, "Slow.", key: "k", state: "down")
    log.end("Slow.", key: "k", saying: "Fast.")
    #expect(
      texts == [
        "Slow. state=down", "Fast. suppressed=2", "Slow. key=k state=down",
        "Fast. key=k suppressed=0",
      ])
  }
}
