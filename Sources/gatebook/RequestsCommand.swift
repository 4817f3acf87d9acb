internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook requests`: every time somebody asked for access.
enum RequestsCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "requests", summary: "List who asked for access, to what, why, and what came of it",
      discussion: [
        "One row is one call, with a grant for each VM and port that it names. Without --since it "
          + "is every request in the ledger.",
        CommonOptions.times, CommonOptions.vms,
      ],
      examples: [
        Example(
          "gatebook requests --since 90d --output csv", "The last quarter for a spreadsheet."),
        Example("gatebook requests --vm 'dc*' --outcome refused", "Who was refused, and where."),
      ],
      options: [
        CommonOptions.since, CommonOptions.until, CommonOptions.at, CommonOptions.vm,
        CommonOptions.actor,
        Option(
          "outcome", value: "OUTCOME", help: "Only requests that came out so", isRepeated: true,
          values: .cases(of: AccessRequest.Outcome.self)),
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let outcomes = Set(arguments.strings("outcome"))
    let actors = ActorChoice.option(arguments)
    let rows = try RowOutput(arguments, .requests, console)
    let reader = try LedgerPlace.reader(arguments)
    try reader.consistently {
      let time = try AskedTime(arguments, reader: reader)
      let vms = try VMChoice.option(arguments, reader: reader)
      try ReadingNotes.due(reader, console)
      try reader.forEachRequest(in: time.span(to: time.instant), at: time.instant) { request in
        if let vms, !request.grants.contains(where: { vms.contains($0.vm) }) { return true }
        if let actors, !actors.contains(request.actor, identity: request.actorIdentity) {
          return true
        }
        let outcome = request.outcome(at: time.instant).rawValue
        if !outcomes.isEmpty, !outcomes.contains(outcome) { return true }
        return rows.write(.request(request, at: time.instant))
      }
    }
    try rows.finish(console, none: "No requests.")
    return 0
  }
}
