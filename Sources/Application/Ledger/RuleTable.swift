public import Access
internal import SQLite
internal import Timelines

/// A rule with its place in the ledger.
public struct StoredEpisode: Sendable {
  /// The row; 0 while it is not stored.
  public var seq: Int64
  /// The rule as its group tells it.
  public var episode: RuleEpisode
  /// True where no request tells of a rule at the first sight of its group.
  public var isOlder: Bool

  /// A rule at its place.
  public init(seq: Int64, episode: RuleEpisode, isOlder: Bool) {
    self.seq = seq
    self.episode = episode
    self.isOlder = isOlder
  }
}

/// The rules of groups and how long they stood.
final class RuleTable {
  private let insert: Statement
  private let update: Statement
  private let delete: Statement
  private let older: Statement
  private let living: Statement
  private let begun: Statement
  private let grantsBegun: Statement
  private let grantsLiving: Statement
  private let grantsOfPolicy: Statement
  private let holders: Statement
  private let texts: InternedTexts

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare(
      """
      INSERT INTO rule_episode (nsg, first_seen, begin_at, end_at, name, subject, subject_policy,
        is_grant, older, body, address, manages, reach)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq
      """)
    update = try connection.prepare(
      """
      UPDATE rule_episode SET nsg = ?, first_seen = ?, begin_at = ?, end_at = ?, name = ?,
        subject = ?, subject_policy = ?, is_grant = ?, older = ?, body = ?, address = ?,
        manages = ?, reach = ? WHERE seq = ?
      """)
    delete = try connection.prepare("DELETE FROM rule_episode WHERE seq = ?")
    older = try connection.prepare("UPDATE rule_episode SET older = ? WHERE seq = ?")
    let select = "SELECT seq, body, older FROM rule_episode WHERE"
    living = try connection.prepare("\(select) nsg = ? AND end_at >= ? AND first_seen < ?")
    begun = try connection.prepare("\(select) nsg = ? AND first_seen >= ? AND first_seen <= ?")
    grantsBegun = try connection.prepare(
      """
      \(select) is_grant = 1 AND subject = ? AND first_seen >= ? AND first_seen <= ?
      ORDER BY first_seen LIMIT ?
      """)
    grantsLiving = try connection.prepare(
      "\(select) is_grant = 1 AND subject = ? AND first_seen < ? AND end_at >= ?")
    grantsOfPolicy = try connection.prepare(
      """
      \(select) is_grant = 1 AND subject_policy = ? AND first_seen >= ? AND first_seen <= ?
      """)
    holders = try connection.prepare(
      "SELECT request FROM opening WHERE nsg = ? AND began = ?")
  }

  /// Stores an episode, in place of the row that it has.
  func put(_ stored: StoredEpisode) throws(SQLiteError) -> Int64 {
    if stored.seq == 0 {
      try bind(stored, to: insert)
      return try insert.firstRow { $0.int64(0) } ?? 0
    }
    try bind(stored, to: update)
    update.bind(stored.seq, at: 14)
    try update.run()
    return stored.seq
  }

  func delete(_ seq: Int64) throws(SQLiteError) {
    delete.bind(seq, at: 1)
    try delete.run()
  }

  func setOlder(_ isOlder: Bool, _ seq: Int64) throws(SQLiteError) {
    older.bind(isOlder ? 1 : 0, at: 1)
    older.bind(seq, at: 2)
    try older.run()
  }

  /// The rules of a group that were first seen before an instant and stood at it or ended there.
  func living(in nsg: ResourceID, at instant: EventTime) throws(SQLiteError) -> [StoredEpisode] {
    living.bind(try texts.number(of: nsg), at: 1)
    living.bind(instant.ticks, at: 2)
    living.bind(instant.ticks, at: 3)
    return try collect(living)
  }

  /// The rules of a group that were first seen in a span.
  func begun(
    in nsg: ResourceID, _ span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [StoredEpisode] {
    begun.bind(try texts.number(of: nsg), at: 1)
    begun.bind(span.lowerBound.ticks, at: 2)
    begun.bind(span.upperBound.ticks, at: 3)
    return try collect(begun)
  }

  /// Grants for VMs of a name that began in a span, by time.
  func grants(
    for name: KnownVMs.Name, begunIn span: ClosedRange<EventTime>, limit: Int = .max
  ) throws(SQLiteError) -> [StoredEpisode] {
    guard let subject = try texts.knownNumber(of: NamedTable.text(name)) else { return [] }
    grantsBegun.bind(subject, at: 1)
    grantsBegun.bind(span.lowerBound.ticks, at: 2)
    grantsBegun.bind(span.upperBound.ticks, at: 3)
    grantsBegun.bind(limit, at: 4)
    return try collect(grantsBegun)
  }

  /// Grants for VMs of a name that began before an instant and stood at it.
  func grants(
    for name: KnownVMs.Name, livingAt instant: EventTime
  ) throws(SQLiteError) -> [StoredEpisode] {
    guard let subject = try texts.knownNumber(of: NamedTable.text(name)) else { return [] }
    grantsLiving.bind(subject, at: 1)
    grantsLiving.bind(instant.ticks, at: 2)
    grantsLiving.bind(instant.ticks, at: 3)
    return try collect(grantsLiving)
  }

  /// Grants whose text names a policy that began in a span.
  func grants(
    by policy: KnownVMs.Name, begunIn span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [StoredEpisode] {
    guard let number = try texts.knownNumber(of: NamedTable.policyText(policy)) else { return [] }
    grantsOfPolicy.bind(number, at: 1)
    grantsOfPolicy.bind(span.lowerBound.ticks, at: 2)
    grantsOfPolicy.bind(span.upperBound.ticks, at: 3)
    return try collect(grantsOfPolicy)
  }

  /// The requests that a rule of a group with this beginning opens.
  func holders(of nsg: ResourceID, began: EventTime) throws(SQLiteError) -> [Int64] {
    holders.bind(try texts.number(of: nsg), at: 1)
    holders.bind(began.ticks, at: 2)
    var found: [Int64] = []
    try holders.forEachRow { row throws(SQLiteError) in found.append(row.int64(0)) }
    return found
  }

  private func bind(
    _ stored: StoredEpisode, to statement: borrowing Statement
  ) throws(SQLiteError) {
    let episode = stored.episode
    let subject = episode.subject
    let subscription = episode.nsg.subscription ?? ""
    statement.bind(try texts.number(of: episode.nsg), at: 1)
    statement.bind(episode.firstSeenAt.ticks, at: 2)
    statement.bind(episode.begin?.ticks, at: 3)
    statement.bind((episode.end ?? .distantFuture).ticks, at: 4)
    statement.bind(episode.name.lowercased(), at: 5)
    if let subject {
      let vm = KnownVMs.Name(subscription: subscription, name: subject.vm)
      let policy = KnownVMs.Name(subscription: subscription, name: subject.policy)
      statement.bind(try texts.number(of: NamedTable.text(vm)), at: 6)
      statement.bind(try texts.number(of: NamedTable.policyText(policy)), at: 7)
    } else {
      statement.bindNull(at: 6)
      statement.bindNull(at: 7)
    }
    statement.bind(episode.isGrant ? 1 : 0, at: 8)
    statement.bind(stored.isOlder ? 1 : 0, at: 9)
    statement.bind(episode.canonical, at: 10)
    statement.bind(episode.toldAddress, at: 11)
    statement.bind(episode.opensManagementPort ? 1 : 0, at: 12)
    statement.bind(episode.managementReach, at: 13)
  }

  private func collect(_ statement: borrowing Statement) throws(SQLiteError) -> [StoredEpisode] {
    var found: [StoredEpisode] = []
    try statement.forEachRow { row throws(SQLiteError) in
      guard let episode = RuleEpisode(canonical: row.blob(1)) else { return }
      found.append(
        StoredEpisode(seq: row.int64(0), episode: episode, isOlder: row.int(2) != 0))
    }
    return found
  }
}

extension RuleEpisode {
  /// The address that a JIT rule tells of the VM that it names, empty where it is no single one.
  fileprivate var toldAddress: String? {
    guard let subject, isJITRule(of: subject, in: nsg) else { return nil }
    return toldNetwork?.bounds.first ?? ""
  }

  private func isJITRule(of subject: JITRule.Subject, in nsg: ResourceID) -> Bool {
    isJITRule(of: KnownVMs.Name(subscription: nsg.subscription ?? "", name: subject.vm))
  }

  /// The addresses to whose management ports the newest version lets in, as JSON; nil = all.
  fileprivate var managementReach: String? {
    guard opensManagementPort else { return nil }
    guard let rule = versions.last?.rule, StandingRules.containManagementPort(rule.ports) else {
      return "[]"
    }
    if StandingRules.reach(nil, rule.destinations) { return nil }
    let ranges = rule.destinations.compactMap { Network($0)?.bounds }
    return "[" + ranges.map { "[\"\($0.first)\",\"\($0.last)\"]" }.joined(separator: ",") + "]"
  }
}
