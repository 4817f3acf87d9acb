/// The values of one command line, read by the names of its declarations.
///
/// Asking for a name that the command does not declare is a mistake of the program and stops it.
public struct ParsedArguments: Sendable {
  /// The command: `["alerts", "test"]`.
  public let path: [String]
  private let helpWords: String
  private let values: [String: [String]]
  private let options: [String: Option]
  private let arguments: [String: Argument]

  init(
    path: [String], helpWords: String, values: [String: [String]], options: [Option],
    arguments: [Argument]
  ) {
    self.path = path
    self.helpWords = helpWords
    self.values = values
    self.options = .init(options.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.arguments = .init(arguments.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// True when the command declares an option or argument of this name.
  public func declares(_ name: String) -> Bool {
    options[name] != nil || arguments[name] != nil
  }

  /// True when the user typed the option or argument.
  public func isGiven(_ name: String) -> Bool {
    precondition(declares(name), "The command does not declare \(name).")
    return values[name] != nil
  }

  /// True when the flag is given.
  public func flag(_ name: String) -> Bool { isGiven(name) }

  /// The value given, else the declared default, else nil.
  public func string(_ name: String) -> String? { strings(name).first }

  /// All values given, else the declared default alone, else none.
  public func strings(_ name: String) -> [String] {
    precondition(declares(name), "The command does not declare \(name).")
    if let given = values[name] { return given }
    return options[name]?.defaultValue.map { [$0] } ?? []
  }

  /// The value given or the declared default; a usage error when there is neither.
  public func required(_ name: String) throws(UsageError) -> String {
    if let value = string(name) { return value }
    throw usageError("\(label(name)) is needed.")
  }

  /// A usage error about this command, for what only the caller can check.
  public func usageError(_ message: String) -> UsageError {
    UsageError(message, helpWords: helpWords)
  }

  /// How messages name an option or argument: `--limit`, `VM`.
  func label(_ name: String) -> String { options[name]?.long ?? name }
}
