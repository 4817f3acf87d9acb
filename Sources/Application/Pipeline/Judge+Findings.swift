internal import Access
internal import Detection
internal import Ledger
internal import Timelines

/// Stage 6: detectors over what changed.
extension Judge {
  /// Judges changed requests that lie at or before an instant; later ones wait for stream time.
  func judge(
    _ changes: [RequestChange], rules: Set<String>? = nil, upTo streamTime: EventTime,
    deadline: JudgingDeadline
  ) throws(LedgerError) {
    let rules = rules ?? Set(detectors.rules)
    let bursting = detectors.burstDetectors.filter { rules.contains($0.rule) }
    var bursts = BurstWork()
    for change in changes {
      // What lies beyond stream time is not judged yet; what lay before it is no longer there.
      let reached = change.reached(by: streamTime)
      if reached.versions.isEmpty { continue }
      try judgeAlone(reached, rules: rules)
      // The subject that a request had before may have lost a burst.
      for version in change.versions { bursts.add(version, bursting) }
      deadline.spend()
    }
    try judge(&bursts, rules: rules, upTo: streamTime, deadline: deadline)
  }

  /// Judges all requests of a due row's span, by the rules that its slice lists (none = all).
  ///
  /// Says where it stopped, or nil when it reached the end.
  func judgeRequests(
    of row: DueRow, settled: Settled, deadline: JudgingDeadline
  ) throws(LedgerError) -> EventTime? {
    let listed = row.slice.split(separator: ",").map(String.init)
    let rules = listed.isEmpty ? Set(detectors.rules) : Set(listed)
    let streamTime = try ledger.streamTime() ?? .distantPast
    var from = row.from
    while true {
      let page = try wholeInstants(
        ledger.requests(after: from, through: row.to, limit: Judge.requestsAtOnce), after: from)
      var isLast = page.count < Judge.requestsAtOnce && page.isEndOfSpan
      var end = isLast ? row.to : page.rows.last?.request.requestedAt ?? row.to
      var (rows, changes) = (page.rows, [RequestChange]())
      // Rules that are listed are judged anew over requests that an earlier row has settled.
      if listed.isEmpty {
        let reach = try ledger.reach(
          after: from, through: end, limit: min(Judge.callsAndNotesAtOnce, max(1, budget.rows)))
        if reach < end {
          (end, isLast) = (reach, false)
          rows.removeAll { $0.request.requestedAt > reach }
        }
        changes = try settle(rows, after: from, through: end, settled, streamTime)
      }
      try judge(rows, changes, rules: rules, upTo: streamTime, deadline: deadline)
      from = end
      if isLast { return nil }
      if deadline.isOver { return from }
    }
  }

  /// How many requests are read at a time: no more than a step can judge in a few milliseconds.
  private static let requestsAtOnce = 64

  /// How many calls of rules, and how many notes, are looked at with a page of requests.
  private static let callsAndNotesAtOnce = 256

  /// Requests of a span, none of whose instants is cut in two.
  private struct Page {
    let rows: [StoredRequest]
    /// True when no more follow.
    let isEndOfSpan: Bool
    var count: Int { rows.count }
  }

  /// Those of a full page whose instant is surely complete: a page may end within an instant.
  private func wholeInstants(
    _ page: [StoredRequest], after from: EventTime
  ) throws(LedgerError) -> Page {
    guard page.count == Judge.requestsAtOnce, let last = page.last?.request.requestedAt else {
      return Page(rows: page, isEndOfSpan: true)
    }
    let whole = page.filter { $0.request.requestedAt < last }
    if !whole.isEmpty { return Page(rows: whole, isEndOfSpan: false) }
    // More requests at one instant than a page holds: they are read together.
    return Page(
      rows: try ledger.requests(after: from, through: last, limit: .max), isEndOfSpan: false)
  }

  private func settle(
    _ rows: [StoredRequest], after from: EventTime, through to: EventTime, _ settled: Settled,
    _ streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    let notes = ledger.hasNotes ? try ledger.notes(after: from, through: to) : []
    let unsettled = rows.filter { !settled.requests.contains($0.request.id) }
    var changes = try settle(
      unsettled, notes.filter { !settled.notes.contains($0.id) }, streamTime: streamTime)
    // Also what was folded in this step: a name that it showed before counts only now.
    changes += try resolveNames(sightedBy: rows.map(\.request), streamTime: streamTime)
    var doors = try sweepRules(after: from, through: to)
    for row in rows { try doors.add(row.request, ledger) }
    for change in changes {
      for version in change.versions { try doors.add(version, ledger) }
    }
    changes += try refoldDoors(doors, through: to)
    return changes.coalesced
  }

