/// The shells that completions are written for.
public enum Shell: String, Sendable, CaseIterable {
  case bash
  case zsh
  case fish
}

/// Writes completion scripts from the declarations of a program.
public struct Completions: Sendable {
  private let program: Program

  /// Makes completions for a program.
  public init(_ program: Program) {
    self.program = program
  }

  /// The whole script for a shell.
  public func script(for shell: Shell) -> String {
    switch shell {
    case .bash: BashCompletion(program).script
    case .zsh: ZshCompletion(program).script
    case .fish: FishCompletion(program).script
    }
  }
}

/// What completes at one place of the command tree; the empty path is the program itself.
struct CompletionPlace {
  var path: [String]
  var options: [Option]
  var arguments: [Argument]
  var commands: [Command]

  /// The path as one word for scripts: `alerts test`.
  var key: String { path.joined(separator: " ") }

  /// The path as part of a function's name: `_alerts_test`.
  var suffix: String {
    path.map { "_" + $0.replacing("-", with: "_") }.joined()
  }

  /// Every way to write the options that take a value.
  var valueWords: [String] { options.filter(\.takesValue).flatMap(\.spellings) }
}

extension Option {
  /// `--output` and, if there is one, `-o`.
  var spellings: [String] { [long] + (short.map { ["-\($0)"] } ?? []) }
}

extension Program {
  /// Every place of the command tree, hidden commands and options left out.
  var completionPlaces: [CompletionPlace] {
    func shown(_ options: [Option]) -> [Option] { options.filter { !$0.isHidden } }
    let version = Option(flag: "version", help: "Show the version")
    let root = CompletionPlace(
      path: [], options: shown(options(of: nil)) + [.help, version], arguments: [],
      commands: commands.filter { !$0.isHidden } + [helpCommand])
    let places = shownCommandsWithPaths.map { path, command in
      CompletionPlace(
        path: path, options: shown(options(of: command)) + [.help], arguments: command.arguments,
        commands: command.subcommands.filter { !$0.isHidden })
    }
    let names = Argument(
      "COMMAND", help: "The command to explain", isOptional: true, isRepeated: true,
      values: .choices(commands.filter { !$0.isHidden }.map(\.name)))
    let help = CompletionPlace(path: ["help"], options: [], arguments: [names], commands: [])
    return [root] + places + [help]
  }

  private var helpCommand: Command { Command("help", summary: "Explain a command") }
}
