internal import AccessDecoding
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook status`: what was read, and how the ledger stands.
enum StatusCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "status", summary: "Show what was read of each source, gaps, and how the ledger stands",
      discussion: [
        "For each source, records read = irrelevant + evidence + duplicates + rejected. The head of "
          + "the chain can be noted elsewhere: while it is in the chain, nothing before it was "
          + "altered."
      ],
      examples: [Example("gatebook status --output json", "The same for a monitoring system.")],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let rows = try RowOutput(arguments, .status, console)
    let reader = try LedgerPlace.reader(arguments)
    let (ledger, sources, decoders) = try reader.consistently {
      (try reader.ledgerStatus(), try reader.sources(), try reader.decoderVersions())
    }
    if decoders.contains(where: { $0 < DecoderVersion.current }) {
      console.note(
        "Some files were read by an older decoder: import them again to use what this one sees. "
          + "What a stream has passed is not read again.")
    }
    for source in sources where !rows.write(.status(source, of: ledger)) { break }
    try rows.finish(console, none: "No sources.")
    return 0
  }
}
