internal import Access
internal import Detection
internal import Ledger
internal import Timelines

/// Stage 6: detectors over what changed.
extension Judge {
  /// Judges changed requests that lie at or before an instant; later ones wait for stream time.
  func judge(
    _ changes: [RequestChange], upTo streamTime: EventTime, deadline: JudgingDeadline
  ) throws(LedgerError) {
    let rules = Set(detectors.rules)
    var bursts = BurstWork()
    for change in changes {
      guard let request = change.current, request.requestedAt <= streamTime else { continue }
      try judgeAlone(change, rules: rules)
      for version in change.versions { bursts.add(version, detectors.burstDetectors) }
      deadline.spend()
    }
    try judge(&bursts, rules: rules, upTo: streamTime, deadline: deadline)
  }

  /// Judges all requests of a due row's span, by the rules that its slice lists (none = all).
  ///
  /// Says where it stopped, or nil when it reached the end.
  func judgeRequests(
    of row: DueRow, deadline: JudgingDeadline
  ) throws(LedgerError) -> EventTime? {
    let listed = row.slice.split(separator: ",").map(String.init)
    let rules = listed.isEmpty ? Set(detectors.rules) : Set(listed)
    let streamTime = try ledger.streamTime() ?? .distantPast
    var from = row.from
    while true {
      let requests = try ledger.requests(
        after: from, through: row.to, limit: Judge.requestsAtOnce)
      guard let last = requests.last else { return nil }
      let whole = try wholeInstants(requests, after: from)
      try judge(whole, rules: rules, upTo: streamTime, deadline: deadline)
      from = whole.last?.request.requestedAt ?? last.request.requestedAt
      if requests.count < Judge.requestsAtOnce, whole.count == requests.count { return nil }
      if deadline.isOver { return from }
    }
  }

  /// How many requests are read at a time.
  private static let requestsAtOnce = 256

  /// Those of a full page whose instant is surely complete: a page may end within an instant.
  private func wholeInstants(
    _ page: [StoredRequest], after from: EventTime
  ) throws(LedgerError) -> [StoredRequest] {
    guard page.count == Judge.requestsAtOnce, let last = page.last?.request.requestedAt else {
      return page
    }
    let whole = page.filter { $0.request.requestedAt < last }
    if !whole.isEmpty { return whole }
    // More requests at one instant than a page holds: they are read together.
    return try ledger.requests(after: from, through: last, limit: .max)
  }

  private func judge(
    _ rows: [StoredRequest], rules: Set<String>, upTo streamTime: EventTime,
    deadline: JudgingDeadline
  ) throws(LedgerError) {
    let bursting = detectors.burstDetectors.filter { rules.contains($0.rule) }
    var bursts = BurstWork()
    var renamed: [RequestChange] = []
    for row in rows {
      var request = row.request
      let identity = try ledger.identity(
        of: request.actor, at: request.requestedAt, streamTime: streamTime)
      if identity != request.actorIdentity {
        let old = request
        request.actorIdentity = identity
        _ = try ledger.replace(row, by: request, call: row.call)
        renamed.append(RequestChange(old: old, new: request))
      }
      try judgeAlone(RequestChange(old: nil, new: request), rules: rules)
      bursts.add(request, bursting)
      deadline.spend()
    }
    try ledger.supersede(around: renamed.flatMap(\.versions))
    let resolved = try resolveNames(sightedBy: rows.map(\.request), streamTime: streamTime)
    for change in resolved {
      guard let new = change.new, new.requestedAt <= streamTime else { continue }
      try judgeAlone(change, rules: rules)
      for version in change.versions { bursts.add(version, bursting) }
    }
    // The subject that a request had before it was looked up may have lost a burst.
    for change in renamed {
      for version in change.versions { bursts.add(version, bursting) }
    }
    try judge(&bursts, rules: rules, upTo: streamTime, deadline: deadline)
  }

  private func judgeAlone(
    _ change: RequestChange, rules: Set<String>
  ) throws(LedgerError) {
    if let old = change.old, old.id != change.new?.id {
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
