internal import Access
internal import CommandLineTool
internal import Ledger

/// Which findings a command line is about.
struct AlertFilter {
  /// From which severity on findings decide the exit code.
  let failOn: Severity?

  private let severities: Set<Severity>
  private let rules: Set<String>
  private let vms: VMChoice?
  private let actors: ActorChoice?
  private let span: ClosedRange<EventTime>

  init(_ arguments: ParsedArguments, reader: LedgerReader) throws {
    failOn = arguments.string("fail-on").flatMap { Severity($0) }
    severities = Set(arguments.strings("severity").compactMap { Severity($0) })
    rules = Set(arguments.strings("rule"))
    vms = try VMChoice.option(arguments, reader: reader)
    actors = ActorChoice.option(arguments)
    span = try AskedTime(arguments, reader: reader).span()
  }

  /// Whether a finding is asked about.
  func holds(_ finding: Finding) -> Bool {
    if !severities.isEmpty, !severities.contains(finding.severity) { return false }
    if !rules.isEmpty, !rules.contains(finding.rule) { return false }
    if let vms, !finding.vms.contains(where: vms.contains) { return false }
    if let actors, !actors.contains(finding.actor) { return false }
    return span.contains(finding.occurredAt)
  }
}
