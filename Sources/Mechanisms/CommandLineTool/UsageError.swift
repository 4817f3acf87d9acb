/// A command line that cannot be run as typed; `exitCode` is 2.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence on what is wrong, with a suggestion where there is one.
  public let message: String
  /// The words before ` --help` that show the matching help: `gatebook alerts`.
  public let helpWords: String

  /// Says what is wrong with a use of `helpWords`.
  public init(_ message: String, helpWords: String) {
    self.message = message
    self.helpWords = helpWords
  }

  /// The exit code of every usage error.
  public static let exitCode: Int32 = 2

  /// The message and where to read on, two lines for stderr.
  public var description: String { "\(message)\nSee '\(helpWords) --help'." }
}

/// A word of the user's, quoted so that it cannot steer the terminal it is shown on.
func quoted(_ word: String) -> String {
  "'\(printable(word))'"
}

/// The text with a question mark for each control character.
func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map(printable)))
}

private func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "?"
  default: scalar
  }
}
