internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger
internal import Lifecycle

/// `gatebook alerts`: what is not normal, as it stands or as it was told.
enum AlertsCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "alerts", summary: "List what is not normal, each with its reason and its evidence",
      discussion: [
        "Findings that stand now are listed as they stand, by their newest row of the feed. "
          + "--history lists every row of the feed as it was told, withdrawn ones too. --follow "
          + "goes on with each as it comes, until it is interrupted; with --after it begins behind "
          + "that row of the feed instead.",
        "`gatebook evidence ID` shows the records behind an alert.",
        CommonOptions.times, CommonOptions.vms,
      ],
      examples: [
        Example("gatebook alerts --severity high --severity critical", "What matters most."),
        Example(
          "gatebook alerts --follow --after 120 --output ndjson", "The feed from row 121 on."),
        Example("gatebook alerts --since 1d --fail-on high", "A check for a scheduled job."),
      ],
      options: [
        Option(flag: "history", help: "Every row of the feed as it was told"),
        Option(flag: "follow", short: "f", help: "Go on with each row of the feed as it comes"),
        Option("after", value: "SEQ", help: "Only rows of the feed after this number"),
        CommonOptions.severity, CommonOptions.rule, CommonOptions.vm, CommonOptions.actor,
        CommonOptions.since, CommonOptions.until, CommonOptions.failOn,
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let after = try arguments.int("after", in: 0 ... .max).map { Int64($0) }
    if arguments.flag("follow"), arguments.string("until") != nil {
      throw arguments.usageError("--follow goes on until it is stopped; --until is for what was.")
    }
    if arguments.flag("history"), arguments.flag("follow") {
      throw arguments.usageError("--follow tells the feed as it comes; use --follow --after 0.")
    }
    let rows = try RowOutput(arguments, .alerts, console)
    let reader = try LedgerPlace.reader(arguments)
    let listing = try reader.consistently {
      try ReadingNotes.due(reader, console)
      let listing = AlertListing(try AlertFilter(arguments, reader: reader), rows)
      if arguments.flag("history") {
        try listing.tell(reader, after: after ?? 0, through: .max)
      } else if !arguments.flag("follow") {
        try listing.listStanding(reader, after: after ?? 0, through: .max)
      }
      return listing
    }
    if arguments.flag("follow") { try follow(listing, after: after, reader, rows) }
    try rows.finish(console, none: "No alerts.")
    return listing.exitCode
  }

  /// How long the feed is left alone between two looks at it.
  private static let pause = Duration.milliseconds(200)

  /// Goes on until the end is asked for; rows that a power loss could take back are waited for.
  private static func follow(
    _ listing: AlertListing, after: Int64?, _ reader: LedgerReader, _ rows: RowOutput
  ) throws {
    let stop = StopSignal()
    let signals = Signals(stop: stop)
    defer { withExtendedLifetime(signals) {} }
    var told =
      if let after { after } else {
        try reader.consistently {
          let head = try reader.durableFeedHead()
          try listing.listStanding(reader, after: 0, through: head)
          return head
        }
      }
    try rows.flush()
    while !stop.isRequested {
      let head = try reader.durableFeedHead()
      if head > told {
        try listing.tell(reader, after: told, through: head)
        told = head
        try rows.flush()
      }
      stop.wait(upTo: pause)
    }
  }
}

/// Alerts on their way to the rows, with the worst one that was seen.
private final class AlertListing {
  private let filter: AlertFilter
  private let rows: RowOutput
  private var worst: Severity?

  init(_ filter: AlertFilter, _ rows: RowOutput) {
    self.filter = filter
    self.rows = rows
  }

  /// The findings that stand, of which the newest row of the feed lies in a part of it.
  func listStanding(
    _ reader: LedgerReader, after first: Int64, through last: Int64
  ) throws(LedgerError) {
    try reader.forEachFinding { entry in
      guard entry.sequence > first, entry.sequence <= last else { return true }
      return write(entry)
    }
  }

  /// Rows of the feed as they were told.
  func tell(
    _ reader: LedgerReader, after first: Int64, through last: Int64
  ) throws(LedgerError) {
    try reader.forEachFeedEntry(after: first, through: last, write)
  }

  private func write(_ entry: FeedEntry) -> Bool {
    guard filter.holds(entry.finding) else { return true }
    if entry.transition != .withdrawn {
      worst = max(worst ?? entry.finding.severity, entry.finding.severity)
    }
    return rows.write(.alert(entry))
  }

  /// 3 where something at least as severe as the limit was listed.
  var exitCode: Int32 {
    guard let limit = filter.failOn, let worst else { return 0 }
    return worst >= limit ? 3 : 0
  }
}
