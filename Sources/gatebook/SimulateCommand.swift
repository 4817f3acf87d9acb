internal import CommandLineTool

/// `gatebook simulate`.
enum SimulateCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    throw CommandFailure("This command is not there yet.")
  }
}
