internal import CommandLineTool

/// `gatebook demo`.
enum DemoCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    throw CommandFailure("This command is not there yet.")
  }
}
