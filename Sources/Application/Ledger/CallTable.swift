public import Access
internal import SQLite

/// A call of rules or of a policy, as it was stitched, with the row that tells of it.
public struct StoredCall: Hashable, Sendable {
  /// The group or the policy.
  public var subject: ResourceID
  /// When it takes effect.
  public var at: EventTime
  /// The hash of its key.
  public var key: Int64
  /// The numbers of its records in the ledger, in the order of ties; never empty.
  public var evidence: [Int64]

  /// A call at its place.
  public init(subject: ResourceID, at: EventTime, key: Int64, evidence: [Int64]) {
    self.subject = subject
    self.at = at
    self.key = key
    self.evidence = evidence
  }
}

/// Calls by what they tell of: those of rules by group, those of policies by policy.
final class CallTable {
  private let insert: Statement
  private let delete: Statement
  private let ofKey: Statement
  private let from: Statement
  private let inSpan: Statement
  private let known: Statement
  private let sizes: Statement
  private let texts: InternedTexts
  private let isRules: Bool

  init(
    _ connection: borrowing Connection, texts: InternedTexts, rules: Bool
  ) throws(SQLiteError) {
    self.texts = texts
    isRules = rules
    let (table, subject) = rules ? ("rule_call", "nsg") : ("policy_version", "policy")
    let flags = rules ? "knows, failed" : "observed, failed, vms"
    insert = try connection.prepare(
      """
      INSERT OR REPLACE INTO \(table) (\(subject), at, call, first, evidence, \(flags))
      VALUES (?, ?, ?, ?, ?, ?, ?\(rules ? "" : ", ?"))
      """)
    delete = try connection.prepare(
      "DELETE FROM \(table) WHERE \(subject) = ? AND at = ? AND call = ? AND first = ?")
    let columns = "\(subject), at, call, evidence"
    ofKey = try connection.prepare(
      """
      SELECT \(columns) FROM \(table)
      WHERE \(subject) = ? AND at >= ? AND at <= ? AND call = ?
      """)
    from = try connection.prepare(
      """
      SELECT \(columns) FROM \(table) WHERE \(subject) = ? AND at >= ? AND at <= ?
      ORDER BY at LIMIT ?
      """)
    inSpan = try connection.prepare(
      """
      SELECT v.canonical, v.shown, min(c.at) FROM \(table) c JOIN resource v ON v.id = c.\(subject)
      WHERE c.at > ? AND c.at <= ? GROUP BY c.\(subject)
      """)
    sizes = try connection.prepare(
      """
      SELECT c.at, length(e.canonical) FROM \(table) c CROSS JOIN evidence e ON e.seq = c.first
      WHERE c.at > ? AND c.at <= ? ORDER BY c.at LIMIT ?
      """)
    known = try connection.prepare(
      rules
        ? "SELECT min(at) FROM rule_call WHERE nsg = ? AND knows = 1"
        : "SELECT min(at) FROM policy_version WHERE policy = ? AND observed = 1")
  }

  /// Stores a call; of rules `flag` = all rules are known from then on, of policies = observed.
  ///
  /// `listed` has the VMs that a policy lists from then on, nil where it changes nothing.
  func put(
    _ call: StoredCall, flag: Bool, failed: Bool, listed: [ResourceID]? = nil
  ) throws(SQLiteError) {
    insert.bind(try texts.number(of: call.subject), at: 1)
    insert.bind(call.at.ticks, at: 2)
    insert.bind(call.key, at: 3)
    insert.bind(call.evidence[0], at: 4)
    insert.bind("[\(call.evidence.map(String.init).joined(separator: ","))]", at: 5)
    insert.bind(flag ? 1 : 0, at: 6)
    insert.bind(failed ? 1 : 0, at: 7)
    if !isRules {
      if let listed {
        insert.bind(try texts.numbers(of: listed), at: 8)
      } else {
        insert.bindNull(at: 8)
      }
    }
    try insert.run()
  }

  func delete(_ call: StoredCall) throws(SQLiteError) {
    delete.bind(try texts.number(of: call.subject), at: 1)
    delete.bind(call.at.ticks, at: 2)
    delete.bind(call.key, at: 3)
    delete.bind(call.evidence[0], at: 4)
    try delete.run()
  }

  /// The calls of a key that begin in a span.
  func calls(
    of subject: ResourceID, key: Int64, in span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [StoredCall] {
    ofKey.bind(try texts.number(of: subject), at: 1)
    ofKey.bind(span.lowerBound.ticks, at: 2)
    ofKey.bind(span.upperBound.ticks, at: 3)
    ofKey.bind(key, at: 4)
    return try collect(ofKey, subject)
  }

  /// The calls that tell of a group or policy in a span, by time.
  func calls(
    of subject: ResourceID, in span: ClosedRange<EventTime>, limit: Int = .max
  ) throws(SQLiteError) -> [StoredCall] {
    from.bind(try texts.number(of: subject), at: 1)
    from.bind(span.lowerBound.ticks, at: 2)
    from.bind(span.upperBound.ticks, at: 3)
    from.bind(limit, at: 4)
    return try collect(from, subject)
  }

  /// The groups of which calls tell after one instant up to another, with the first of them.
  func subjects(
    after start: EventTime, through end: EventTime
  ) throws(SQLiteError) -> [(subject: ResourceID, at: EventTime)] {
    inSpan.bind(start.ticks, at: 1)
    inSpan.bind(end.ticks, at: 2)
    var found: [(subject: ResourceID, at: EventTime)] = []
    try inSpan.forEachRow { row throws(SQLiteError) in
      found.append(
        (
          ResourceID(canonical: row.text(0), display: row.text(1)),
          EventTime(ticks: row.int64(2))
        ))
    }
    return found
  }

  /// The bytes of calls that a step looks at.
  private static let bytesOfStep = 32_768

  /// Up to when the calls after an instant are no more than a step can look at, at most `end`.
  func reach(
    after start: EventTime, through end: EventTime, limit: Int
  ) throws(SQLiteError) -> EventTime {
    sizes.bind(start.ticks, at: 1)
    sizes.bind(end.ticks, at: 2)
    sizes.bind(limit, at: 3)
    var (count, bytes, reached) = (0, 0, end.ticks)
    try sizes.forEachRow { row throws(SQLiteError) in
      if bytes >= CallTable.bytesOfStep { return }
      count += 1
      bytes += row.int(1)
      if bytes >= CallTable.bytesOfStep || count == limit { reached = row.int64(0) }
    }
    return EventTime(ticks: reached)
  }

  /// From when on all rules of a group are known, where they are at all.
  func knownFrom(_ subject: ResourceID) throws(SQLiteError) -> EventTime? {
    known.bind(try texts.number(of: subject), at: 1)
    return try known.firstRow { $0.optionalInt64(0).map { EventTime(ticks: $0) } } ?? nil
  }

  private func collect(
    _ statement: borrowing Statement, _ subject: ResourceID
  ) throws(SQLiteError) -> [StoredCall] {
    var found: [StoredCall] = []
    try statement.forEachRow { row throws(SQLiteError) in
      let list = row.text(3).dropFirst().dropLast().split(separator: ",").compactMap { Int64($0) }
      guard !list.isEmpty else { return }
      found.append(
        StoredCall(
          subject: subject, at: EventTime(ticks: row.int64(1)), key: row.int64(2),
          evidence: list))
    }
    return found
  }
}
