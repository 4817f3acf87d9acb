public import Access

/// Rules that let people in to a VM's management ports and open no window (semantics 3 and 4).
public enum StandingRules {
  /// SSH, RDP and WinRM.
  public static let managementPorts = [22, 3389, 5985, 5986]

  /// The rules that stood at some instant of a span for a VM, told as at its end.
  ///
  /// `opening` has those that open windows which are told themselves, or that count as gone.
  public static func rules(
    of vm: VMRules, among episodes: [RuleEpisode], opening: Set<RuleKey>,
    in span: ClosedRange<EventTime>
  ) -> [StandingRule] {
    let groups = vm.groups(upTo: span.upperBound)
    let address = vm.address(at: span.upperBound)
    return episodes.filter { groups.contains($0.nsg) && !opening.contains(RuleKey($0)) }
      .compactMap { $0.known(at: span.upperBound) }
      .filter { $0.isOfNSG && $0.stands(within: span) && $0.lets(to: address, in: span) }
      .map { row($0, of: vm.vm, at: span.upperBound) }
      .sorted(by: StandingRule.precedes)
  }

  private static func row(
    _ episode: RuleEpisode, of vm: ResourceID, at instant: EventTime
  ) -> StandingRule {
    let rule = episode.version(at: instant).rule
    return StandingRule(
      vm: vm, name: rule.name, nsg: episode.nsg, ports: rule.ports, sources: rule.sources,
      author: episode.author?.isNobody == true ? nil : episode.author, since: episode.begin,
      until: episode.end,
      jit: episode.byDefender)
  }

  /// Whether ports and ranges, as they are written, contain a management port.
  public static func containManagementPort(_ ports: [String]) -> Bool {
    ports.contains { text in
      let text = (text.withoutOuterBlanks ?? "").lowercased()
      if text == "*" || text == "any" { return true }
      let ends = text.split(separator: "-", maxSplits: 1).map {
        String($0).withoutOuterBlanks.flatMap { Int($0) }
      }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil else { return false }
      return managementPorts.contains { first <= $0 && $0 <= last }
    }
  }

  /// Whether destinations, as they are written, mean everything or a tag, or contain an address.
  public static func reach(_ address: Network?, _ destinations: [String]) -> Bool {
    destinations.contains { text in
      switch AccessSource(text) {
      case .everywhere: true
      // The id of an application security group is no tag: who is in it is not known.
      case .tag(let text): !text.hasPrefix("/")
      case .network(let network): address.map(network.contains) ?? false
      }
    }
  }
}

extension RuleEpisode {
  /// Whether some version of it lets in to a management port of something.
  public var opensManagementPort: Bool {
    isOfNSG && versions[0].rule.isInboundAllow
      && versions.contains { StandingRules.containManagementPort($0.rule.ports) }
  }

  /// The single address that the rule is for, where it is.
  public var toldNetwork: Network? { JITAddress.of(versions[0].rule) }

  /// Whether the rule stands at some instant of a span.
  fileprivate func stands(within span: ClosedRange<EventTime>) -> Bool {
    (begin.map { $0 <= span.upperBound } ?? true) && (end.map { $0 > span.lowerBound } ?? true)
  }

  /// Whether what it says at some instant of a span lets in to a management port of an address.
  fileprivate func lets(to address: Network?, in span: ClosedRange<EventTime>) -> Bool {
    guard versions[0].rule.isInboundAllow else { return false }
    let last = version(at: span.upperBound)
    let first = versions.last { $0.at <= span.lowerBound } ?? versions[0]
    return versions.contains { version in
      version.at >= first.at && version.at <= last.at
        && StandingRules.containManagementPort(version.rule.ports)
        && StandingRules.reach(address, version.rule.destinations)
    }
  }
}
