internal import Access

/// One call as a reader of the whole log can know it, told from the story and not from the log.
struct Fact: Sendable {
  /// One VM × port of it.
  struct Grant: Sendable {
    var machine: Int
    /// Nil where a note alone tells of it.
    var port: Int?
    var sources: [String]
    var opensAt: EventTime
    var endsAt: EventTime?
    /// How long was asked for.
    var asked: TimeSpan?
    /// The door that was opened for it, by its number.
    var door: Int?
    /// True where nothing but rules and notes tells of it.
    var isInferred = false
  }

  let call: Call
  let requestedAt: EventTime
  let acceptedAt: EventTime?
  let refusedAt: EventTime?
  /// The correlation id and the policy's id in lower case, which are half of the id.
  let correlation: String
  let policy: String
  let actor: Actor
  /// What was really asked for.
  let targets: [Grant]
  /// What the log shows of that; without a body that is what rules and notes tell.
  var grants: [Grant]
  /// The number of the call in the story.
  var number = 0
  /// Who it is: the object id, also where the call only has a name.
  var identity = ""
  /// The contract's id.
  var id = ""

  init(_ call: Call, in estate: Estate) {
    self.call = call
    requestedAt = call.requestedAt
    acceptedAt = call.acceptedAt
    refusedAt = call.refusedAt
    correlation = call.correlation.text
    policy = estate.policies[call.policy].id.lowercased()
    actor = estate.people[call.person].actor(
      appID: call.appID, namesObjectID: call.namesObjectID)
    targets = Fact.grants(of: call, requestedAt: call.requestedAt)
    grants = call.showsRequest || call.showsAnswer ? targets : []
  }

  /// Whether some record has a body.
  var showsBody: Bool { call.showsRequest || call.showsAnswer }
  /// The VM on which the provider noted the request itself.
  var notedMachine: Int? {
    call.records.contains(where: \.isNote) ? call.targets.first?.machine : nil
  }

  var isRefused: Bool { refusedAt != nil }
  var machines: [Int] { grants.map(\.machine) }

  /// What the records of the call itself say came of it.
  func outcome(at instant: EventTime) -> String {
    if isRefused { return "refused" }
    if acceptedAt != nil { return "accepted" }
    return instant < requestedAt + .minutes(30) ? "pending" : "unknown"
  }

  /// By time; what happens in one tick goes by policy and correlation id.
  static func precedes(_ left: Fact, _ right: Fact) -> Bool {
    (left.requestedAt, left.policy, left.correlation, left.id)
      < (right.requestedAt, right.policy, right.correlation, right.id)
  }

  private static func grants(of call: Call, requestedAt: EventTime) -> [Grant] {
    var grants: [Grant] = []
    for target in call.targets {
      let grant = grant(target, of: call, requestedAt: requestedAt)
      let known = grants.firstIndex { $0.machine == grant.machine && $0.port == grant.port }
      guard let known else {
        grants.append(grant)
        continue
      }
      grants[known].sources = unique(grants[known].sources + grant.sources)
      grants[known].endsAt = later(grants[known].endsAt, grant.endsAt)
      grants[known].asked = later(grants[known].asked, grant.asked)
    }
    return grants
  }

  private static func grant(
    _ target: Call.Target, of call: Call, requestedAt: EventTime
  ) -> Grant {
    let opensAt = call.startsAt ?? requestedAt
    var (end, asked): (EventTime?, TimeSpan?)
    switch target.limit {
    case .until(let stated): (end, asked) = (stated, stated - requestedAt)
    case .lasting(let span): (end, asked) = (opensAt + span, span)
    case .nothing: (end, asked) = (nil, nil)
    }
    if let answered = target.answeredEnd { end = answered }
    if !call.showsRequest { asked = end.map { $0 - requestedAt } }
    let caller = call.caller.map { [$0] } ?? []
    return Grant(
      machine: target.machine, port: target.port,
      sources: unique(target.sources.isEmpty ? caller : target.sources), opensAt: opensAt,
      endsAt: end.flatMap { $0 > opensAt ? $0 : nil }, asked: asked)
  }

  private static func later<Value: Comparable>(_ one: Value?, _ other: Value?) -> Value? {
    [one, other].compactMap { $0 }.max()
  }

  private static func unique(_ texts: [String]) -> [String] {
    Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
