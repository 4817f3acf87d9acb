/// The declaration of a whole program, from which parsing, help, completions and manual come.
public struct Program: Sendable {
  /// The word a user types.
  public var name: String
  /// What `--version` prints after the name.
  public var version: String
  /// One line on what the program is, without a full stop.
  public var summary: String
  /// Paragraphs for the general help and the manual.
  public var discussion: [String]
  /// The commands, in the order in which the help shows them.
  public var commands: [Command]
  /// Options that every command takes, before or after its name.
  public var common: [OptionGroup]
  /// Whole tasks, shown in the general help and the manual.
  public var examples: [Example]
  /// What each exit code means.
  public var exitCodes: [ExitCode]
  /// The environment variables the program reads.
  public var environment: [EnvironmentVariable]

  /// Declares a program.
  public init(
    _ name: String, version: String, summary: String, discussion: [String] = [],
    commands: [Command], common: [OptionGroup] = [], examples: [Example] = [],
    exitCodes: [ExitCode] = [], environment: [EnvironmentVariable] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.discussion = discussion
    self.commands = commands
    self.common = common
    self.examples = examples
    self.exitCodes = exitCodes
    self.environment = environment
  }

  /// The command at a path such as `["alerts", "test"]`, or nil.
  public func command(at path: [String]) -> Command? {
    guard let chain = chain(at: path) else { return nil }
    return chain.last
  }

  /// Every command with its path, parents before their subcommands.
  var commandsWithPaths: [(path: [String], command: Command)] {
    commands.flatMap { command in
      [([command.name], command)]
        + command.subcommands.map { ([command.name, $0.name], $0) }
    }
  }

  /// The same without what is hidden or lies below something hidden.
  var shownCommandsWithPaths: [(path: [String], command: Command)] {
    commandsWithPaths.filter { path, command in
      !command.isHidden && !commands.contains { $0.name == path[0] && $0.isHidden }
    }
  }

  /// The options in force for a command: its own, its groups' and the common ones.
  func options(of command: Command?) -> [Option] {
    let own = command.map { $0.options + $0.groups.flatMap(\.options) } ?? []
    return own + common.flatMap(\.options)
  }

  /// The words to type for a command: `gatebook alerts test`.
  func words(_ path: [String]) -> String {
    ([name] + path).joined(separator: " ")
  }

  private func chain(at path: [String]) -> [Command]? {
    var level = commands
    var found: [Command] = []
    for word in path {
      guard let next = level.first(where: { $0.name == word }) else { return nil }
      found.append(next)
      level = next.subcommands
    }
    return found
  }
}

/// One row of the table of exit codes.
public struct ExitCode: Sendable {
  /// The number the shell sees.
  public var code: Int32
  /// When the program ends with it.
  public var meaning: String

  /// Declares an exit code.
  public init(_ code: Int32, _ meaning: String) {
    self.code = code
    self.meaning = meaning
  }
}

/// One row of the table of environment variables.
public struct EnvironmentVariable: Sendable {
  /// The variable's name.
  public var name: String
  /// What it changes.
  public var help: String

  /// Declares an environment variable.
  public init(_ name: String, _ help: String) {
    self.name = name
    self.help = help
  }
}
