internal import Access
internal import TimeZones

/// The groups of VMs, ready to be asked.
struct VMGroups: Sendable {
  private struct Group: Sendable {
    let name: String
    let patterns: [Glob]
    let isCritical: Bool
    let zone: TimeZoneRules?

    func holds(_ vm: VMTexts) -> Bool { patterns.contains(where: vm.fit) }
  }

  private let critical: [Group]
  private let zoned: [Group]

  init(_ settings: [GroupSettings], zones: ZoneTable) {
    let groups = settings.map { group in
      Group(
        name: group.name, patterns: group.vms.map(Glob.init), isCritical: group.critical,
        zone: zones[group.timeZone])
    }
    critical = groups.filter(\.isCritical)
    zoned = groups.filter { $0.zone != nil }
  }

  /// The first critical group that a VM belongs to, by its name; nil for a VM that is not critical.
  func criticalGroup(of vm: ResourceID) -> String? {
    if critical.isEmpty { return nil }
    let texts = VMTexts(vm)
    return critical.first { $0.holds(texts) }?.name
  }

  /// The zone of the first group that has one and that one of the VMs belongs to.
  func zone(of vms: some Sequence<ResourceID>) -> TimeZoneRules? {
    if zoned.isEmpty { return nil }
    let texts = vms.map(VMTexts.init)
    return zoned.first { texts.contains(where: $0.holds) }?.zone
  }
}
