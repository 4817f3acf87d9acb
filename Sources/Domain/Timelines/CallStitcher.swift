public import Access

/// Cuts the records of one key into calls (semantics 1, "One key, several calls").
///
/// A pure function of the set: order of arrival and repetition change nothing.
public struct CallStitcher {
  private var calls: [Draft] = []
  private var beginnings: [Beginning] = []
  /// Calls whose newest Start is not too old for a retry, by that Start.
  private var recent: [Int] = []
  private let failures: [EventTime]

  /// The Starts of one instant, which are one.
  private struct Beginning {
    let at: EventTime
    /// The VM × ports that their bodies name, or nil when none of them can be read.
    let ports: Set<String>?
    var call: Int
  }

  private struct Draft {
    var records: [IdentifiedEvidence]
    var newestStart: Beginning
    var first: EventTime
    var last: EventTime

    /// Whether no two records are more than 24 h apart when one of this instant is added.
    func reaches(_ instant: EventTime) -> Bool {
      max(last, instant) - min(first, instant) <= CallKey.reach
    }

    mutating func add(_ record: IdentifiedEvidence) {
      records.append(record)
      first = min(first, record.evidence.occurredAt)
      last = max(last, record.evidence.occurredAt)
    }
  }

  /// A Start further than this from the newest Start of a call begins a new one.
  static let retrySpan = TimeSpan.minutes(5)

  /// The calls that records of one key make, by time.
  ///
  /// The records need not be sorted.
  public static func calls(of records: [IdentifiedEvidence]) -> [Call] {
    var seen = Set<EvidenceID>()
    let sorted =
      records.filter { seen.insert($0.id).inserted }.sorted(by: IdentifiedEvidence.precedes)
    guard let first = sorted.first else { return [] }
    if first.evidence.correlationID.isEmpty { return [Call(records: sorted)] }
    var stitcher = CallStitcher(
      failures: sorted.filter { $0.evidence.phase == .failure }.map(\.evidence.occurredAt))
    stitcher.place(starts: sorted.filter { $0.evidence.phase == .start })
    let orphans = stitcher.place(later: sorted.filter { $0.evidence.phase != .start })
    return stitcher.finished(orphans: orphans)
  }

  private init(failures: [EventTime]) { self.failures = failures }
}

/// Starts: which of them repeat a call, and which begin one.
extension CallStitcher {
  private mutating func place(starts: [IdentifiedEvidence]) {
    var rest = starts[...]
    while let at = rest.first?.evidence.occurredAt {
      let together = rest.prefix { $0.evidence.occurredAt == at }
      rest = rest.dropFirst(together.count)
      place(together, at: at)
    }
  }

  private mutating func place(_ starts: ArraySlice<IdentifiedEvidence>, at: EventTime) {
    let sets = starts.compactMap(\.evidence.bodySet)
    let ports = sets.isEmpty ? nil : sets.reduce(into: Set()) { $0.formUnion($1) }
    var beginning = Beginning(at: at, ports: ports, call: calls.count)
    recent.removeAll { at - calls[$0].newestStart.at > CallStitcher.retrySpan }
    if let taker = callRepeated(by: beginning) {
      beginning.call = taker
      calls[taker].newestStart = beginning
      recent.removeAll { $0 == taker }
    } else {
      calls.append(Draft(records: [], newestStart: beginning, first: at, last: at))
    }
    recent.append(beginning.call)
    beginnings.append(beginning)
    for start in starts { calls[beginning.call].add(start) }
  }

  /// The newest call that a Start repeats, where it repeats one.
  private func callRepeated(by beginning: Beginning) -> Int? {
    // Without a body only the newest call can be meant.
    let candidates = beginning.ports == nil ? recent.suffix(1) : recent[...]
    return candidates.last { index in
      let newest = calls[index].newestStart
      return (beginning.ports == nil || newest.ports == beginning.ports)
        && calls[index].reaches(beginning.at)
        && !hasFailure(from: newest.at, to: beginning.at)
    }
  }

