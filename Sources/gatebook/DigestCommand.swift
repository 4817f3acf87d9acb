internal import CommandLineTool

/// `gatebook digest`.
enum DigestCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    throw CommandFailure("This command is not there yet.")
  }
}
