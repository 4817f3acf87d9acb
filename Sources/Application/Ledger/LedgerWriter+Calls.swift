public import Access
internal import SQLite
public import Timelines

/// Calls of rules and of policies, and what they come to.
extension LedgerWriter {
  /// Stores how the records of a key hang together in calls, and says which calls are new or gone.
  public func restitch(
    _ touched: TouchedCall, defender: Set<String>
  ) throws(LedgerError) -> [StoredCall] {
    try guarded { () throws(SQLiteError) in
      let component = try evidence.component(of: touched.key, around: touched.day)
      guard let first = component.first else { return [] }
      let isRules = touched.family == .rules
      let subject =
        isRules ? first.evidence.ruleSet ?? first.evidence.resource : first.evidence.resource
      let table = isRules ? ruleCalls : policyCalls
      let days = component.map(\.id.day)
      let span =
        EventTime.start(ofDay: days.min() ?? 0)...EventTime.start(ofDay: (days.max() ?? 0) + 1)
      let hash = touched.key.stableHash
      let old = try table.calls(of: subject, key: hash, in: span)
      var changed: [StoredCall] = []
      var kept: Set<StoredCall> = []
      for call in CallStitcher.calls(of: component) {
        let stored = StoredCall(
          subject: isRules ? call.resource.group(of: first.evidence) : call.resource,
          at: call.occurredAt, key: hash,
          evidence: try evidence.numbers(of: call.records.map(\.id), withHash: hash))
        guard !stored.evidence.isEmpty else { continue }
        kept.insert(stored)
        if old.contains(stored) { continue }
        try put(call, stored, isRules: isRules, defender: defender)
        changed.append(stored)
      }
      for gone in old where !kept.contains(gone) {
        guard try gone.isOf(touched.key, evidence) else { continue }
        versions[gone.subject] = nil
        if !kept.contains(where: { $0.isAt(gone) }) { try table.delete(gone) }
        changed.append(gone)
      }
      return changed
    }
  }

  private func put(
    _ call: Call, _ stored: StoredCall, isRules: Bool, defender: Set<String>
  ) throws(SQLiteError) {
    if isRules {
      let rule = RuleCall(call, defender: defender)
      try ruleCalls.put(stored, flag: rule?.makesKnown ?? false, failed: rule?.isFailed ?? false)
    } else {
      versions[stored.subject] = nil
      let isFailed = call.records.contains { $0.evidence.phase == .failure }
      let version = PolicyFold.version(of: call)
      try policyCalls.put(
        stored, flag: call.records[0].evidence.kind == .policyObserved, failed: isFailed,
        listed: version.map { $0.body?.vms ?? [] })
      if let version {
        for vm in version.body?.vms ?? [] {
          try noteVM(vm, since: version.isObserved ? .distantPast : version.at)
        }
        _ = try named.note(
          version.policy, as: NamedTable.policyText(KnownVMs.Name(version.policy)),
          since: version.at)
      }
    }
  }

  /// The calls that tell of a group in a span, as they take effect, by time and in the order of
  /// ties; at most about so many, and never a part of one instant.
  public func ruleCalls(
    of nsg: ResourceID, in span: ClosedRange<EventTime>, limit: Int, defender: Set<String>
  ) throws(LedgerError) -> [RuleCall] {
    try guarded { () throws(SQLiteError) in
      var rows = try ruleCalls.calls(of: nsg, in: span, limit: limit)
      if rows.count == limit, let last = rows.last?.at, rows.first?.at != last {
        rows.removeAll { $0.at == last }
      } else if rows.count == limit, let last = rows.last?.at {
        rows = try ruleCalls.calls(of: nsg, in: span.lowerBound...last)
      }
      var calls: [(call: Call, rule: RuleCall)] = []
      for row in rows {
        guard let call = try call(of: row), var rule = RuleCall(call, defender: defender) else {
          continue
        }
        rule.nsg = nsg
        calls.append((call, rule))
      }
      return calls.sorted { IdentifiedEvidence.precedes($0.call.records[0], $1.call.records[0]) }
        .map(\.rule)
    }
  }

  private func call(of row: StoredCall) throws(SQLiteError) -> Call? {
    var records: [IdentifiedEvidence] = []
    for number in row.evidence {
      if let record = try evidence.identified(at: number) { records.append(record) }
    }
    return records.isEmpty ? nil : Call(records: records)
  }

