/// One version of a JIT policy: what a write, a delete or a file says of it.
public struct PolicyVersion: Hashable, Sendable {
  /// The policy.
  public var policy: ResourceID
  /// From when on it holds.
  public var at: EventTime
  /// What it says; nil once the policy is deleted.
  public var body: PolicyBody?
  /// True when a file shows it: then it also holds before the first version that a record tells of.
  public var isObserved: Bool
  /// Who wrote it.
  public var writer: Actor?
  /// The call, or the record of the file.
  public var evidence: [EvidenceID]
  /// The first record's operation, correlation id and phase: what decides between calls at one time.
  public var tie: [String]

  /// A version that holds from an instant on.
  public init(
    policy: ResourceID, at: EventTime, body: PolicyBody?, isObserved: Bool, writer: Actor?,
    evidence: [EvidenceID], tie: [String]
  ) {
    self.policy = policy
    self.at = at
    self.body = body
    self.isObserved = isObserved
    self.writer = writer
    self.evidence = evidence
    self.tie = tie
  }

  /// By time, and in the order of ties.
  public static func precedes(_ left: PolicyVersion, _ right: PolicyVersion) -> Bool {
    if left.at != right.at { return left.at < right.at }
    if left.tie != right.tie { return left.tie.lexicographicallyPrecedes(right.tie) }
    guard let one = left.evidence.first, let other = right.evidence.first else { return false }
    return one < other
  }
}
