internal import Access

/// Which pieces of evidence a finding lists when it has more than it may list.
enum EvidenceSelection {
  /// The most that a finding lists.
  static let limit = 50
  /// How many of the first are always listed.
  static let first = 10

  /// The first ten, those at which the count was reached, and the newest, in their order.
  ///
  /// At least the newest one is listed, however many there are at which the count was reached.
  static func of(_ pieces: [EvidenceID], reachedBy reached: [EvidenceID]) -> [EvidenceID] {
    guard pieces.count > limit else { return pieces }
    let wanted = Set(reached)
    var chosen = Set(0..<first)
    let last = pieces.count - 1
    for index in first..<last where wanted.contains(pieces[index]) && chosen.count < limit - 1 {
      chosen.insert(index)
    }
    var index = last
    while chosen.count < limit {
      chosen.insert(index)
      index -= 1
    }
    return chosen.sorted().map { pieces[$0] }
  }
}

/// The VMs of a finding.
enum VMList {
  /// Each VM once, by id, in the most readable case seen.
  static func sorted(_ vms: some Sequence<ResourceID>) -> [ResourceID] {
    var shown: [String: ResourceID] = [:]
    for vm in vms { shown[vm.canonical] = shown[vm.canonical]?.merging(vm) ?? vm }
    return shown.values.sorted()
  }
}
