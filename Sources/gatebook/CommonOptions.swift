internal import Access
internal import CommandLineTool
internal import Contract
internal import Detection

/// Options and groups that several commands share.
enum CommonOptions {
  /// What every command takes.
  static let all = OptionGroup(
    "Common options",
    [
      Option(flag: "quiet", short: "q", help: "Say nothing beside the data and errors"),
      Option(flag: "no-color", help: "No colours, also on a terminal"),
    ])

  static let config = Option(
    "config", short: "c", value: "FILE", help: "Settings file", values: .file)

  static let ledgerPath = Option(
    "ledger", short: "l", value: "PATH", help: "The ledger",
    defaultText: "that of the settings, else $GATEBOOK_LEDGER, else gatebook.db", values: .file)

  /// Which ledger is read or written.
  static let ledger = OptionGroup("Ledger", [ledgerPath, config])

  /// How rows are written.
  static let rows = OptionGroup(
    "Output",
    [
      Option(
        "output", short: "o", value: "FORMAT", help: "Shape of the rows", default: "table",
        values: .cases(of: OutputFormat.self))
    ])

  static let at = Option(
    "at", value: "T", help: "Answer as things stood at this time",
    defaultText: "as far as the evidence is complete")

  static let since = Option(
    "since", value: "T", help: "From this time on; 7d counts back from the instant of the answer")

  static let until = Option("until", value: "T", help: "Up to this time")

  static let vm = Option(
    "vm", value: "VM", help: "Only this VM: a name, a pattern such as 'dc*', or a full id",
    isRepeated: true)

  static let actor = Option(
    "actor", value: "NAME", help: "Only this actor: a name or object id, or a pattern",
    isRepeated: true)

  static let severity = Option(
    "severity", value: "SEVERITY", help: "Only findings of this severity", isRepeated: true,
    values: .choices(Severity.allCases.map(\.text)))

  static let rule = Option(
    "rule", value: "RULE", help: "Only findings of this rule", isRepeated: true,
    values: .choices(DetectorSet.catalogue.map(\.id)))

  static let failOn = Option(
    "fail-on", value: "SEVERITY", help: "End with 3 where findings are at least this severe",
    values: .choices(Severity.allCases.map(\.text)))

  static let noBackup = Option(
    flag: "no-backup", help: "Migrate an older ledger without a copy of it")

  /// How times are written, for the discussion of commands that take some.
  static let times =
    "Times are RFC 3339 (2026-08-11T03:10:00Z), may leave out seconds or the time of day, and are"
    + " UTC unless they say otherwise; 7d, 12h or 90m count back."

  /// How VMs are written, likewise.
  static let vms =
    "VM is a name, a pattern in which * stands for any text, or a full resource id, in any case."
}
