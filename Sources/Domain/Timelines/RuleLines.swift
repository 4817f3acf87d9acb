public import Access

/// Rules on a VM's timeline: how those that open no window begin, change and end (semantics 8).
public enum RuleLines {
  /// The lines of episodes on a VM's timeline, as they are known.
  ///
  /// An episode is told on the VMs that its text names, else on those of which its group has held a
  /// JIT rule.
  public static func lines(
    of vm: VMRules, episodes: [RuleEpisode], opening: Set<RuleKey>, at instant: EventTime
  ) -> [TimelineEntry] {
    let groups = vm.groups(upTo: instant)
    return episodes.filter { episode in
      !opening.contains(RuleKey(episode)) && concerns(episode, vm, groups)
    }
    .compactMap { $0.known(at: instant) }
    .flatMap { lines(of: $0, on: vm.vm) }
  }

  private static func concerns(
    _ episode: RuleEpisode, _ vm: VMRules, _ groups: Set<ResourceID>
  ) -> Bool {
    guard let subject = episode.subject else { return groups.contains(episode.nsg) }
    let name = KnownVMs.Name(
      subscription: episode.nsg.subscription ?? "", name: subject.vm)
    return name == KnownVMs.Name(vm.vm) && vm.isOfVM(episode)
  }

  private static func lines(of episode: RuleEpisode, on vm: ResourceID) -> [TimelineEntry] {
    let group = "\(episode.isOfNSG ? "group" : "firewall") \(episode.nsg.name)"
    func line(
      _ at: EventTime, _ kind: TimelineEntry.Kind, _ actor: Actor?, _ text: String,
      _ rule: NetworkRule, _ evidence: [EvidenceID]
    ) -> TimelineEntry {
      TimelineEntry(
        at: at, kind: kind, vm: vm, actor: actor?.isNobody == true ? nil : actor,
        port: rule.ports.count == 1 ? Int(rule.ports[0]) : nil, text: text, evidence: evidence)
    }
    var found: [TimelineEntry] = []
    for (index, version) in episode.versions.enumerated() {
      // What was there when the group was first seen began nowhere.
      if index == 0, episode.begin == nil { continue }
      let verb = index == 0 ? "written" : "changed"
      found.append(
        line(
          version.at, .ruleWritten, version.writer,
          "Rule \(version.rule.name) \(verb) in \(group): \(TimelineText.rule(version.rule)).",
          version.rule, version.evidence))
    }
    if let end = episode.end {
      let rule = episode.version(at: end).rule
      found.append(
        line(
          end, .ruleDeleted, episode.remover,
          "Rule \(rule.name) gone from \(group): \(TimelineText.rule(rule)).", rule,
          episode.endEvidence))
    }
    return found
  }

  /// The line of a failed call that tells of rules, on a VM that it concerns.
  public static func failed(
    _ calls: [Call], of vm: VMRules, at instant: EventTime
  ) -> [TimelineEntry] {
    let groups = vm.groups(upTo: instant)
    return calls.filter { call in
      let first = call.records[0].evidence
      guard call.isFailed, call.occurredAt <= instant, let nsg = first.ruleSet else { return false }
      let names = named(by: call, in: nsg)
      return names.isEmpty
        ? groups.contains(nsg) : names.contains(KnownVMs.Name(vm.vm))
    }.map { call in
      let actor = Actor(call.claims)
      return TimelineEntry(
        at: call.occurredAt, kind: .failed, vm: vm.vm, actor: actor.isNobody ? nil : actor,
        port: nil, text: TimelineText.failed(TimelineText.ruleCall(call), call),
        evidence: call.records.map(\.id))
    }
  }

  /// The VMs that the text of the one rule names that a call writes; a whole group's rules name
  /// VMs that have no part in it.
  private static func named(by call: Call, in nsg: ResourceID) -> Set<KnownVMs.Name> {
    guard call.records[0].evidence.kind == .ruleWritten else { return [] }
    let rules = call.records.flatMap {
      ($0.evidence.askedRules ?? []) + ($0.evidence.answeredRules ?? [])
    }
    return Set(
      rules.compactMap { JITRule.subject(of: $0.text) }.map {
        KnownVMs.Name(subscription: nsg.subscription ?? "", name: $0.vm)
      })
  }
}
