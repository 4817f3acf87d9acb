internal import CommandLineTool

/// `gatebook import`.
enum ImportCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    throw CommandFailure("This command is not there yet.")
  }
}
