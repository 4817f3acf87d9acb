internal import Access
internal import Ledger
internal import Timelines

/// Stages 1 to 5: calls, rules, policies, requests, names, doors.
extension Judge {
  /// Folds the touched calls again and writes what is different; says which requests changed.
  ///
  /// Doors are looked at up to the frontier: what lies behind it was not swept yet.
  func restitch(
    _ stored: StoredBatch, streamTime: EventTime, frontier: EventTime, deadline: JudgingDeadline
  ) throws(LedgerError) -> (changes: [RequestChange], settled: Settled) {
    var doors = try restitchRules(stored, through: frontier, deadline: deadline)
    let (changes, settled) = try refold(stored, streamTime: streamTime)
    for change in changes {
      for version in change.versions { try doors.add(version, ledger) }
    }
    let opened = try refoldDoors(doors, through: frontier)
    return ((changes + opened).coalesced, settled)
  }

  private func refold(
    _ stored: StoredBatch, streamTime: EventTime
  ) throws(LedgerError) -> (changes: [RequestChange], settled: Settled) {
    var changes: [RequestChange] = []
    let byKey = Dictionary(
      grouping: stored.touched.filter { $0.family == .initiate }, by: \.key)
    for (key, calls) in byKey.sorted(by: { $0.key.text < $1.key.text }) {
      var folded: ClosedRange<Int>?
      for call in calls.sorted(by: { $0.day < $1.day }) {
        // One component holds all records that hang together; days inside it are done with it.
        if let folded, folded.contains(call.day) { continue }
        let component = try ledger.component(of: call)
        let days = component.map(\.id.day)
        guard let first = days.min(), let last = days.max() else { continue }
        folded = first...last
        // What is new as a whole has made no request yet.
        let isNew = component.allSatisfy { stored.new.contains($0.id) }
        let made =
          isNew
          ? [] : try ledger.requests(of: key, days: first...last).filter { key.made($0.request) }
        changes += try rewrite(
          key, made, as: RequestFold.requests(of: component), streamTime: streamTime)
      }
    }
    changes += try joinNotes(
      around: changes.flatMap(\.versions), and: stored.notes, streamTime: streamTime)
    let settled = Settled(folded: changes, notes: stored.notes)
    try resolveNames(sightedIn: &changes, streamTime: streamTime)
    return (changes.coalesced, settled)
  }

  private func rewrite(
    _ key: CallKey, _ made: [StoredRequest], as folded: [AccessRequest], streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    var stored = made
    var changes: [RequestChange] = []
    for var request in folded {
      request.actorIdentity = try ledger.identity(
        of: request.actor, at: request.requestedAt, streamTime: streamTime)
      let index = stored.firstIndex { $0.request.id == request.id }
      let old = index.map { stored.remove(at: $0) }
      request = request.adopting(old?.request)
      PolicyFold.fill(&request, from: try ledger.policyVersion(for: request))
      if let old, old.request.isSame(as: request) { continue }
      _ = try ledger.replace(old, by: request, call: key.stableHash)
      changes.append(RequestChange(old: old?.request, new: request))
    }
    for gone in stored {
      _ = try ledger.replace(gone, by: nil, call: key.stableHash)
      changes.append(RequestChange(old: gone.request, new: nil))
    }
    return changes
  }

  /// Looks up again who a name means, where a name came with an object id, or no longer does.
  private func resolveNames(
    sightedIn changes: inout [RequestChange], streamTime: EventTime
  ) throws(LedgerError) {
    for change in changes {
      let old = change.old.flatMap(NameSightings.sighting)
      let new = change.new.flatMap(NameSightings.sighting)
      if old?.name == new?.name, old?.sighting == new?.sighting { continue }
      for seen in [old, new].compactMap({ $0 }) where seen.sighting.at <= streamTime {
        let gap = try ledger.sightingGap(
          of: seen.name, around: seen.sighting.at...seen.sighting.at, streamTime: streamTime)
        changes += try resolve(
          seen.name, from: gap.lowerBound, to: gap.upperBound, streamTime: streamTime)
      }
    }
  }

  /// Looks up names that stream time has now seen with an object id, as far as that reaches.
  func resolveNames(
    sightedBy requests: [AccessRequest], streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    var spans: [String: ClosedRange<EventTime>] = [:]
    for request in requests where request.requestedAt <= streamTime {
      guard let seen = NameSightings.sighting(in: request) else { continue }
      let at = seen.sighting.at
      let known = spans[seen.name] ?? at...at
      spans[seen.name] = min(known.lowerBound, at)...max(known.upperBound, at)
    }
    var changes: [RequestChange] = []
    for (name, span) in spans.sorted(by: { $0.key < $1.key }) {
      let gap = try ledger.sightingGap(of: name, around: span, streamTime: streamTime)
      changes += try resolve(
        name, from: gap.lowerBound, to: gap.upperBound, streamTime: streamTime)
    }
    return changes
  }

  /// How many requests of a name are looked up within the step that saw it; the rest is due.
  private static let namesAtOnce = 500

  private func resolve(
    _ name: String, from: EventTime, to: EventTime, streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    let rows = try ledger.unresolvedRequests(
      name: name, from: from, to: to, limit: Judge.namesAtOnce)
    if rows.count == Judge.namesAtOnce, let last = rows.last {
      try ledger.addDue(
        DueRow(stage: .name, slice: name, from: last.request.requestedAt, to: to))
    }
    var changes: [RequestChange] = []
    for row in rows {
      var request = row.request
      request.actorIdentity = try ledger.identity(
        of: request.actor, at: request.requestedAt, streamTime: streamTime)
      if request == row.request { continue }
      _ = try ledger.replace(row, by: request, call: row.call)
      changes.append(RequestChange(old: row.request, new: request))
    }
    return changes
  }

  /// A due row of the name stage: looks a name up further on; says where it stopped.
  func resolveName(
    of row: DueRow, deadline: JudgingDeadline
  ) throws(LedgerError) -> EventTime? {
    let streamTime = try ledger.streamTime() ?? .distantPast
    var changes = try resolve(row.slice, from: row.from, to: row.to, streamTime: streamTime)
    changes += try refoldDoors(around: changes, through: frontier(streamTime))
    try judge(changes.coalesced, upTo: streamTime, deadline: deadline)
    return nil
  }
}

extension CallKey {
  /// Whether a stored request came of this key, and not of another with the same hash.
  fileprivate func made(_ request: AccessRequest) -> Bool {
    request.correlationID.isEmpty
      ? text.hasPrefix("|") && text.hasSuffix("|\(request.requestedAt.ticks)")
      : text.hasPrefix("\(request.correlationID)|")
        && text.hasSuffix("|\(request.policy.canonical)")
  }
}
