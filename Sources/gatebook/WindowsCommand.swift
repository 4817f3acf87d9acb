internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook windows`: every VM and port that a request opened.
enum WindowsCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "windows", summary: "List the times in which a port of a VM was meant to be open",
      discussion: [
        "One row is one VM and port of a request. --since and --until look at when it opens; what "
          + "will open later is there as pending. A window is closing for a quarter of an hour after "
          + "its end, and overdue while its rule stands longer; expired when no rule of it was seen.",
        CommonOptions.times, CommonOptions.vms,
      ],
      examples: [
        Example(
          "gatebook windows --state open --state closing --state overdue",
          "The doors that nobody has shut."),
        Example("gatebook windows --vm vm1 --since 30d", "A month of one VM."),
      ],
      options: [
        CommonOptions.since, CommonOptions.until, CommonOptions.at, CommonOptions.vm,
        CommonOptions.actor,
        Option(
          "state", value: "STATE", help: "Only windows in this state", isRepeated: true,
          values: .cases(of: AccessWindow.State.self)),
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let states = Set(arguments.strings("state"))
    let actors = ActorChoice.option(arguments)
    let rows = try RowOutput(arguments, .windows, console)
    let reader = try LedgerPlace.reader(arguments)
    try reader.consistently {
      let time = try AskedTime(arguments, reader: reader)
      let vms = try VMChoice.option(arguments, reader: reader)
      try ReadingNotes.due(reader, console)
      try reader.forEachWindow(openingIn: time.span(), at: time.instant) { window in
        if let vms, !vms.contains(window.vm) { return true }
        if let actors, !actors.contains(window.actor, identity: window.actorIdentity) {
          return true
        }
        let state = window.standing(at: time.instant).state.rawValue
        if !states.isEmpty, !states.contains(state) { return true }
        return rows.write(.window(window, at: time.instant))
      }
    }
    try rows.finish(console, none: "No windows.")
    return 0
  }
}