  /// A Failure comes after a Start of its instant: it ends the earlier Start, not the later one.
  private func hasFailure(from earlier: EventTime, to later: EventTime) -> Bool {
    let next = failures.partitioningIndex { $0 >= earlier }
    return next < failures.count && failures[next] < later
  }
}

/// Later phases: which Start each of them follows.
extension CallStitcher {
  /// Adds phases to the calls of their Starts; says which have none, by time.
  private mutating func place(later phases: [IdentifiedEvidence]) -> [IdentifiedEvidence] {
    var early: [IdentifiedEvidence] = []
    var orphans: [IdentifiedEvidence] = []
    for phase in phases {
      let start = start(of: phase)
      if let start, start.at > phase.evidence.occurredAt {
        // What came before its Start waits: it must not keep out what followed it.
        early.append(phase)
      } else if !add(phase, to: start) {
        orphans.append(phase)
      }
    }
    for phase in early.reversed() where !add(phase, to: start(of: phase)) {
      orphans.append(phase)
    }
    return orphans.sorted(by: IdentifiedEvidence.precedes)
  }

  private mutating func add(_ phase: IdentifiedEvidence, to start: Beginning?) -> Bool {
    guard let start, calls[start.call].reaches(phase.evidence.occurredAt) else { return false }
    calls[start.call].add(phase)
    return true
  }

  /// The Start with the phase's VM × ports, else any: the newest before or at it, else the first
  /// one after it, within 24 h.
  private func start(of phase: IdentifiedEvidence) -> Beginning? {
    let sets = [phase.evidence.asked, phase.evidence.answered].compactMap { $0?.portSet }
    let same =
      sets.isEmpty
      ? nil
      : nearest(to: phase) { beginning in sets.contains { $0 == beginning.ports } }
    return same ?? nearest(to: phase) { _ in true }
  }

  private func nearest(
    to phase: IdentifiedEvidence, where matches: (Beginning) -> Bool
  ) -> Beginning? {
    let instant = phase.evidence.occurredAt
    let split = beginnings.partitioningIndex { $0.at > instant }
    let before = beginnings[..<split].reversed()
      .prefix { instant - $0.at <= CallKey.reach }.first(where: matches)
    return before
      ?? beginnings[split...].prefix { $0.at - instant <= CallKey.reach }.first(where: matches)
  }

  private func finished(orphans: [IdentifiedEvidence]) -> [Call] {
    var groups: [[IdentifiedEvidence]] = []
    for orphan in orphans {
      if let first = groups.last?.first,
        orphan.evidence.occurredAt - first.evidence.occurredAt <= CallKey.reach
      {
        groups[groups.count - 1].append(orphan)
      } else {
        groups.append([orphan])
      }
    }
    let started = calls.map { $0.records.sorted(by: IdentifiedEvidence.precedes) }
    return (started + groups).map { Call(records: $0) }
      .sorted { IdentifiedEvidence.precedes($0.records[0], $1.records[0]) }
  }
}

extension Evidence {
  /// What the record's body says, as far as bodies of one key are told apart by it: the VM × ports
  /// of an initiate, the content of rules, the whole of a policy, the type of an extension.
  var bodySet: Set<String>? {
    if let body = asked ?? answered { return body.portSet }
    if let rules = askedRules ?? answeredRules {
      return Set(rules.map { Evidence.text(of: $0) }).union(["rules"])
    }
    if let policy = askedPolicy ?? answeredPolicy {
      return [String(decoding: policy.canonical, as: UTF8.self).lowercased()]
    }
    return extensionType.map { [$0.lowercased()] }
  }

  private static func text(of rule: NetworkRule) -> String {
    let content = rule.content
    return [
      rule.name.lowercased(), rule.access, rule.direction, content.protocolName,
      content.ports.joined(separator: ","), content.sources.joined(separator: ","),
      content.destinations.joined(separator: ","),
    ].joined(separator: "|")
  }
}
