internal import Access
internal import Ledger
internal import Timelines

/// What opened windows: rules matched to requests, and what newer requests take over.
extension Judge {
  /// How many requests of a name are matched within a step; the rest is due.
  private static let doorsAtOnce = 400

  /// Matches the doors again that changed requests can have changed.
  func refoldDoors(
    around changes: [RequestChange], through frontier: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    var work = DoorWork()
    for change in changes {
      for version in change.versions { try work.add(version, ledger) }
    }
    return try refoldDoors(work, through: frontier)
  }

  /// Matches the doors of some names again up to the frontier; says which requests changed.
  func refoldDoors(
    _ work: DoorWork, through frontier: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    var work = work
    // A VM that came to share its name with others makes all that was matched by name uncertain.
    for name in try ledger.takeNewSharedNames() { work.add(name, from: .distantPast) }
    var changes: [RequestChange] = []
    while let (name, from) = work.takeNext() {
      guard from <= frontier else { continue }
      let (made, rest) = try refoldDoors(name, from: from, through: frontier)
      changes += made
      addFlipped(made, to: &work)
      if let rest {
        try ledger.addDue(
          DueRow(stage: .doors, slice: name.slice, from: rest, to: frontier))
      }
    }
    return changes
  }

  /// A refused request that a rule opened after all supersedes others from its own instant on,
  /// which may lie before what was looked at.
  private func addFlipped(_ changes: [RequestChange], to work: inout DoorWork) {
    for change in changes {
      guard let old = change.old, let new = change.new, old.isRefused != new.isRefused else {
        continue
      }
      let start = new.requestedAt - DoorMatcher.slack
      for name in Set(new.grants.map { KnownVMs.Name($0.vm) }) { work.add(name, from: start) }
    }
  }

  /// A due row of the doors stage; says where it stopped.
  func refoldDoors(
    of row: DueRow, deadline: JudgingDeadline
  ) throws(LedgerError) -> EventTime? {
    guard let name = KnownVMs.Name(slice: row.slice) else { return nil }
    let streamTime = try ledger.streamTime() ?? .distantPast
    let end = min(row.to, try frontier(streamTime))
    let (first, rest) = try refoldDoors(name, from: row.from, through: end)
    var work = DoorWork()
    addFlipped(first, to: &work)
    let changes = try first + refoldDoors(work, through: end)
    try judge(changes.coalesced, upTo: streamTime, deadline: deadline)
    return rest
  }

  private func refoldDoors(
    _ name: KnownVMs.Name, from: EventTime, through frontier: EventTime
  ) throws(LedgerError) -> (changes: [RequestChange], rest: EventTime?) {
    // Which address a VM has shown is told by all rules before: a shared name is matched whole.
    let isShared = try ledger.isShared(name)
    let start = isShared ? .distantPast : from
    let (slice, stored, grants) = try ledger.doorSlice(
      name, from: start, through: frontier, limit: isShared ? .max : Judge.doorsAtOnce,
      grace: books.grace)
    let (requests, older) = slice.refolded()
    var changes: [RequestChange] = []
    var reaches = false
    for (row, request) in zip(stored, requests) where !request.isSame(as: row.request) {
      _ = try ledger.replace(row, by: request, call: row.call)
      changes.append(RequestChange(old: row.request, new: request))
      reaches = reaches || request.reaches(over: slice.through)
    }
    for grant in grants where grant.episode.isAtFirstSight && grant.episode.firstSeenAt >= start {
      let isOlder = older.contains { $0.isSameRule(as: grant.episode) }
      if isOlder != grant.isOlder { try ledger.setOlder(isOlder, grant) }
    }
    guard slice.through < frontier else { return (changes, nil) }
    // What does not reach over the cut has no part in what comes behind it.
    return (changes, reaches ? slice.through - DoorMatcher.slack : nil)
  }
}

extension KnownVMs.Name {
  /// The name as the slice of a due row.
  var slice: String { "\(subscription)|\(name)" }

  init?(slice: String) {
    guard let bar = slice.firstIndex(of: "|") else { return nil }
    self.init(
      subscription: String(slice[..<bar]), name: String(slice[slice.index(after: bar)...]))
  }
}

extension RuleEpisode {
  fileprivate func isSameRule(as other: RuleEpisode) -> Bool {
    nsg == other.nsg && firstSeenAt == other.firstSeenAt
      && name.lowercased() == other.name.lowercased()
  }
}

extension AccessRequest {
  /// Whether a window of it can still change by what comes after an instant.
  fileprivate func reaches(over instant: EventTime) -> Bool {
    requestedAt + DoorMatcher.inferenceReach >= instant
      || WindowFold.windows(of: [self]).contains {
        $0.presumedEnd >= instant
          || $0.supersedableUntil($0.doors(at: .distantFuture)) >= instant
      }
  }
}
