internal import Synchronization

/// Writes what happens as lines: a constant sentence, and what varies as named values.
///
/// A line is written whole, also when several threads write. Values are escaped, so that what comes
/// from a feed cannot steer a terminal or look like another line.
public final class Log: Sendable {
  /// Named values in the order they are to stand.
  public typealias Values = KeyValuePairs<String, any CustomStringConvertible>

  /// How a line looks.
  public enum Style: Sendable {
    /// `2026-11-25T02:00:00Z WARN Sentence. key=value`
    case text
    /// One JSON object with `time`, `level`, `message` and the values as strings.
    case json
  }

  /// Lines that matter less are not written.
  public let level: LogLevel
  /// How lines look.
  public let style: Style
  private let now: @Sendable () -> WallTime
  private let output: Mutex<@Sendable ([UInt8]) -> Void>

  /// Makes a log that writes to standard error.
  public convenience init(level: LogLevel = .info, style: Style = .text) {
    self.init(level: level, style: style, now: { .now }, output: StandardError.write)
  }

  /// Makes a log that hands its lines to `output`, one at a time.
  public init(
    level: LogLevel, style: Style, now: @escaping @Sendable () -> WallTime,
    output: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.level = level
    self.style = style
    self.now = now
    self.output = Mutex(output)
  }

  /// Whether lines of this level are written.
  public func writes(_ level: LogLevel) -> Bool { level >= self.level }

  /// Writes one line; the values are only computed when it is written.
  public func write(
    _ level: LogLevel, _ sentence: StaticString, _ values: @autoclosure () -> Values = [:]
  ) {
    guard writes(level) else { return }
    let line = LogLine(time: now(), level: level, sentence: "\(sentence)", values: values())
    let bytes = line.bytes(style)
    output.withLock { $0(bytes) }
  }

  /// Writes a step of the program.
  public func trace(_ sentence: StaticString, _ values: @autoclosure () -> Values = [:]) {
    write(.trace, sentence, values())
  }

  /// Writes a decision of the program.
  public func debug(_ sentence: StaticString, _ values: @autoclosure () -> Values = [:]) {
    write(.debug, sentence, values())
  }

  /// Writes what a person wants to know.
  public func info(_ sentence: StaticString, _ values: @autoclosure () -> Values = [:]) {
    write(.info, sentence, values())
  }

  /// Writes something unexpected, by which nothing is lost.
  public func warning(_ sentence: StaticString, _ values: @autoclosure () -> Values = [:]) {
    write(.warning, sentence, values())
  }

  /// Writes that data is lost or a person is needed.
  public func error(_ sentence: StaticString, _ values: @autoclosure () -> Values = [:]) {
    write(.error, sentence, values())
  }
}
