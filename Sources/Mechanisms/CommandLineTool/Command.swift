/// The declaration of one command: what it is called, takes and does.
public struct Command: Sendable {
  /// The word a user types.
  public var name: String
  /// One line on what the command does, without a full stop.
  public var summary: String
  /// Paragraphs shown below the usage.
  public var discussion: [String]
  /// Lines to copy, each with what it does.
  public var examples: [Example]
  /// The positional arguments, in order; only the last may repeat.
  public var arguments: [Argument]
  /// The options of this command alone.
  public var options: [Option]
  /// Options shared with other commands.
  public var groups: [OptionGroup]
  /// Commands below this one; they have none of their own.
  public var subcommands: [Command]
  /// True when the command does nothing without a subcommand.
  public var needsSubcommand: Bool
  /// The heading under which the general help lists the command.
  public var section: String
  /// True when help and completions pass over the command.
  public var isHidden: Bool

  /// Declares a command.
  public init(
    _ name: String, summary: String, discussion: [String] = [], examples: [Example] = [],
    arguments: [Argument] = [], options: [Option] = [], groups: [OptionGroup] = [],
    subcommands: [Command] = [], needsSubcommand: Bool = false, section: String = "Commands",
    isHidden: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    self.arguments = arguments
    self.options = options
    self.groups = groups
    self.subcommands = subcommands
    self.needsSubcommand = needsSubcommand
    self.section = section
    self.isHidden = isHidden
  }
}

/// A command line to copy, with what it does.
public struct Example: Sendable {
  /// The whole line, beginning with the program's name.
  public var line: String
  /// What the line does, in one sentence.
  public var explanation: String

  /// Declares an example.
  public init(_ line: String, _ explanation: String) {
    self.line = line
    self.explanation = explanation
  }
}
