public import Access

/// What the JIT rules of a VM tell: its private address, and the groups that guard it (semantics 3).
///
/// A rule's text has the name of a VM only. Of several VMs of that name the rule is of the one that
/// has shown its destination, else of all that have shown none.
public struct VMRules: Sendable {
  /// The VM.
  public let vm: ResourceID
  private let isShared: Bool
  /// JIT rules whose text names the VM, by time.
  private let named: [RuleEpisode]
  /// When windows of each VM of the name were opened for which address, by time.
  private let shown: [ResourceID: [(at: EventTime, address: Network)]]

  /// What rules tell of a VM; `opened` has the rules that opened windows, by VM.
  public init(
    of vm: ResourceID, namesakes: [ResourceID], named: [RuleEpisode],
    opened: [ResourceID: [RuleEpisode]]
  ) {
    self.vm = vm
    isShared = namesakes.contains { $0 != vm }
    let name = KnownVMs.Name(vm)
    self.named = named.filter { $0.isJITRule(of: name) }
      .sorted(by: RuleEpisode.precedes)
    shown = opened.filter { KnownVMs.Name($0.key) == name }.mapValues { episodes in
      episodes.sorted(by: RuleEpisode.precedes).compactMap { episode in
        JITAddress.of(episode.versions[0].rule).map { (episode.firstSeenAt, $0) }
      }
    }
  }

  /// The address that the VM has by its rules at an instant: the newest by then, those that opened
  /// its windows first; else the first that came later.
  public func address(at instant: EventTime) -> Network? {
    if let address = shown(by: vm, at: instant) { return address }
    let told = named.filter(isOfVM).compactMap { episode in
      JITAddress.of(episode.versions[0].rule).map { (episode.begin ?? .distantPast, $0) }
    }
    if let newest = told.last(where: { $0.0 <= instant }) { return newest.1 }
    let opened = (shown[vm] ?? []).map { ($0.at, $0.address) }
    return (opened + told).filter { $0.0 > instant }.min { $0.0 < $1.0 }?.1
  }

  /// The groups that have held a JIT rule of the VM up to an instant.
  public func groups(upTo instant: EventTime) -> Set<ResourceID> {
    Set(
      named.lazy.filter { ($0.begin ?? .distantPast) <= instant && isOfVM($0) }.map(\.nsg))
  }

  /// Whether a JIT rule that names the VM is of it.
  func isOfVM(_ episode: RuleEpisode) -> Bool {
    guard isShared, let address = JITAddress.of(episode.versions[0].rule) else { return true }
    let begin = episode.firstSeenAt
    let owners = shown.keys.filter { shown(by: $0, at: begin) == address }
    return owners.isEmpty ? shown(by: vm, at: begin) == nil : owners.contains(vm)
  }

  private func shown(by vm: ResourceID, at instant: EventTime) -> Network? {
    shown[vm]?.last { $0.at <= instant }?.address
  }
}

extension RuleEpisode {
  /// Whether this is a JIT rule whose text names a VM.
  public func isJITRule(of name: KnownVMs.Name) -> Bool {
    guard isOfNSG, JITRule.isNamedSo(self.name), let subject else { return false }
    return KnownVMs.Name(subscription: nsg.subscription ?? "", name: subject.vm) == name
  }
}
