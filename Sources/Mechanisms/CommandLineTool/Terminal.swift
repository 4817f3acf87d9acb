internal import Glibc

/// What the program's two output streams can show.
public struct Terminal: Sendable, Equatable {
  /// True when standard output is a terminal.
  public var isOutputTerminal: Bool
  /// True when standard error is a terminal.
  public var isErrorTerminal: Bool
  /// The columns of the terminal.
  public var width: Int
  /// The lines of the terminal.
  public var height: Int
  /// True when data on standard output may be coloured.
  public var usesColor: Bool
  /// True when talk on standard error may be coloured.
  public var usesErrorColor: Bool
  /// True when the locale says UTF-8, so that drawings need not be ASCII.
  public var usesUnicode: Bool

  /// Decides from facts that the caller gives; `columns` and `rows` are what the terminal reports.
  public init(
    isOutputTerminal: Bool, isErrorTerminal: Bool, columns: Int?, rows: Int? = nil, noColor: Bool,
    environment: (String) -> String?
  ) {
    func set(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    self.isOutputTerminal = isOutputTerminal
    self.isErrorTerminal = isErrorTerminal
    func size(_ reported: Int?, _ name: String) -> Int? {
      [reported, set(name).flatMap { Int($0) }].compactMap { $0 }.first { $0 > 0 }
    }
    width = size(columns, "COLUMNS") ?? 80
    height = size(rows, "LINES") ?? 24
    let allowsColor = !noColor && set("NO_COLOR") == nil && set("TERM") != "dumb"
    usesColor = allowsColor && isOutputTerminal
    usesErrorColor = allowsColor && isErrorTerminal
    let locale = (set("LC_ALL") ?? set("LC_CTYPE") ?? set("LANG") ?? "").lowercased()
    usesUnicode = locale.contains("utf-8") || locale.contains("utf8")
  }

  /// What this process writes to now; `noColor` is the user's own wish.
  public static func current(noColor: Bool = false) -> Terminal {
    let size = size(of: STDOUT_FILENO) ?? size(of: STDERR_FILENO)
    return Terminal(
      isOutputTerminal: isatty(STDOUT_FILENO) == 1, isErrorTerminal: isatty(STDERR_FILENO) == 1,
      columns: size?.columns, rows: size?.rows, noColor: noColor, environment: environmentValue)
  }

  /// True when somebody types what standard input reads.
  public static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The value of an environment variable, or nil when it is not set.
  public static func environmentValue(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  private static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    let result = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return result == 0 && size.ws_col > 0 ? (Int(size.ws_col), Int(size.ws_row)) : nil
  }
}
