/// One line of a VM's timeline.
public struct TimelineEntry: Hashable, Sendable {
  /// What happened, in the order in which lines of one instant are shown.
  public enum Kind: String, Sendable, CaseIterable {
    case requested, accepted, refused, opened, closed, expired, overdue, superseded, revoked
    case sessionOpened = "session-opened"
    case sessionRefused = "session-refused"
    case sessionClosed = "session-closed"
    case policyWritten = "policy-written"
    case policyDeleted = "policy-deleted"
    case ruleWritten = "rule-written"
    case ruleDeleted = "rule-deleted"
    case bypass, noted, failed, gap, finding

    /// The place in the order of kinds.
    public var rank: Int { Kind.allCases.firstIndex(of: self) ?? Kind.allCases.count }
  }

  /// When it happened.
  public var at: EventTime
  /// What happened.
  public var kind: Kind
  /// The VM.
  public var vm: ResourceID
  /// Who did it, where somebody did.
  public var actor: Actor?
  /// The port, where it concerns one.
  public var port: Int?
  /// One plain line.
  public var text: String
  /// The evidence behind it.
  public var evidence: [EvidenceID]

  /// One line of a timeline.
  public init(
    at: EventTime, kind: Kind, vm: ResourceID, actor: Actor?, port: Int?, text: String,
    evidence: [EvidenceID]
  ) {
    self.at = at
    self.kind = kind
    self.vm = vm
    self.actor = actor
    self.port = port
    self.text = text
    self.evidence = evidence
  }

  /// By instant, kind, port, first evidence.
  public static func precedes(_ left: TimelineEntry, _ right: TimelineEntry) -> Bool {
    if left.at != right.at { return left.at < right.at }
    if left.kind != right.kind { return left.kind.rank < right.kind.rank }
    if left.port != right.port { return (left.port ?? -1) < (right.port ?? -1) }
    guard let one = left.evidence.first, let other = right.evidence.first else {
      return left.evidence.isEmpty && !right.evidence.isEmpty
    }
    return one < other
  }
}
