public import Access
public import AccessDecoding
public import Alerting
public import Detection
public import Pipeline
internal import Timelines

/// Everything that a settings file says, with the defaults for what it does not say.
public struct ServiceSettings: Sendable {
  /// Where records come from; nil where the file does not say, as for `import` alone.
  public var source: SourceSettings?
  /// Where evidence, windows and findings are kept.
  public var ledger = LedgerSettings()
  /// What decides findings: calendar, groups, people, networks, automation, detectors.
  public var detection = DetectionSettings()
  /// What counts as evidence, beside what is built in.
  public var decoding = DecodingSettings()
  /// How long after its end a window counts as closing before it is overdue.
  public var windowGrace = TimeSpan.minutes(15)
  /// The application ids of Defender for Cloud, in lower case.
  public var defender: Set<String> = BooksSettings().defender
  /// Where findings go, in the order of the file.
  public var alerts: [SinkSettings] = [SinkSettings(.standardOutput)]
  /// Findings that are kept but not delivered.
  public var suppress: [Suppression] = []

  /// The defaults.
  public init() {}
}

extension ServiceSettings {
  /// What of the settings decides verdicts, and is stored in the ledger.
  public var judging: JudgingSettings {
    JudgingSettings(
      detection: detection, decoding: decoding,
      books: BooksSettings(defender: defender, grace: windowGrace))
  }
}