  /// Changes requests by what stream time has reached: notes that now count, and names that are
  /// now known.
  private func settle(
    _ rows: [StoredRequest], _ notes: [IdentifiedEvidence], streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    let requests = rows.map(\.request)
    var changes = try joinNotes(around: requests, and: notes, streamTime: streamTime)
    let current = Dictionary(
      changes.compactMap { change in change.new.map { ($0.id, $0) } },
      uniquingKeysWith: { $1 })
    for row in rows {
      let request = current[row.request.id] ?? row.request
      changes += try resolve(request, in: row, streamTime: streamTime)
    }
    return changes
  }

  /// Judges a page of requests that stream time has reached, and what changed with them.
  private func judge(
    _ rows: [StoredRequest], _ changes: [RequestChange], rules: Set<String>,
    upTo streamTime: EventTime, deadline: JudgingDeadline
  ) throws(LedgerError) {
    var all = changes
    // A request that did not change is judged all the same: its instant has come.
    let changed = Set(changes.compactMap { $0.current?.id })
    for row in rows where !changed.contains(row.request.id) {
      all.append(RequestChange(old: nil, new: row.request))
    }
    try judge(all, rules: rules, upTo: streamTime, deadline: deadline)
  }

  /// Looks up who made a request, now that stream time has come this far.
  private func resolve(
    _ request: AccessRequest, in row: StoredRequest, streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    let identity = try ledger.identity(
      of: request.actor, at: request.requestedAt, streamTime: streamTime)
    if identity == request.actorIdentity { return [] }
    var resolved = request
    resolved.actorIdentity = identity
    _ = try ledger.replace(
      StoredRequest(seq: row.seq, call: row.call, request: request), by: resolved, call: row.call)
    return [RequestChange(old: request, new: resolved)]
  }

  private func judgeAlone(
    _ change: RequestChange, rules: Set<String>
  ) throws(LedgerError) {
    if let old = change.old,
      old.id != change.new?.id || old.requestedAt.day != change.new?.requestedAt.day
    {
      try judgeSlice(of: old, findings: [], rules: rules)
    }
    guard let new = change.new else { return }
    let findings = detectors.judge(new).filter { rules.contains($0.rule) }
    try judgeSlice(of: new, findings: findings, rules: rules)
  }

  private func judgeSlice(
    of request: AccessRequest, findings: [Finding], rules: Set<String>
  ) throws(LedgerError) {
    try ledger.judge(
      JudgedSlice(
        slice: RequestSlice.text(of: request.id), day: request.requestedAt.day, rules: rules,
        findings: findings),
      now: clock(), settings: settings)
  }

  private func judge(
    _ work: inout BurstWork, rules: Set<String>, upTo streamTime: EventTime,
    deadline: JudgingDeadline
  ) throws(LedgerError) {
    for subject in work.subjects {
      for detector in detectors.burstDetectors where rules.contains(detector.rule) {
        let dirty = work.dirty(detector, of: subject)
        guard !dirty.isEmpty else { continue }
        try judge(detector, dirty, of: subject, upTo: streamTime)
        deadline.spend(dirty.count)
      }
    }
  }

  private func judge(
    _ detector: any BurstDetector, _ dirty: [BurstWork.Instant], of identity: String,
    upTo streamTime: EventTime
  ) throws(LedgerError) {
    var slices: [BurstWork.DaySlice: Bool] = [:]
    for instant in dirty {
      let count = try ledger.requestCount(
        by: identity, from: instant.at - detector.within, to: instant.at + detector.within,
        limit: detector.count)
      for day in detector.days(reachedBy: instant.at) {
        for vm in instant.vms {
          let slice = BurstWork.DaySlice(day: day, vm: vm)
          slices[slice] = slices[slice] ?? false || count >= detector.count
        }
      }
    }
    // One read of the subject's days serves all its VMs.
    var read: [Int: [AccessRequest]] = [:]
    for (slice, mayStand) in slices.sorted(by: { $0.key < $1.key }) {
      let text = BurstSlice.text(
        rule: detector.rule, actorIdentity: identity, vm: slice.vm, day: slice.day)
      if !mayStand, try ledger.standingFindings(in: text, day: slice.day).isEmpty { continue }
      let reach = detector.reach(ofDay: slice.day)
      if read[slice.day] == nil {
        let last = min(EventTime(ticks: reach.upperBound.ticks - 1), streamTime)
        read[slice.day] = try ledger.requests(by: identity, from: reach.lowerBound, to: last)
          .map(\.request).filter(detector.counts)
      }
      let all = read[slice.day] ?? []
      let counted = slice.vm.map { vm in
        all.filter { $0.grants.contains { $0.vm == vm } }
      }
      let finding = detector.judge(
        day: slice.day, vm: slice.vm, requests: counted ?? all)
      try ledger.judge(
        JudgedSlice(
          slice: text, day: slice.day, rules: [detector.rule],
          findings: [finding].compactMap { $0 }),
        now: clock(), settings: settings)
    }
  }
}
