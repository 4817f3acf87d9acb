internal import Access

/// One call about doors that is no initiate: rules, policies, ways around, the feed itself.
struct Deed: Sendable {
  /// What is done.
  enum Kind: Hashable, Sendable {
    /// All rules of a group are written.
    case writeGroup(Int)
    /// One rule of a group is written.
    case writeRule(group: Int, rule: Int)
    /// One rule of a group is deleted.
    case deleteRule(group: Int, rule: Int)
    /// A policy is written, as its version says.
    case writePolicy(Int, version: Int)
    case deletePolicy(Int)
    case runCommand(Int)
    case serialConsole(Int)
    /// The extension that resets passwords.
    case resetAccess(Int)
    /// The export of a subscription's log is taken away.
    case deleteFeed(subscription: Int)
    case rewriteFeed(subscription: Int)
  }

  var kind: Kind
  /// Who does it; nil for Defender for Cloud.
  var author: Int?
  var correlation: GUID
  /// The earliest record.
  var at: EventTime
  var records: [Call.Record]
  var style: UInt64
  /// What a write of a whole group holds, by the number of each rule.
  var snapshot: [Int32] = []

  /// True where the call fails and so changes nothing.
  var isFailed: Bool { records.contains { $0.phase == .failure } }

  /// The group whose rules it is about.
  var group: Int? {
    switch kind {
    case .writeGroup(let group), .writeRule(let group, _), .deleteRule(let group, _): group
    default: nil
    }
  }

  /// The VM that is reached around its door.
  var reached: Int? {
    switch kind {
    case .runCommand(let machine), .serialConsole(let machine), .resetAccess(let machine): machine
    default: nil
    }
  }
}

/// What a deed changes about the rules of its group.
struct RuleChange: Sendable {
  var group: Int
  var deed: Int
  var adds: [Int] = []
  var removes: [Int] = []
  /// A rule that goes on with other content: the old one and the new one.
  var replaces: (old: Int, new: Int)?
}

/// Somebody at a VM through Bastion, or a login there that fails.
struct Session: Sendable {
  var machine: Int
  /// The person, where the records name one.
  var person: Int?
  var login: String
  var address: String
  var port: Int
  /// What tells the records of one session from others; refused logins have none.
  var tunnel: GUID?
  var since: EventTime
  /// When it ends, where a record tells.
  var until: EventTime?
  var isRefused = false

  /// How many records tell of it.
  var recordCount: Int { until == nil ? 1 : 2 }
  var protocolName: String { port == 22 ? "ssh" : "rdp" }
}

/// One version of a policy that the log shows.
struct PolicyVersion: Sendable {
  var at: EventTime
  var author: Int
  /// What it says by VM; nil from when on the policy is deleted.
  var terms: [Int: [PortTerms]]?
}

/// All policies through the time of the story.
struct PolicyHistory: Sendable {
  /// Versions that the log shows, by policy and time.
  var versions: [[PolicyVersion]]

  init(policies: Int) { versions = Array(repeating: [], count: policies) }

  /// The version in force at an instant.
  func version(of policy: Int, at instant: EventTime) -> PolicyVersion? {
    versions[policy].last { $0.at <= instant }
  }

  /// What the log shows of a VM × port at an instant.
  func shownTerms(of machine: Int, _ port: Int, by policy: Int, at instant: EventTime) -> PortTerms?
  {
    version(of: policy, at: instant)?.terms?[machine]?.first { $0.number == port }
  }

  /// What the policy really says then, also where the log does not show it.
  func terms(
    of machine: Int, _ port: Int, by policy: Int, at instant: EventTime, in estate: Estate
  ) -> PortTerms? {
    if version(of: policy, at: instant) != nil {
      return shownTerms(of: machine, port, by: policy, at: instant)
    }
    // Before its first record a policy says what that record shows.
    let first = versions[policy].first.map { $0.terms?[machine] ?? [] }
    return (first ?? estate.terms(of: machine)).first { $0.number == port }
  }
}
