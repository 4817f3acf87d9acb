import Synchronization
import Telemetry
import Testing

/// A log that keeps its lines; its clock stands still.
final class KeptLog: Sendable {
  private let kept = Mutex<[String]>([])

  func log(_ level: LogLevel = .trace, _ style: Log.Style = .text) -> Log {
    let now: @Sendable () -> WallTime = { WallTime(secondsSince1970: 1_795_572_000) }
    return Log(level: level, style: style, now: now) { [self] bytes in
      kept.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
    }
  }

  var lines: [String] { kept.withLock { $0 } }
}

@Suite struct `A log` {
  @Test func `writes a sentence and its values in order`() {
    let kept = KeptLog()
    kept.log().warning("A topic is gone.", ["topic": "jit", "partition": 3, "text": "two words"])
    #expect(
      kept.lines == [
        "2026-11-25T02:00:00Z WARN A topic is gone. topic=jit partition=3 text=\"two words\"\n"
      ])
  }

  @Test func `writes JSON when asked to`() {
    let kept = KeptLog()
    kept.log(.info, .json).error("It \"failed\".", ["why": "a\u{1B}[2J\n\\"])
    #expect(
      kept.lines == [
        #"{"time":"2026-11-25T02:00:00Z","level":"error","message":"It \"failed\".","#
          + #""why":"a\u001b[2J\n\\"}"# + "\n"
      ])
  }

  @Test(arguments: [
    ("plain", "plain"), ("", "\"\""), ("a b", "\"a b\""), ("a=b", "\"a=b\""),
    ("\"q\"", #""\"q\"""#), ("x\ny", #""x\ny""#), ("\u{1B}[31m", #""\u{1b}[31m""#),
    ("a\u{202E}b", #""a\u{202e}b""#), ("\u{9B}2J", #""\u{9b}2J""#), ("ü", "ü"),
    ("\u{2028}", #""\u{2028}""#), ("C:\\x", #""C:\\x""#), ("\r\n\t\u{7F}", #""\r\n\t\u{7f}""#),
  ])
  func `shows no value in a way that could deceive`(value: String, shown: String) {
    let kept = KeptLog()
    kept.log().info("Seen.", ["value": value])
    #expect(kept.lines == ["2026-11-25T02:00:00Z INFO Seen. value=\(shown)\n"])
  }

  @Test(arguments: LogLevel.allCases) func `leaves out what matters less`(level: LogLevel) {
    let kept = KeptLog()
    let log = kept.log(level)
    var computed = 0
    func value() -> Int {
      computed += 1
      return computed
    }
    log.trace("Said.", ["n": value()])
    log.debug("Said.", ["n": value()])
    log.info("Said.", ["n": value()])
    log.warning("Said.", ["n": value()])
    log.error("Said.", ["n": value()])
    #expect(kept.lines.count == 5 - level.rawValue)
    #expect(computed == kept.lines.count)
  }

  @Test(arguments: [
    ("trace", LogLevel.trace), ("DEBUG", .debug), ("info", .info), ("warn", .warning),
    ("warning", .warning), ("Error", .error), ("loud", nil),
  ])
  func `knows its levels by name`(name: String, level: LogLevel?) {
    #expect(LogLevel(name: name) == level)
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_709_164_799, "2024-02-28T23:59:59Z"),
      (1_709_208_000, "2024-02-29T12:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    ] as [(Int64, String)])
  func `shows the time in UTC`(seconds: Int64, text: String) {
    #expect("\(WallTime(secondsSince1970: seconds))" == text)
    #expect(WallTime.now.secondsSince1970 > 1_700_000_000)
  }
}
