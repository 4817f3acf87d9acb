internal import CommandLineTool

/// A command as it is declared, with what it does.
struct CommandEntry: Sendable {
  let declaration: Command
  /// Runs the command and says the exit code; what is thrown is told by the program.
  let run: @Sendable (ParsedArguments, Console) throws -> Int32
}

/// A failure that a command has found itself; the exit code is 1.
struct CommandFailure: Error, CustomStringConvertible {
  /// Sentences for people, one a line.
  let description: String

  init(_ description: String) { self.description = description }
}
