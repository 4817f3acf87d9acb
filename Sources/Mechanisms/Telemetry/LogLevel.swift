/// How much a line of the log matters.
public enum LogLevel: Int, CaseIterable, Comparable, Sendable {
  /// Every step, for whoever looks for a fault in the program.
  case trace
  /// What the program decides on its way.
  case debug
  /// What a person who runs it wants to know.
  case info
  /// Something unexpected, by which nothing is lost.
  case warning
  /// Data is lost or a person is needed.
  case error

  /// The level of a name such as `warn` or `warning`; nil for other words.
  public init?(name: String) {
    switch name.lowercased() {
    case "trace": self = .trace
    case "debug": self = .debug
    case "info": self = .info
    case "warn", "warning": self = .warning
    case "error": self = .error
    default: return nil
    }
  }

  /// The name as it stands in a line of text.
  public var label: String {
    switch self {
    case .trace: "TRACE"
    case .debug: "DEBUG"
    case .info: "INFO"
    case .warning: "WARN"
    case .error: "ERROR"
    }
  }

  /// Compares by how much it matters.
  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
