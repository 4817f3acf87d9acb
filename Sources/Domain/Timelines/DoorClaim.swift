internal import Access

extension DoorMatcher {
  /// One rule × port that looks for its window.
  struct Claim {
    let episode: RuleEpisode
    let begin: EventTime
    let port: Int
    let policy: String
    let sources: [String]
    let address: Network?

    var nsg: ResourceID { episode.nsg }

    /// What the window gets.
    var opening: Opening {
      Opening(
        nsg: episode.nsg, rule: episode.name, began: begin, from: begin, until: episode.end,
        presumed: episode.blanks)
    }

    /// Whether the rule begins within a window for its port, asked for by its policy.
    func fits(_ slot: Slot) -> Bool {
      slot.port == port && slot.policy == policy && slot.requestedAt - DoorMatcher.slack <= begin
        && begin < slot.end
    }

    /// The best by rank: not failed, equal sources, asked for by then and newest first, among
    /// later ones earliest first.
    func best(of candidates: [Int], _ slots: [Slot]) -> Int? {
      candidates.min { ranks(slots[$0], before: slots[$1]) }
    }

    private func ranks(_ one: Slot, before other: Slot) -> Bool {
      if one.isFailed != other.isFailed { return !one.isFailed }
      let (equal, otherEqual) = (one.sources == sources, other.sources == sources)
      if equal != otherEqual { return equal }
      let (early, otherEarly) = (one.requestedAt <= begin, other.requestedAt <= begin)
      if early != otherEarly { return early }
      if one.requestedAt != other.requestedAt {
        return early == (one.requestedAt > other.requestedAt)
      }
      if one.place != other.place { return early == (one.place > other.place) }
      return one.vm < other.vm
    }
  }
}

/// The one address that a rule is for.
enum JITAddress {
  /// The destination, where it is a single address.
  static func of(_ rule: NetworkRule) -> Network? {
    guard rule.destinations.count == 1, let network = Network(rule.destinations[0]) else {
      return nil
    }
    return network.isSingleAddress ? network : nil
  }
}

extension AccessGrant {
  /// The sources of a rule as a grant shows them: split, without duplicates, sorted, text kept.
  static func sources(of rule: NetworkRule) -> [String] {
    let parts = rule.sources.flatMap { $0.split(separator: ",") }
      .compactMap { String($0).withoutOuterBlanks }
    return Set(parts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
