internal import Access
internal import Ledger
internal import Timelines

/// Rules of groups and versions of policies.
extension Judge {
  /// How many calls of a group are read at a time.
  private static let callsAtOnce = 16

  /// Stitches the touched calls of rules and policies again, and follows what that changes up to
  /// the frontier; says which doors are dirty.
  func restitchRules(
    _ stored: StoredBatch, through frontier: EventTime, deadline: JudgingDeadline
  ) throws(LedgerError) -> DoorWork {
    var work = DoorWork()
    var groups: [ResourceID: ClosedRange<EventTime>] = [:]
    let touched = stored.touched.filter { $0.family == .rules || $0.family == .policy }
    for call in touched.sorted(by: { ($0.key.text, $0.day) < ($1.key.text, $1.day) }) {
      for changed in try ledger.restitch(call, defender: books.defender) {
        if call.family == .policy {
          try makeDue(policy: changed)
        } else {
          let known = groups[changed.subject] ?? changed.at...changed.at
          groups[changed.subject] =
            min(known.lowerBound, changed.at)...max(known.upperBound, changed.at)
        }
      }
    }
    for (nsg, span) in groups.sorted(by: { $0.key < $1.key })
    where span.lowerBound <= frontier {
      if try waits(nsg, from: span.lowerBound, newUpTo: span.upperBound) { continue }
      let rest = try refoldRules(
        of: nsg, from: span.lowerBound, through: frontier, newUpTo: span.upperBound,
        deadline: deadline, into: &work)
      if let rest { try ledger.addRulesDue(nsg, over: rest...max(rest, span.upperBound)) }
    }
    return work
  }

  /// Whether the rules of a group are due from an earlier instant on: then what is new waits for
  /// that, because the rows that it would go on from are not right yet.
  private func waits(
    _ nsg: ResourceID, from: EventTime, newUpTo: EventTime
  ) throws(LedgerError) -> Bool {
    guard let due = try ledger.rulesDue(of: nsg), due < from else { return false }
    try ledger.addRulesDue(nsg, over: due...newUpTo)
    return true
  }

  /// A due row of the rules stage; says where it stopped.
  func refoldRules(
    of row: DueRow, deadline: JudgingDeadline
  ) throws(LedgerError) -> EventTime? {
    let streamTime = try ledger.streamTime() ?? .distantPast
    let frontier = try frontier(streamTime)
    guard row.from < frontier else { return nil }
    var work = DoorWork()
    let rest = try refoldRules(
      of: ledger.shown(row.slice), from: row.from + TimeSpan(ticks: 1), through: frontier,
      newUpTo: row.to, isGoingOn: true, deadline: deadline, into: &work)
    let changes = try refoldDoors(work, through: frontier)
    try judge(changes.coalesced, upTo: streamTime, deadline: deadline)
    return rest
  }

  /// Follows the rules that calls after one instant up to another tell of.
  func sweepRules(
    after from: EventTime, through to: EventTime
  ) throws(LedgerError) -> DoorWork {
    var work = DoorWork()
    for (nsg, at) in try ledger.ruleSets(after: from, through: to) {
      if try waits(nsg, from: at, newUpTo: to) { continue }
      _ = try refoldRules(of: nsg, from: at, through: to, newUpTo: to, into: &work)
    }
    return work
  }

  /// Follows the rules of a group from an instant on, at least as far as there are new calls, until
  /// nothing differs from what is stored.
  ///
  /// With a deadline it may stop before that, and says where.
  private func refoldRules(
    of nsg: ResourceID, from start: EventTime, through end: EventTime, newUpTo: EventTime,
    isGoingOn: Bool = false, deadline: JudgingDeadline? = nil, into work: inout DoorWork
  ) throws(LedgerError) -> EventTime? {
    let (isKnown, living) = try ledger.ruleSet(nsg, before: start)
    let before = start - TimeSpan(ticks: 1)
    var fold = RuleSetFold(
      nsg: nsg, isKnown: isKnown, live: living.compactMap { $0.episode.known(at: before) })
    var old = RuleRows(living)
    // What is stored may go by a group that was not known as a whole yet.
    var isKnownToBoth = isKnown && !isGoingOn
    var from = start
    while from <= end {
      let calls = try ledger.ruleCalls(
        of: nsg, in: from...end, limit: min(Judge.callsAtOnce, max(1, budget.rows)),
        defender: books.defender)
      guard let last = calls.last?.at else { break }
      deadline?.spend(calls.count)
      old.add(try ledger.rules(of: nsg, firstSeenIn: from...last))
      var index = 0
      while index < calls.count {
        let at = calls[index].at
        while index < calls.count, calls[index].at == at {
          fold.apply(calls[index])
          if at > newUpTo, calls[index].makesKnown { isKnownToBoth = true }
          index += 1
        }
        if at >= newUpTo, isKnownToBoth, old.agrees(with: fold, at: at) {
          try write(fold, over: old, upTo: at, isWhole: false, into: &work)
          return nil
        }
      }
      from = last + TimeSpan(ticks: 1)
      if let deadline, deadline.isOver, from <= end {
        try write(fold, over: old, upTo: last, isWhole: false, into: &work)
        return last
      }
    }
    old.add(try ledger.rules(of: nsg, firstSeenIn: min(from, end)...end))
    try write(fold, over: old, upTo: end, isWhole: true, into: &work)
    return nil
  }

