internal import Access
internal import Ledger
internal import Timelines

/// What another version of a policy changes.
extension Judge {
  /// How many requests are read at a time.
  private static let requestsAtOnce = 200

  /// Makes the requests due that another version of a policy concerns: those from then on until
  /// the next version.
  func makeDue(policy call: StoredCall) throws(LedgerError) {
    let next = try ledger.nextPolicyVersion(of: call.subject, after: call.at)
    // A file's version also holds before the first one that a record tells of.
    let from = try ledger.isObserved(call) ? .distantPast : call.at - TimeSpan(ticks: 1)
    let end = next ?? .distantFuture
    guard try !ledger.requests(after: from, through: end, limit: 1).isEmpty
    else { return }
    try ledger.addDue(
      DueRow(stage: .policy, slice: call.subject.canonical, from: from, to: end))
  }

  /// A due row of the policy stage; says where it stopped.
  func refill(_ row: DueRow, deadline: JudgingDeadline) throws(LedgerError) -> EventTime? {
    let streamTime = try ledger.streamTime() ?? .distantPast
    let page = try ledger.requests(
      after: row.from, through: row.to, limit: Judge.requestsAtOnce)
    var changes: [RequestChange] = []
    var work = DoorWork()
    for stored in page where stored.request.policy.canonical == row.slice {
      var request = stored.request
      PolicyFold.fill(&request, from: try ledger.policyVersion(for: request))
      if !request.hasBody { try work.add(request, ledger) }
      if request.isSame(as: stored.request) { continue }
      _ = try ledger.replace(stored, by: request, call: stored.call)
      changes.append(RequestChange(old: stored.request, new: request))
    }
    changes += try refoldDoors(work, through: frontier(streamTime))
    try judge(changes.coalesced, upTo: streamTime, deadline: deadline)
    guard page.count == Judge.requestsAtOnce, let last = page.last?.request.requestedAt,
      last > row.from
    else { return nil }
    // More at one instant than a page holds are read again from just before it.
    return page.first?.request.requestedAt == last ? last : last - TimeSpan(ticks: 1)
  }
}
