public import Access
internal import SQLite
public import Timelines

/// Rules of groups, as they hold at an instant.
extension LedgerReader {
  /// So many rules that name a VM are looked at in one group, where a few do.
  private static let few = 8
  /// So many are looked at where several VMs have the name.
  private static let many = 5_000

  /// What the JIT rules of a VM tell of it at an instant.
  public func rules(
    of vm: ResourceID, at instant: EventTime
  ) throws(LedgerError) -> VMRules {
    try guarded { () throws(SQLiteError) in
      guard let name = try textNumber(of: NamedTable.text(KnownVMs.Name(vm))) else {
        return VMRules(of: vm, namesakes: [], named: [], opened: [:])
      }
      let namesakes = try namesakes(of: name, at: instant)
      let limit = namesakes.contains { $0 != vm } ? LedgerReader.many : LedgerReader.few
      var named: [RuleEpisode] = []
      for nsg in try groups(named: name) {
        named += try naming(name, in: nsg, at: instant, limit: limit)
      }
      let opened = try opened(
        name, by: Set(namesakes + [vm]), at: instant, limit: limit == LedgerReader.few ? 1 : limit)
      return VMRules(of: vm, namesakes: namesakes, named: named, opened: opened)
    }
  }

  /// The number of an interned text, or nil.
  func textNumber(of text: String) throws(SQLiteError) -> Int64? {
    var number: Int64?
    try rows("SELECT id FROM person WHERE identity = ?", [.text(text)]) { number = $0.int64(0) }
    return number
  }

  private func namesakes(
    of name: Int64, at instant: EventTime
  ) throws(SQLiteError) -> [ResourceID] {
    var found: [ResourceID] = []
    try rows(
      """
      SELECT v.canonical, v.shown FROM named n JOIN resource v ON v.id = n.resource
      WHERE n.name = ? AND n.since <= ?
      """, [.number(name), .number(instant.ticks)]
    ) { found.append(ResourceID(canonical: $0.text(0), display: $0.text(1))) }
    return found
  }

  /// The groups in which a rule ever named a VM, each found by one step through the index.
  func groups(named name: Int64) throws(SQLiteError) -> [Int64] {
    var groups: [Int64] = []
    while true {
      var next: Int64?
      try rows(
        "SELECT nsg FROM rule_episode WHERE subject = ? AND nsg > ? ORDER BY nsg LIMIT 1",
        [.number(name), .number(groups.last ?? .min)]
      ) { next = $0.int64(0) }
      guard let next else { return groups }
      groups.append(next)
    }
  }

  /// Rules of a group that name a VM: the first and the newest by an instant, those that were there
  /// before, and the first ones after it.
  private func naming(
    _ name: Int64, in nsg: Int64, at instant: EventTime, limit: Int
  ) throws(SQLiteError) -> [RuleEpisode] {
    let ofGroup = "SELECT body, older, seq FROM rule_episode WHERE subject = ? AND nsg = ? AND "
    let parameters: [Parameter] = [
      .number(name), .number(nsg), .number(instant.ticks), .number(Int64(limit)),
    ]
    var found: [Int64: RuleEpisode] = [:]
    for condition in [
      "first_seen <= ? ORDER BY first_seen LIMIT ?",
      "first_seen <= ? ORDER BY first_seen DESC LIMIT ?",
      "first_seen > ? ORDER BY first_seen LIMIT ?",
    ] {
      try rows(ofGroup + condition, parameters) { row throws(SQLiteError) in
        found[row.int64(2)] = LedgerReader.episode(row)
      }
    }
    try rows(
      """
      SELECT body, older, seq FROM rule_episode INDEXED BY rule_episode_older
      WHERE nsg = ? AND (begin_at IS NULL OR older = 1) AND subject = ?
      """, [.number(nsg), .number(name)]
    ) { row throws(SQLiteError) in found[row.int64(2)] = LedgerReader.episode(row) }
    return Array(found.values)
  }

  /// The newest rules by an instant that opened windows of VMs, by VM.
  private func opened(
    _ name: Int64, by vms: Set<ResourceID>, at instant: EventTime, limit: Int
  ) throws(SQLiteError) -> [ResourceID: [RuleEpisode]] {
    var episodes: [RuleEpisode] = []
    try rowsWhile(
      """
      SELECT body, older FROM rule_episode e JOIN resource v ON v.id = e.nsg
      WHERE e.is_grant = 1 AND e.subject = ? AND e.first_seen <= ?
        AND EXISTS (SELECT 1 FROM opening o WHERE o.nsg = e.nsg AND o.began = e.begin_at)
      ORDER BY e.first_seen DESC, v.canonical DESC, e.name DESC
      """, [.number(name), .number(instant.ticks)]
    ) { row throws(SQLiteError) in
      if let episode = LedgerReader.episode(row), episode.toldNetwork != nil {
        episodes.append(episode)
      }
      return episodes.count < max(limit, LedgerReader.few)
    }
    var found: [ResourceID: [RuleEpisode]] = [:]
    for episode in episodes {
      for grant in try grants(openedBy: episode, at: instant).map(\.grant)
      where vms.contains(grant.vm) {
        found[grant.vm, default: []].append(episode)
      }
      if limit == 1, !found.isEmpty { break }
    }
    return found
  }

  /// The grants that a rule opens, with their requests, as they were at an instant.
  func grants(
    openedBy episode: RuleEpisode, at instant: EventTime
  ) throws(SQLiteError) -> [(grant: AccessGrant, request: AccessRequest)] {
    guard let begin = episode.begin, let nsg = try number(of: episode.nsg) else { return [] }
    var requests: [AccessRequest] = []
    try rows(
      """
      SELECT r.body FROM opening o JOIN request r ON r.seq = o.request
      WHERE o.nsg = ? AND o.began = ?
      """, [.number(nsg), .number(begin.ticks)]
    ) { row throws(SQLiteError) in
      if let request = AccessRequest(canonical: row.blob(0)) { requests.append(request) }
    }
    let key = RuleKey(episode)
    var found: [(grant: AccessGrant, request: AccessRequest)] = []
    for stored in requests where stored.requestedAt <= instant {
      let request = try asItWas(stored, at: instant)
      for grant in request.grants where grant.openings.contains(where: { RuleKey($0) == key }) {
        found.append((grant, request))
      }
    }
    return found
  }

  /// A row of `body, older`, as the rule is to be read.
  static func episode(_ row: borrowing Statement) -> RuleEpisode? {
    guard let episode = RuleEpisode(canonical: row.blob(0)) else { return nil }
    return row.int(1) != 0 ? episode.withoutBeginning : episode
  }
}
