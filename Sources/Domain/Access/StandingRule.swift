/// A rule that lets traffic in to a management port of a VM and opens no window that is listed.
public struct StandingRule: Hashable, Sendable {
  /// The VM.
  public var vm: ResourceID
  /// The name as it was written.
  public var name: String
  /// The network security group.
  public var nsg: ResourceID
  /// The ports and ranges, as they were written.
  public var ports: [String]
  /// The sources, as they were written.
  public var sources: [String]
  /// Who began it, where that is known.
  public var author: Actor?
  /// When it began; nil = since before the group was first seen.
  public var since: EventTime?
  /// When it was gone, where it is.
  public var until: EventTime?
  /// True for a grant of Defender for Cloud whose request was never seen.
  public var jit: Bool

  /// A rule that stands for a VM.
  public init(
    vm: ResourceID, name: String, nsg: ResourceID, ports: [String], sources: [String],
    author: Actor?, since: EventTime?, until: EventTime?, jit: Bool
  ) {
    self.vm = vm
    self.name = name
    self.nsg = nsg
    self.ports = ports
    self.sources = sources
    self.author = author
    self.since = since
    self.until = until
    self.jit = jit
  }

  /// By VM, group, name, beginning.
  public static func precedes(_ left: StandingRule, _ right: StandingRule) -> Bool {
    if left.vm != right.vm { return left.vm < right.vm }
    if left.nsg != right.nsg { return left.nsg < right.nsg }
    let (one, other) = (left.name.lowercased(), right.name.lowercased())
    if one != other { return one < other }
    return left.since ?? .distantPast < right.since ?? .distantPast
  }
}
