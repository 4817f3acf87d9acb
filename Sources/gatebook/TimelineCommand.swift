internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger
internal import Timelines

/// `gatebook timeline`: what happened to a VM.
enum TimelineCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "timeline", summary: "Show what happened to a VM, with its windows drawn to scale",
      discussion: [
        "Without --since it shows the last 7 days. Other forms than the table have the rows alone.",
        CommonOptions.times, CommonOptions.vms,
      ],
      examples: [
        Example("gatebook timeline vm1 --since 30d", "The last month of vm1."),
        Example(
          "gatebook timeline vm1 --at 2026-08-11 --output ndjson",
          "The week before that day, as it stood then, for another program."),
      ],
      arguments: [Argument("VM", help: "Name, pattern or full id of the VM")],
      options: [CommonOptions.since, CommonOptions.until, CommonOptions.at],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  private static let defaultSpan = TimeSpan.days(7)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let rows = try RowOutput(arguments, .timeline, console)
    let reader = try LedgerPlace.reader(arguments)
    let word = try arguments.required("VM")
    let histories = try reader.consistently {
      let time = try AskedTime(arguments, reader: reader)
      let vms = try VMChoice([word], reader: reader).vms
      let end = time.until ?? time.instant
      let span = time.span(from: end - defaultSpan, to: time.instant)
      try ReadingNotes.due(reader, console)
      if time.since == nil, time.streamTime != nil || arguments.isGiven("at") {
        console.note("The last 7 d until \(span.upperBound); --since shows more or less.")
      }
      try ReadingNotes.unreadable(near: span, reader, console)
      let gaps = try reader.gaps(touching: span)
      for gap in gaps where gap.from < span.lowerBound {
        console.note("No evidence from \(gap.from) until \(gap.to): \(gap.reason)")
      }
      return try vms.map { vm in
        try VMHistory(of: vm, in: span, at: time.instant, gaps: gaps, reader: reader)
      }
    }
    if rows.format == .table { try draw(histories, arguments, console) }
    let entries = histories.flatMap(\.entries).sorted { left, right in
      let isOrdered = TimelineEntry.precedes(left, right)
      return isOrdered || TimelineEntry.precedes(right, left) ? isOrdered : left.vm < right.vm
    }
    for entry in entries where !rows.write(.timeline(entry)) { break }
    try rows.finish(console, none: "Nothing in this span.")
    return 0
  }

  private static func draw(
    _ histories: [VMHistory], _ arguments: ParsedArguments, _ console: Console
  ) throws {
    let style = TimelineDrawing.Style(
      width: console.terminal.width, unicode: console.terminal.usesUnicode,
      colour: console.terminal.usesColor)
    for history in histories {
      for line in history.drawing(isOpenEnded: !arguments.isGiven("until")).lines(style) {
        try console.output.line(line)
      }
      try console.output.line()
    }
  }
}
