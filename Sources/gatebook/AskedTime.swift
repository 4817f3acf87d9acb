internal import Access
internal import CommandLineTool
internal import Ledger

/// At which instant an answer holds, and which span is asked about.
struct AskedTime {
  /// When the answer holds.
  let instant: EventTime
  /// How far the evidence is known to be complete; nil while nothing was read.
  let streamTime: EventTime?
  /// Where the span asked about begins, where the line says so.
  let since: EventTime?
  /// Where it ends, where the line says so.
  let until: EventTime?

  /// Reads `--at`, `--since` and `--until`, as far as the command has them.
  init(_ arguments: ParsedArguments, reader: LedgerReader) throws {
    let streamTime = try reader.streamTime()
    let complete = try streamTime ?? reader.newestInstant() ?? .distantPast
    let instant = try AskedTime.text("at", arguments)?.resolved(before: complete) ?? complete
    try self.init(arguments, at: instant, streamTime: streamTime)
  }

  /// Reads `--since` and `--until`, which count back from an instant.
  init(_ arguments: ParsedArguments, at instant: EventTime, streamTime: EventTime?) throws {
    let since = try AskedTime.text("since", arguments)?.resolved(before: instant)
    let until = try AskedTime.text("until", arguments)?.resolved(before: instant)
    if let since, let until, since > until {
      throw arguments.usageError("--since (\(since)) lies after --until (\(until)).")
    }
    self.instant = instant
    self.streamTime = streamTime
    self.since = since
    self.until = until
  }

  private static func text(
    _ name: String, _ arguments: ParsedArguments
  ) throws(UsageError) -> TimeText? {
    guard arguments.declares(name) else { return nil }
    return try arguments.value(name, expected: TimeText.expected, TimeText.init)
  }

  /// The span asked about, with these bounds where the line names none; never turned round.
  func span(
    from first: EventTime = .distantPast, to last: EventTime = .distantFuture
  ) -> ClosedRange<EventTime> {
    let lower = since ?? min(first, until ?? last)
    return lower...max(lower, until ?? last)
  }
}