  /// Writes the episodes that are otherwise than stored; those that go on as they did stay.
  private func write(
    _ fold: RuleSetFold, over old: RuleRows, upTo end: EventTime, isWhole: Bool,
    into work: inout DoorWork
  ) throws(LedgerError) {
    var kept: Set<Int64> = []
    for episode in fold.ended + Array(fold.live.values) {
      let known = old.row(of: episode)
      if let known { kept.insert(known.seq) }
      let goesOn = !isWhole && episode.end == nil && known?.episode.known(at: end) == episode
      if goesOn || known?.episode == episode { continue }
      var stored = known ?? StoredEpisode(seq: 0, episode: episode, isOlder: false)
      stored.episode = episode
      // Of a rule that names no VM no request can tell; of others their doors say it.
      stored.isOlder =
        episode.isAtFirstSight && (episode.subject == nil || known?.isOlder == true)
      try dirty(known?.episode, episode, &work)
      try ledger.put(stored)
    }
    for gone in old.rows where !kept.contains(gone.seq) && gone.episode.firstSeenAt <= end {
      try dirty(gone.episode, nil, &work)
      try ledger.delete(gone)
    }
  }

  /// Which doors a rule's change concerns: those of its VM from its beginning on; where only its
  /// end is another, from the first request on that it opens.
  private func dirty(
    _ old: RuleEpisode?, _ new: RuleEpisode?, _ work: inout DoorWork
  ) throws(LedgerError) {
    for episode in [old, new].compactMap({ $0 }) where episode.isGrant {
      guard let name = episode.doorName else { continue }
      if let old, let new, old.isGrant == new.isGrant, old.begins(as: new) {
        if let first = try ledger.firstHolder(of: episode) {
          work.add(name, from: first - DoorMatcher.slack)
        }
      } else {
        work.add(name, from: episode.firstSeenAt)
        if let first = try ledger.firstHolder(of: episode) {
          work.add(name, from: first - DoorMatcher.slack)
        }
      }
    }
  }
}

extension RuleEpisode {
  /// The VM name that a grant's text names, in the subscription of its group.
  var doorName: KnownVMs.Name? {
    subject.map { KnownVMs.Name(subscription: nsg.subscription ?? "", name: $0.vm) }
  }

  fileprivate func begins(as other: RuleEpisode) -> Bool {
    begin == other.begin && versions[0] == other.versions[0] && subject == other.subject
      && isAtFirstSight == other.isAtFirstSight
  }
}

/// The stored episodes of a group that a fold may replace.
struct RuleRows {
  private struct Key: Hashable {
    let rule: RuleSetFold.Key
    let firstSeenAt: EventTime
    let begin: EventTime?
  }

  private var byKey: [Key: StoredEpisode] = [:]

  init(_ rows: [StoredEpisode]) { add(rows) }

  var rows: [StoredEpisode] { Array(byKey.values) }

  mutating func add(_ rows: [StoredEpisode]) {
    for row in rows { byKey[RuleRows.key(row.episode)] = row }
  }

  func row(of episode: RuleEpisode) -> StoredEpisode? { byKey[RuleRows.key(episode)] }

  /// Whether what is stored stands at an instant as the fold says.
  func agrees(with fold: RuleSetFold, at instant: EventTime) -> Bool {
    let standing = byKey.values.filter {
      $0.episode.firstSeenAt <= instant && ($0.episode.end.map { $0 > instant } ?? true)
    }
    guard standing.count == fold.live.count else { return false }
    return standing.allSatisfy { row in
      guard let live = fold.live[RuleSetFold.Key(row.episode.versions[0].rule)] else {
        return false
      }
      return row.episode.known(at: instant) == live
    }
  }

  private static func key(_ episode: RuleEpisode) -> Key {
    Key(
      rule: RuleSetFold.Key(episode.versions[0].rule), firstSeenAt: episode.firstSeenAt,
      begin: episode.begin)
  }
}
