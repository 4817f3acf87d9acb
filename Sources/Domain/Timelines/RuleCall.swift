public import Access

/// One call that tells of the rules of a network security group, as it takes effect.
public struct RuleCall: Hashable, Sendable {
  /// What the call does.
  public enum Effect: Hashable, Sendable {
    /// The group has these rules; nil where the content is unknown.
    case whole([NetworkRule]?, created: Bool)
    /// The group is gone.
    case gone
    /// Some rules are written; nil where the content is unknown.
    case written([NetworkRule]?, name: String)
    /// A rule, by its name in lower case, is gone.
    case removed(name: String)
  }

  /// The group, or the firewall.
  public var nsg: ResourceID
  /// When it takes effect: its earliest record.
  public var at: EventTime
  /// Who called.
  public var writer: Actor
  /// True when Defender for Cloud called.
  public var isDefender: Bool
  /// What it does; a call that failed does nothing.
  public var effect: Effect
  /// True when a phase of it is a Failure.
  public var isFailed: Bool
  /// Its evidence.
  public var evidence: [EvidenceID]

  /// The call as it takes effect, or nil when it tells of no rules.
  public init?(_ call: Call, defender applications: Set<String>) {
    let first = call.records[0].evidence
    let resource = call.resource
    let evidences = call.records.map(\.evidence)
    let rules =
      evidences.lazy.compactMap(\.answeredRules).first
      ?? evidences.lazy.compactMap(\.askedRules).first
    switch first.kind {
    case .ruleSetObserved:
      nsg = resource
      effect = .whole(rules, created: evidences.contains(where: \.created))
    case .ruleSetDeleted:
      nsg = resource
      effect = .gone
    case .ruleWritten:
      nsg = resource.parent
      effect = .written(rules, name: resource.name.lowercased())
    case .ruleDeleted:
      nsg = resource.parent
      effect = .removed(name: resource.name.lowercased())
    default: return nil
    }
    at = call.occurredAt
    writer = Actor(call.claims)
    isDefender = writer.isDefender(applications)
    isFailed = evidences.contains { $0.phase == .failure }
    evidence = call.records.map(\.id)
  }
}

extension RuleCall {
  /// Whether all rules of the group are known from this call on.
  public var makesKnown: Bool {
    if isFailed { return false }
    switch effect {
    case .whole(let rules, _): return rules != nil
    case .gone: return true
    case .written, .removed: return false
    }
  }
}

extension Actor {
  /// Whether this is one of Defender for Cloud's own applications.
  public func isDefender(_ applications: Set<String>) -> Bool {
    appID.map(applications.contains) ?? false
  }
}

extension Evidence {
  /// True for a record that tells of rules.
  public var isRule: Bool {
    switch kind {
    case .ruleSetObserved, .ruleSetDeleted, .ruleWritten, .ruleDeleted: true
    default: false
    }
  }

  /// True for a record that tells of a policy.
  public var isPolicy: Bool {
    switch kind {
    case .policyObserved, .policyWritten, .policyDeleted: true
    default: false
    }
  }

  /// True for a record of a Bastion session.
  public var isSession: Bool {
    switch kind {
    case .sessionOpened, .sessionRefused, .sessionClosed: true
    default: false
    }
  }

  /// The group that a record of rules tells of.
  public var ruleSet: ResourceID? {
    switch kind {
    case .ruleSetObserved, .ruleSetDeleted: resource
    case .ruleWritten, .ruleDeleted: resource.parent
    default: nil
    }
  }
}
