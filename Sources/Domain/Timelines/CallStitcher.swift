public import Access

/// Cuts the records of one key into calls (semantics 1, "One key, several calls").
///
/// A pure function of the set: order of arrival and repetition change nothing.
public struct CallStitcher {
  private var calls: [Draft] = []
  private let failures: [IdentifiedEvidence]

  private struct Draft {
    var starts: [IdentifiedEvidence]
    var later: [IdentifiedEvidence] = []

    var newest: IdentifiedEvidence { starts[starts.count - 1] }
  }

  /// A Start further than this from the newest Start of a call begins a new one.
  static let retrySpan = TimeSpan.minutes(5)

  /// The calls that records of one key make, by time. The records need not be sorted.
  public static func calls(of records: [IdentifiedEvidence]) -> [Call] {
    var seen = Set<EvidenceID>()
    let sorted =
      records.filter { seen.insert($0.id).inserted }.sorted(by: IdentifiedEvidence.precedes)
    guard let first = sorted.first else { return [] }
    if first.evidence.correlationID.isEmpty { return [Call(records: sorted)] }
    var stitcher = CallStitcher(
      failures: sorted.filter { $0.evidence.phase == .failure })
    for start in sorted where start.evidence.phase == .start { stitcher.place(start: start) }
    var orphans: [IdentifiedEvidence] = []
    for phase in sorted where phase.evidence.phase != .start {
      if !stitcher.place(later: phase) { orphans.append(phase) }
    }
    return stitcher.finished(orphans: orphans)
  }

  private init(failures: [IdentifiedEvidence]) { self.failures = failures }

  private mutating func place(start: IdentifiedEvidence) {
    if let index = callTaking(start: start) {
      calls[index].starts.append(start)
    } else {
      calls.append(Draft(starts: [start]))
    }
  }

  private func callTaking(start: IdentifiedEvidence) -> Int? {
    let set = start.evidence.portSet
    for index in calls.indices.reversed() {
      let call = calls[index]
      let newest = call.newest
      if newest.evidence.occurredAt == start.evidence.occurredAt { return index }
      let isNear =
        start.evidence.occurredAt - newest.evidence.occurredAt <= CallStitcher.retrySpan
        && start.evidence.occurredAt - call.starts[0].evidence.occurredAt <= CallKey.reach
      let isSame = set == nil || newest.evidence.portSet == set
      if isNear, isSame, !hasFailure(between: newest, and: start) { return index }
      // Without a body only the newest call can be meant.
      if set == nil { return nil }
    }
    return nil
  }

  private func hasFailure(
    between earlier: IdentifiedEvidence, and later: IdentifiedEvidence
  ) -> Bool {
    failures.contains {
      IdentifiedEvidence.precedes(earlier, $0) && IdentifiedEvidence.precedes($0, later)
    }
  }

  private mutating func place(later phase: IdentifiedEvidence) -> Bool {
    let all = Array(calls.indices)
    let set = phase.evidence.portSet
    let same = all.filter { call in
      set != nil && calls[call].starts.contains { $0.evidence.portSet == set }
    }
    guard let index = nearest(to: phase, among: same) ?? nearest(to: phase, among: all) else {
      return false
    }
    calls[index].later.append(phase)
    return true
  }

  /// The call with the newest Start before or at the phase, else with the first one after it.
  private func nearest(to phase: IdentifiedEvidence, among indices: [Int]) -> Int? {
    let instant = phase.evidence.occurredAt
    var before: (index: Int, at: EventTime)?
    var after: (index: Int, at: EventTime)?
    for index in indices {
      for start in calls[index].starts {
        let at = start.evidence.occurredAt
        if at <= instant, instant - at <= CallKey.reach, before.map({ at >= $0.at }) ?? true {
          before = (index, at)
        }
        if at > instant, at - instant <= CallKey.reach, after.map({ at < $0.at }) ?? true {
          after = (index, at)
        }
      }
    }
    return before?.index ?? after?.index
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
    let started = calls.map { ($0.starts + $0.later).sorted(by: IdentifiedEvidence.precedes) }
    return (started + groups).map { Call(records: $0) }
      .sorted { IdentifiedEvidence.precedes($0.records[0], $1.records[0]) }
  }
}

extension Evidence {
  /// The VM × ports that the record's body names: the request's, else the response's.
  var portSet: Set<String>? { (asked ?? answered)?.portSet }
}
