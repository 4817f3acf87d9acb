import Access

/// The requests of one UTC day at which a count stands, with all that were counted at them.
struct Burst {
  /// Only this many of the newest requests within the span count.
  static let newestCounted = 1000

  /// The burst's requests, those of the day before included, by time.
  let requests: [AccessRequest]
  /// The request that first reached the count.
  let reached: AccessRequest

  /// Finds the burst of a day in a subject's counted requests, or nil.
  init?(in requests: [AccessRequest], day: Int, count: Int, within: TimeSpan) {
    let ordered = Burst.ordered(requests)
    let (start, end) = (EventTime.start(ofDay: day), EventTime.start(ofDay: day + 1))
    var oldest = 0
    var taken = 0
    var members: [AccessRequest] = []
    var reached: AccessRequest?
    for (index, request) in ordered.enumerated() where request.requestedAt < end {
      guard request.requestedAt >= start else { continue }
      while ordered[oldest].requestedAt < request.requestedAt - within { oldest += 1 }
      let first = max(oldest, index - Burst.newestCounted + 1)
      guard index - first + 1 >= count else { continue }
      reached = reached ?? request
      // What was counted here follows on what was counted before: both ends only move on.
      members += ordered[max(first, taken)...index]
      taken = index + 1
    }
    guard let reached else { return nil }
    self.requests = members
    self.reached = reached
  }

  /// How many requests the burst has.
  var count: Int { requests.count }

  /// From the first to the last of its requests, as people read it.
  var spanText: String {
    guard let first = requests.first?.requestedAt, let last = requests.last?.requestedAt else {
      return ""
    }
    let from = InstantText.universal(first)
    if first == last { return "all at \(from)" }
    let until =
      first.day == last.day ? InstantText.universalTime(last) : InstantText.universal(last)
    return "from \(from) to \(until)"
  }

  /// How many requests, as people say it.
  var timesText: String { count == 1 ? "once" : "\(count) times" }

  /// The finding that says so, without its words.
  func finding(
    of description: RuleDescription, severity: Severity, vm: ResourceID?, day: Int
  ) -> Finding {
    let date = EventTime.start(ofDay: day).dateText
    var finding = Finding(
      rule: description.id,
      key: [reached.actor.keyText] + (vm.map { [$0.canonical] } ?? []) + [date],
      slice: BurstSlice.text(
        rule: description.id, actorIdentity: reached.actorIdentity, vm: vm, day: day),
      severity: severity, occurredAt: reached.requestedAt)
    finding.vms = VMList.sorted(requests.lazy.flatMap(\.grants).map(\.vm))
    finding.actor = reached.actor.isNobody ? nil : reached.actor
    finding.evidence = EvidenceSelection.of(
      requests.flatMap(\.evidence), reachedBy: reached.evidence)
    finding.attack = description.attack
    finding.count = count
    return finding
  }

  private static func ordered(_ requests: [AccessRequest]) -> [AccessRequest] {
    for (earlier, later) in zip(requests, requests.dropFirst())
    where AccessRequest.precedes(later, earlier) {
      return requests.sorted(by: AccessRequest.precedes)
    }
    return requests
  }
}
