/// The declaration of a positional argument.
public struct Argument: Sendable {
  /// The name in the usage line, in capitals, which also reads the value after parsing.
  public var name: String
  /// What it is, without a full stop.
  public var help: String
  /// True when the command also runs without it.
  public var isOptional: Bool
  /// True when it takes all words that follow.
  public var isRepeated: Bool
  /// What its values look like.
  public var values: ValueKind

  /// Declares an argument.
  public init(
    _ name: String, help: String, isOptional: Bool = false, isRepeated: Bool = false,
    values: ValueKind = .free
  ) {
    self.name = name
    self.help = help
    self.isOptional = isOptional
    self.isRepeated = isRepeated
    self.values = values
  }

  /// How the usage line shows it: `VM`, `[VM]`, `FILES...`.
  var usage: String {
    let shown = isRepeated ? "\(name)..." : name
    return isOptional ? "[\(shown)]" : shown
  }
}

/// What the values of an argument or option look like, for checking and completion.
public enum ValueKind: Sendable, Equatable {
  /// Any text.
  case free
  /// The path of a file.
  case file
  /// The path of a folder.
  case folder
  /// One of a list; anything else is a usage error.
  case choices([String])

  /// The list of a `choices` kind, else empty.
  var list: [String] {
    if case .choices(let list) = self { list } else { [] }
  }
}
