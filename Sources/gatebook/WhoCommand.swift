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
          + "stood at its end; so also the rules that let in to management ports (22, 3389, 5985, "
          + "5986) beside the windows, and the Bastion sessions that were open. Over a span it "
          + "lists ways around the door as well: serial console, run command, password reset. With "
          + "--actor it lists windows, sessions and ways around of a person, over all VMs.",
        "A window told by its rule was open in the network; one told by the request alone was asked "
          + "for and not refused, and no rule of it was seen. Rules are those of the groups that "
          + "have held a JIT rule of the VM; their priorities are not weighed, so a rule that denies "
          + "may come before one that is listed. A session without a recorded end counts as open "
          + "for 12 h. Gaps in the evidence that touch the time are rows as well. A closed port ends "
          + "no session: connections made before may go on.",
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
      let vms = try word.map { try VMChoice([$0], reader: reader).vms } ?? []
      try ReadingNotes.due(reader, console)
      ReadingNotes.incomplete(time, at: span.upperBound, console)
      try ReadingNotes.unreadable(near: span, reader, console)
      let question = WhoQuestion(reader: reader, span: span, isSpan: isSpan, actors: actors)
      guard word != nil else { return try question.ofPeople() }
      // A pattern that fits no VM asks about nothing, so there is nothing to be missing.
      return vms.isEmpty ? [] : try question.about(vms)
    }
    if found.contains(where: { $0.row["kind"] == .text("rule") }) {
      console.note("rules are listed without weighing their priorities")
    }
    for row in found where !rows.write(row.row) { break }
    try rows.finish(console, none: "Nobody, as far as the evidence tells.")
    return 0
  }
}
