internal import Access

/// Something about the story's calls that a detector has to find.
struct Anomaly: Hashable {
  var rule: String
  /// The VMs by their index.
  var machines: Set<Int>
  var actor: Actor?
  var occurredAt: EventTime

  fileprivate var order: (EventTime, String, String, String) {
    (occurredAt, rule, actor?.name ?? "", machines.sorted().map(String.init).joined(separator: " "))
  }
}

/// Looks through all calls of a story, planted or not, for what the detectors must find with the
/// settings that belong to the story.
struct AnomalySearch {
  private let chronicle: Chronicle
  private var found: [Anomaly] = []

  /// The detectors whose findings the truth tells.
  static let rules = [
    "off-hours", "repeated-requests", "wide-source", "critical-vm", "long-duration",
    "refused-requests",
  ]
  private static let hour = TimeSpan.hours(1)
  private static let count = 3

  /// All anomalies by time, rule and VMs.
  static func anomalies(of chronicle: Chronicle) -> [Anomaly] {
    var search = AnomalySearch(chronicle: chronicle)
    for fact in chronicle.facts { search.judge(fact) }
    search.judgeBursts()
    return search.found.sorted { $0.order < $1.order }
  }

  private init(chronicle: Chronicle) { self.chronicle = chronicle }

  private mutating func add(_ rule: String, _ fact: Fact, _ grants: [Fact.Grant]) {
    found.append(
      Anomaly(
        rule: rule, machines: Set(grants.map(\.machine)), actor: fact.actor,
        occurredAt: fact.requestedAt))
  }

  private mutating func judge(_ fact: Fact) {
    let estate = chronicle.estate
    let person = estate.people[fact.call.person]
    if estate.isOffHours(person, for: fact.machines, at: fact.requestedAt) {
      add("off-hours", fact, fact.grants)
    }
    let wide = fact.grants.filter { $0.sources.contains(where: AnomalySearch.isWide) }
    if !wide.isEmpty { add("wide-source", fact, wide) }
    let critical = fact.grants.filter { estate.machines[$0.machine].isCritical }
    if !critical.isEmpty, !fact.isRefused { add("critical-vm", fact, critical) }
    let long = fact.grants.filter { $0.asked.map { $0 > .hours(8) } ?? false }
    if !long.isEmpty { add("long-duration", fact, long) }
  }

  /// Everything, or a prefix shorter than 24 bits, 64 for IPv6.
  static func isWide(_ source: String) -> Bool {
    if ["*", "any", "internet"].contains(source.lowercased()) { return true }
    let parts = source.split(separator: "/")
    guard parts.count == 2, let length = Int(parts[1]) else { return false }
    return length < (parts[0].contains(":") ? 64 : 24)
  }

  private mutating func judgeBursts() {
    var refused: [String: [Fact]] = [:]
    var repeated: [String: [Fact]] = [:]
    for fact in chronicle.facts {
      if fact.isRefused { refused[fact.identity, default: []].append(fact) }
      for machine in Set(fact.machines) {
        repeated["\(fact.identity) \(machine)", default: []].append(fact)
      }
    }
    for facts in refused.values { judgeBurst("refused-requests", facts) }
    for facts in repeated.values { judgeBurst("repeated-requests", facts) }
  }

  /// Goes through one subject's requests by time: at each that is at least the third within an
  /// hour, all that are counted there belong to the burst of its UTC day.
  private mutating func judgeBurst(_ rule: String, _ facts: [Fact]) {
    var days: [Int: Anomaly] = [:]
    var oldest = 0
    for (index, fact) in facts.enumerated() {
      while facts[oldest].requestedAt < fact.requestedAt - AnomalySearch.hour { oldest += 1 }
      let counted = facts[max(oldest, index - 999)...index]
      guard counted.count >= AnomalySearch.count else { continue }
      let day = fact.requestedAt.day
      let first = Anomaly(
        rule: rule, machines: [], actor: fact.actor, occurredAt: fact.requestedAt)
      days[day, default: first].machines.formUnion(counted.flatMap(\.machines))
    }
    found += days.values
  }
}
