public import Hashing

/// How bad it is, from least to worst.
public enum Severity: Int, Sendable, Comparable, CaseIterable {
  case info = 1
  case low = 2
  case medium = 3
  case high = 4
  case critical = 5

  /// The word of the contract.
  public var text: String {
    switch self {
    case .info: "info"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  /// The severity that a word means, in any case.
  public init?(_ text: String) {
    let word = text.lowercased()
    guard let match = Severity.allCases.first(where: { $0.text == word }) else { return nil }
    self = match
  }

  /// The lesser one first.
  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// A detector's statement about evidence.
public struct Finding: Hashable, Sendable {
  /// SHA-256 over the RFC 8785 array of the rule and the parts of the subject's key.
  public var id: SHA256Digest
  /// The detector's id, for example `off-hours`.
  public var rule: String
  /// How bad it is.
  public var severity: Severity
  /// One line.
  public var title: String
  /// One or two plain sentences with the numbers that made it unusual.
  public var explanation: String
  /// The VMs concerned, sorted by id.
  public var vms: [ResourceID]
  /// The actor, nil where there are several or none is known.
  public var actor: Actor?
  /// When it became true.
  public var occurredAt: EventTime
  /// The evidence, at most 50 pieces.
  public var evidence: [EvidenceID]
  /// ATT&CK technique ids.
  public var attack: [String]
  /// True once what the finding speaks of is over; only few rules know.
  public var over: Bool
  /// How many requests, VMs or logins it counts; 1 where it counts nothing.
  public var count: Int
  /// The slice that the verdict belongs to: what is judged again together.
  public var slice: String

  /// A finding whose id is derived from the rule and the parts of its key.
  public init(
    rule: String, key: [String], slice: String, severity: Severity, occurredAt: EventTime
  ) {
    self.rule = rule
    self.severity = severity
    self.occurredAt = occurredAt
    self.slice = slice
    id = SHA256.digest(of: CanonicalJSON.array([rule] + key))
    title = ""
    explanation = ""
    vms = []
    evidence = []
    attack = []
    over = false
    count = 1
  }
}

extension Finding {
  /// The id in 64 hex digits.
  public var idText: String { id.hex }
}

/// What happened to a finding, as the feed tells it.
public enum Transition: String, Sendable {
  /// It is new.
  case raised
  /// Its severity, its VMs or `over` changed, or its count doubled.
  case updated
  /// Later evidence shows that it does not hold.
  case withdrawn
}