  /// Up to when what rules and notes tell after an instant is no more than a step can look at, and
  /// at most so many of either.
  public func reach(
    after start: EventTime, through end: EventTime, limit: Int
  ) throws(LedgerError) -> EventTime {
    try guarded { () throws(SQLiteError) in
      let rules = try ruleCalls.reach(after: start, through: end, limit: limit)
      return try notes.reach(after: start, through: rules, limit: limit)
    }
  }

  /// The groups of which calls tell after one instant up to another, with the first of each.
  public func ruleSets(
    after start: EventTime, through end: EventTime
  ) throws(LedgerError) -> [(nsg: ResourceID, at: EventTime)] {
    try guarded { () throws(SQLiteError) in
      try ruleCalls.subjects(after: start, through: end).map { ($0.subject, $0.at) }
    }
  }

  /// Where a group stands just before an instant, and the rows that tell so.
  public func ruleSet(
    _ nsg: ResourceID, before instant: EventTime
  ) throws(LedgerError) -> (isKnown: Bool, living: [StoredEpisode]) {
    try guarded { () throws(SQLiteError) in
      let known = try ruleCalls.knownFrom(nsg)
      return (known.map { $0 < instant } ?? false, try rules.living(in: nsg, at: instant))
    }
  }

  /// The rules of a group that were first seen in a span.
  public func rules(
    of nsg: ResourceID, firstSeenIn span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [StoredEpisode] {
    try guarded { () throws(SQLiteError) in try rules.begun(in: nsg, span) }
  }

  /// Stores a rule, in place of the row that it has.
  public func put(_ stored: StoredEpisode) throws(LedgerError) {
    _ = try guarded { () throws(SQLiteError) in try rules.put(stored) }
  }

  /// Removes a rule that never stood.
  public func delete(_ stored: StoredEpisode) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in try rules.delete(stored.seq) }
  }

  /// The version of a policy in force at an instant.
  func policyVersion(
    of policy: ResourceID, at instant: EventTime
  ) throws(SQLiteError) -> PolicyVersion? {
    PolicyFold.version(of: try versions(of: policy), at: instant)
  }

  private func versions(of policy: ResourceID) throws(SQLiteError) -> [PolicyVersion] {
    if let known = versions[policy] { return known }
    // Versions of a policy are few: a write replaces the whole of it.
    var found: [PolicyVersion] = []
    for row in try policyCalls.calls(of: policy, in: .distantPast ... .distantFuture) {
      if let call = try call(of: row), let version = PolicyFold.version(of: call) {
        found.append(version)
      }
    }
    found.sort(by: PolicyVersion.precedes)
    if versions.count > 1_000 { versions.removeAll(keepingCapacity: true) }
    versions[policy] = found
    return found
  }

  /// The version of a policy in force when a request was made.
  public func policyVersion(
    for request: AccessRequest
  ) throws(LedgerError) -> PolicyVersion? {
    try guarded { () throws(SQLiteError) in
      try policyVersion(of: request.policy, at: request.requestedAt)
    }
  }

  /// Whether a record told of a version of a policy.
  public func knowsByRecord(_ policy: ResourceID) throws(LedgerError) -> Bool {
    try guarded { () throws(SQLiteError) in
      try versions(of: policy).contains { !$0.isObserved }
    }
  }

  /// Whether a file told of a policy's version, and no record.
  public func isObserved(_ call: StoredCall) throws(LedgerError) -> Bool {
    try guarded { () throws(SQLiteError) in
      try evidence.identified(at: call.evidence[0])?.evidence.kind == .policyObserved
    }
  }

  /// When the next version of a policy after an instant begins to hold.
  public func nextPolicyVersion(
    of policy: ResourceID, after instant: EventTime
  ) throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in
      try versions(of: policy).first { $0.at > instant }?.at
    }
  }
}

extension StoredCall {
  fileprivate func isAt(_ other: StoredCall) -> Bool {
    at == other.at && evidence[0] == other.evidence[0]
  }

  /// Whether a row came of this key, and not of another with the same hash.
  fileprivate func isOf(
    _ wanted: CallKey, _ table: EvidenceTable
  ) throws(SQLiteError) -> Bool {
    guard let record = try table.identified(at: evidence[0]) else { return true }
    return CallKey(record.evidence) == wanted
  }
}

extension ResourceID {
  /// The group that a resource of rules belongs to.
  fileprivate func group(of evidence: Evidence) -> ResourceID {
    switch evidence.kind {
    case .ruleWritten, .ruleDeleted: parent
    default: self
    }
  }
}
