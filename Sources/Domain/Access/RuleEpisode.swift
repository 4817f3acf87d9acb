/// The time in which one rule stood in one network security group.
public struct RuleEpisode: Hashable, Sendable {
  /// What the rule said from an instant on.
  public struct Version: Hashable, Sendable {
    /// From when on.
    public var at: EventTime
    /// What it said.
    public var rule: NetworkRule
    /// Who wrote that, where somebody is named.
    public var writer: Actor?
    /// The call that shows it.
    public var evidence: [EvidenceID]

    /// A rule as a call shows it.
    public init(at: EventTime, rule: NetworkRule, writer: Actor?, evidence: [EvidenceID]) {
      self.at = at
      self.rule = rule
      self.writer = writer
      self.evidence = evidence
    }
  }

  /// The group, or the firewall.
  public var nsg: ResourceID
  /// What the rule said, the first version first; never empty.
  public var versions: [Version]
  /// When it began; nil = since before the group's rules were first seen.
  public var begin: EventTime?
  /// Who began it; nil where no record tells.
  public var author: Actor?
  /// True when Defender for Cloud began it.
  public var byDefender: Bool
  /// True for a grant that is there when Defender's write first shows the group: whether it began
  /// there, the requests tell.
  public var isAtFirstSight: Bool
  /// When it was gone.
  public var end: EventTime?
  /// Who removed it.
  public var remover: Actor?
  /// The call in which it was gone.
  public var endEvidence: [EvidenceID]
  /// Writes of the group by Defender whose content is unknown, while the rule stood.
  public var blanks: [Opening.Presumption]

  /// An episode that begins with a version.
  public init(nsg: ResourceID, first: Version, begin: EventTime?, author: Actor?) {
    self.nsg = nsg
    versions = [first]
    self.begin = begin
    self.author = author
    byDefender = false
    isAtFirstSight = false
    endEvidence = []
    blanks = []
  }

  /// When the rule was first seen.
  public var firstSeenAt: EventTime { versions[0].at }

  /// The name as it was first written.
  public var name: String { versions[0].rule.name }

  /// What the rule said at an instant; the first version where it is older than all.
  public func version(at instant: EventTime) -> Version {
    versions.last { $0.at <= instant } ?? versions[0]
  }

  /// Whether the rule stood at an instant.
  public func isInForce(at instant: EventTime) -> Bool {
    (begin.map { $0 <= instant } ?? true) && (end.map { instant < $0 } ?? true)
  }

  /// By group, first sight, name.
  public static func precedes(_ left: RuleEpisode, _ right: RuleEpisode) -> Bool {
    if left.firstSeenAt != right.firstSeenAt { return left.firstSeenAt < right.firstSeenAt }
    if left.nsg != right.nsg { return left.nsg < right.nsg }
    return left.name.lowercased() < right.name.lowercased()
  }
}
