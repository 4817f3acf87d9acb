public import Access

/// What people are told about a rule, in help and documentation.
public struct RuleDescription: Hashable, Sendable {
  /// The id that users see, for example `off-hours`.
  public let id: String
  /// What it finds, as one line without a full stop.
  public let summary: String
  /// How bad a finding is where neither the detector nor the settings know better.
  public let severity: Severity
  /// ATT&CK technique ids.
  public let attack: [String]

  /// The description of a rule.
  public init(id: String, summary: String, severity: Severity, attack: [String]) {
    self.id = id
    self.summary = summary
    self.severity = severity
    self.attack = attack
  }
}

/// What all detectors have in common.
///
/// A detector is a pure function of what it is given and of the settings it was made with: it
/// asks no database, no clock and no other detector, so that the same evidence gives the same
/// verdict whenever and in whatever order it is judged.
public protocol Detector: Sendable {
  /// What people are told about the rule.
  static var description: RuleDescription { get }
  /// Writes those of the settings that decide this rule's findings, as one JSON value.
  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON)
  /// The rule's own switch and severity among the settings.
  static func common(of settings: DetectionSettings) -> CommonSettings
}

extension Detector {
  /// The id that users see.
  public var rule: String { Self.description.id }
}

/// A detector that judges one request at a time, by the request alone.
public protocol RequestDetector: Detector {
  /// The finding about a request, or nil where nothing about it is unusual.
  ///
  /// Its key is the request's id, its slice that of ``RequestSlice``.
  func judge(_ request: AccessRequest) -> Finding?
}

/// What is judged again when a request changes.
public enum RequestSlice {
  /// The slice of a request.
  public static func text(of request: String) -> String { "request:" + request }
}

/// The switch and the severity that every rule's settings have.
public struct CommonSettings: Hashable, Sendable {
  /// False for a rule that is switched off.
  public var enabled: Bool
  /// The severity that replaces the detector's own.
  public var severity: Severity?

  /// A rule that is switched on unless said otherwise, with the detector's own severity.
  public init(enabled: Bool = true, severity: Severity? = nil) {
    self.enabled = enabled
    self.severity = severity
  }
}
