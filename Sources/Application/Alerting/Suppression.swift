public import Access

/// A wish not to be told about some findings for a time, with its reason.
public struct Suppression: Hashable, Sendable {
  /// The rule, or a pattern of rules.
  public var rule: Glob
  /// The VMs, by name or id.
  public var vm: Glob
  /// The actors, by name or object id.
  public var actor: Glob
  /// Until when, nil for ever.
  public var until: EventTime?
  /// Why.
  public var reason: String

  /// A wish; what is left out is not looked at.
  public init(
    rule: Glob = Glob("*"), vm: Glob = Glob("*"), actor: Glob = Glob("*"),
    until: EventTime? = nil, reason: String
  ) {
    self.rule = rule
    self.vm = vm
    self.actor = actor
    self.until = until
    self.reason = reason
  }

  /// True for what was told before the end and fits in rule, actor and every one of its VMs.
  ///
  /// It goes by the instant of the telling and not by the clock, so that a delivery that is tried
  /// again comes to the same answer.
  public func covers(_ entry: FeedEntry) -> Bool {
    if let until, entry.raisedAt >= until { return false }
    let finding = entry.finding
    return rule.matches(finding.rule) && coversVMs(finding.vms) && coversActor(finding.actor)
  }

  private func coversVMs(_ vms: [ResourceID]) -> Bool {
    if vm.matchesAll { return true }
    return !vms.isEmpty && vms.allSatisfy { vm.matches($0.name) || vm.matches($0.canonical) }
  }

  private func coversActor(_ actor: Actor?) -> Bool {
    if self.actor.matchesAll { return true }
    return [actor?.name, actor?.objectID].compactMap { $0 }.contains(where: self.actor.matches(_:))
  }
}
