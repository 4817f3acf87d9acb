internal import CommandLineTool

/// `gatebook completions`: the script that completes command lines.
enum CompletionsCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "completions", summary: "Print the completion script for a shell",
      examples: [
        Example("source <(gatebook completions bash)", "Completes in this shell."),
        Example(
          "gatebook completions fish > ~/.config/fish/completions/gatebook.fish",
          "Completes in every fish from now on."),
      ],
      arguments: [Argument("SHELL", help: "The shell", values: .cases(of: Shell.self))],
      section: "Help"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    guard let shell = try arguments.choice("SHELL", as: Shell.self) else {
      throw arguments.usageError("Name a shell.")
    }
    try console.output.write(Completions(GatebookProgram.program).script(for: shell))
    return 0
  }
}
