internal import Access
internal import Alerting
internal import CommandLineTool
internal import Ledger
internal import Lifecycle
internal import Pipeline

/// `gatebook reparse`: tries the rejects again, after an upgrade.
enum ReparseCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "reparse", summary: "Try the rejects again, after an upgrade of Gatebook",
      discussion: [
        "Every reject whose bytes are kept whole is decoded again. What can now be read becomes "
          + "evidence and is judged as an import is; its reject stays and is marked as retried. "
          + "Rejects of which only a part is kept cannot be tried; import their files again.",
        "The ledger must not be in use by `gatebook run`. It raises alerts in the ledger and "
          + "delivers none.",
      ],
      examples: [
        Example("gatebook reparse --ledger gatebook.db", "After installing a newer version.")
      ],
      options: [CommonOptions.noBackup, CommonOptions.failOn], groups: [CommonOptions.ledger],
      section: "Feeding"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    // Opening for writing would make a ledger that is not there.
    _ = try LedgerPlace.reader(arguments)
    let session = try LedgerSession(arguments, needsSource: false)
    let stop = StopSignal()
    let signals = Signals(stop: stop)
    let reparse = try Reparse(
      judge: session.judge, decoding: session.judging.decoding,
      clock: AlertDispatcher.wallClock)
    let summary = try reparse.run { !stop.isRequested }
    withExtendedLifetime(signals) {}
    for line in lines(summary) { console.note(line) }
    if stop.isRequested {
      console.note("Stopped early; what was read is kept. The same command goes on from here.")
      return 1
    }
    return try FailOn.code(arguments, ledger: session.path)
  }

  private static func lines(_ summary: ReparseSummary) -> [String] {
    let tried = summary.retried + summary.stillRejected
    if tried + summary.untriable == 0 { return ["There are no rejects to try again."] }
    let counts = summary.counts
    var lines = [
      "\(tried) \(tried == 1 ? "reject" : "rejects") tried again, \(summary.retried) read",
      "\(counts.evidence) evidence, \(counts.duplicates) duplicates, \(counts.irrelevant) "
        + "irrelevant, \(summary.bodies) \(summary.bodies == 1 ? "body" : "bodies")",
    ]
    if summary.untriable > 0 {
      lines.append(
        "\(summary.untriable) could not be tried: their bytes are not kept, or only in part; "
          + "import their files again")
    }
    return lines
  }
}
