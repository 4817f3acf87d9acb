public import Access
public import AccessDecoding
public import Alerting
public import Detection

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
  /// Where findings go, in the order of the file.
  public var alerts: [SinkSettings] = [SinkSettings(.standardOutput)]
  /// Findings that are kept but not delivered.
  public var suppress: [Suppression] = []

  /// The defaults.
  public init() {}
}
