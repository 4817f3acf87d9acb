internal import Access
internal import AccessDecoding
internal import Alerting
internal import CommandLineTool
internal import Detection
internal import Ledger
internal import Pipeline
internal import Settings

/// A ledger that is open for writing, with the judge and the settings that hold for it.
struct LedgerSession {
  let path: String
  let ledger: LedgerWriter
  let judge: Judge
  /// What decides verdicts: the file's where one was given, else what the ledger has stored.
  let judging: JudgingSettings
  /// The settings file, or the defaults.
  let service: ServiceSettings

  /// Opens the ledger that the command line means; settings given and changed become due work.
  init(_ arguments: ParsedArguments, needsSource: Bool) throws {
    let file = arguments.string("config")
    service =
      try file.map { path in
        try SettingsFile.load(
          path: path, environment: ProcessEnvironment.all, needsSource: needsSource)
      } ?? SettingsFile.defaults
    if let named = arguments.string("ledger") {
      path = named
    } else {
      path = file == nil ? try LedgerPlace.path(arguments) : service.ledger.path
    }
    let options = LedgerOptions(
      mode: service.ledger.mode, keepsRaw: service.ledger.keepRaw,
      makesBackup: !arguments.flag("no-backup"))
    ledger = try LedgerWriter(path: path, options: options)
    let given = file.map { [service] _ in
      service.judging
    }
    (judge, judging) = try Judge.make(
      ledger: ledger, given: given, clock: AlertDispatcher.wallClock)
  }
}

/// What a command that takes evidence in says at its end.
enum SummaryText {
  static func lines(_ summary: IngestSummary) -> [String] {
    let counts = summary.counts
    let seconds = max(summary.seconds, 0.001)
    var lines = [
      "\(counts.recordsRead) records (\(Quantity.bytes(summary.bytes))) in "
        + "\(shown(summary.seconds)) s, \(Quantity.count(Int64(Double(counts.recordsRead) / seconds)))"
        + " records/s",
      "\(counts.evidence) evidence, \(counts.duplicates) duplicates, \(counts.irrelevant) "
        + "irrelevant, \(counts.rejected) rejected",
    ]
    var more: [String] = []
    func add(_ count: Int, _ one: String, _ many: String, _ what: String) {
      if count > 0 { more.append("\(count) \(count == 1 ? one : many) \(what)") }
    }
    add(counts.messagesRejected, "message", "messages", "rejected")
    add(counts.rejectedBodies, "body", "bodies", "rejected")
    add(counts.repaired, "message", "messages", "repaired")
    add(summary.filesUnchanged, "file", "files", "unchanged since the last import")
    if !more.isEmpty { lines.append(more.joined(separator: ", ")) }
    return lines
  }

  private static func shown(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// The exit code that `--fail-on` asks for.
enum FailOn {
  static func code(_ arguments: ParsedArguments, ledger path: String) throws -> Int32 {
    guard let word = arguments.string("fail-on"), let limit = Severity(word) else { return 0 }
    let status = try LedgerReader(path: path).ledgerStatus()
    let found = status.findings.contains { $0.key >= limit && $0.value > 0 }
    return found ? 3 : 0
  }
}
