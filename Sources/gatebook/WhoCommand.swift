internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger
internal import Timelines

/// `gatebook who`: who could reach a VM, or what a person could reach.
enum WhoCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "who", summary: "Tell who could reach a VM at a time, or what a person could reach",
      discussion: [
        "With a VM it lists every window in force at --at (by default as far as the evidence is "
          + "complete), or at some instant of a span that --since and --until give, as things "
          + "stood at its end. With --actor instead it lists those of a person over all VMs.",
        "A window says what was asked for and not refused; network rules are not read, so its basis "
          + "is always the request. Gaps in the evidence that touch the time are rows as well. A "
          + "closed port ends no session: connections made before may go on.",
        CommonOptions.times, CommonOptions.vms,
      ],
      examples: [
        Example("gatebook who vm1 --at 2026-08-11T03:10Z", "Who could reach vm1 that night."),
        Example(
          "gatebook who --actor alice@example.com --since 30d", "Where Alice could get in lately."),
      ],
      arguments: [
        Argument("VM", help: "Name, pattern or full id of the VM", isOptional: true)
      ],
      options: [
        CommonOptions.at, CommonOptions.since, CommonOptions.until, CommonOptions.actor,
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let actors = ActorChoice.option(arguments)
    let word = arguments.string("VM")
    if word == nil, actors == nil {
      throw arguments.usageError("Name a VM, or a person with --actor.")
    }
    if arguments.isGiven("at"), arguments.isGiven("until") {
      throw arguments.usageError("--at and --until both say when the answer holds; use one.")
    }
    let rows = try RowOutput(arguments, .who, console)
    let reader = try LedgerPlace.reader(arguments)
    let found = try reader.consistently {
      let time = try AskedTime(arguments, reader: reader)
      let isSpan = time.since != nil || time.until != nil
      let span = isSpan ? time.span(to: time.instant) : time.instant...time.instant
      let vms =
        if let word { try VMChoice([word], reader: reader).vms } else {
          try reader.vms(at: span.upperBound)
        }
      try ReadingNotes.due(reader, console)
      ReadingNotes.incomplete(time, at: span.upperBound, console)
      try ReadingNotes.unreadable(near: span, reader, console)
      // A pattern that fits no VM asks about nothing, so there is nothing to be missing.
      if vms.isEmpty, word != nil { return [] as [WhoRow] }
      return try self.rows(of: vms, in: span, by: actors, reader)
    }
    for row in found where !rows.write(row.row) { break }
    try rows.finish(console, none: "Nobody, as far as the evidence tells.")
    return 0
  }

  /// Windows in force in a span and gaps that touch it, told as at its end, by time, then id.
  private static func rows(
    of vms: [ResourceID], in span: ClosedRange<EventTime>, by actors: ActorChoice?,
    _ reader: LedgerReader
  ) throws -> [WhoRow] {
    let instant = span.upperBound
    var rows: [WhoRow] = []
    for vm in vms {
      for window in try reader.windows(of: vm, touching: span, at: instant)
      where window.isInForce(within: span) {
        if let actors, !actors.contains(window.actor, identity: window.actorIdentity) { continue }
        // Rules are not read, so no window has any other basis.
        let row = ContractRow.who(window, at: instant, basis: .request)
        rows.append(
          WhoRow(
            at: window.opensAt, id: [vm.canonical, String(window.port), window.request], row: row))
      }
    }
    for gap in try reader.gaps(touching: span) {
      rows.append(WhoRow(at: gap.from, id: [gap.source], row: .who(gap)))
    }
    return rows.sorted { left, right in
      left.at != right.at ? left.at < right.at : left.id.lexicographicallyPrecedes(right.id)
    }
  }

  /// A row with what it is sorted by.
  private struct WhoRow {
    let at: EventTime
    let id: [String]
    let row: ContractRow
  }
}
