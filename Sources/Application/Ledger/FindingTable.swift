internal import Access
internal import Hashing
internal import SQLite
internal import Timelines

/// Findings as they stand, by slice, and the feed that tells of their transitions.
final class FindingTable {
  private let bySlice: Statement
  private let ofRule: Statement
  private let upsert: Statement
  private let delete: Statement
  private let insertVM: Statement
  private let deleteVM: Statement
  private let tell: Statement
  private let texts: InternedTexts

  /// A finding that stands, with what the feed last said of it.
  struct Standing {
    let finding: Finding
    let toldCount: Int
    let feedSequence: Int64
  }

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    bySlice = try connection.prepare(
      "SELECT told_count, feed_seq, body FROM finding WHERE day = ? AND slice = ?")
    ofRule = try connection.prepare(
      """
      SELECT told_count, feed_seq, body, day FROM finding WHERE rule = ? AND day >= ?
      ORDER BY day LIMIT ?
      """)
    upsert = try connection.prepare(
      """
      INSERT OR REPLACE INTO finding
        (day, slice, id, rule, severity, told_count, feed_seq, settings, body, vms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    delete = try connection.prepare(
      "DELETE FROM finding WHERE day = ? AND slice = ? AND id = ?")
    insertVM = try connection.prepare(
      """
      INSERT OR IGNORE INTO finding_vm (vm, occurred_at, day, slice, id) VALUES (?, ?, ?, ?, ?)
      """)
    deleteVM = try connection.prepare(
      "DELETE FROM finding_vm WHERE vm = ? AND occurred_at = ? AND day = ? AND slice = ? AND id = ?"
    )
    tell = try connection.prepare(
      "INSERT INTO feed (transition, raised_at, id, body) VALUES (?, ?, ?, ?) RETURNING seq")
  }

  /// What stands in a slice of a day.
  func standing(in slice: String, day: Int) throws(SQLiteError) -> [Standing] {
    bySlice.bind(day, at: 1)
    bySlice.bind(CallKey.stableHash(of: slice), at: 2)
    var rows: [Standing] = []
    try bySlice.forEachRow { row throws(SQLiteError) in
      guard let finding = Finding(canonical: row.blob(2)), finding.slice == slice else { return }
      rows.append(
        Standing(finding: finding, toldCount: row.int(0), feedSequence: row.int64(1)))
    }
    return rows
  }

  /// Findings of a rule from a day on, by day, with the day that each is filed under.
  func standing(
    of rule: String, fromDay day: Int, limit: Int
  ) throws(SQLiteError) -> [(day: Int, standing: Standing)] {
    ofRule.bind(rule, at: 1)
    ofRule.bind(day, at: 2)
    ofRule.bind(limit, at: 3)
    var rows: [(day: Int, standing: Standing)] = []
    try ofRule.forEachRow { row throws(SQLiteError) in
      guard let finding = Finding(canonical: row.blob(2)) else { return }
      rows.append(
        (
          row.int(3),
          Standing(finding: finding, toldCount: row.int(0), feedSequence: row.int64(1))
        ))
    }
    return rows
  }

  /// Replaces one verdict by another and tells of it where the contract says so; true if told.
  func replace(
    _ old: Standing?, by new: Finding?, day: Int, at now: EventTime, settings: Int64
  ) throws(SQLiteError) -> Bool {
    if let old, old.finding == new { return false }
    if let old { try remove(old.finding, day: day) }
    guard let new else {
      if let old { _ = try tell(.withdrawn, old.finding, at: now) }
      return old != nil
    }
    var (told, sequence) = (old?.toldCount ?? 0, old?.feedSequence ?? 0)
    let transition = FindingTable.transition(from: old, to: new)
    if let transition {
      sequence = try tell(transition, new, at: now)
      told = new.count
    }
    try store(new, day: day, told: told, sequence: sequence, settings: settings)
    return transition != nil
  }

  private static func transition(from old: Standing?, to new: Finding) -> Transition? {
    guard let old else { return .raised }
    let isNews =
      old.finding.severity != new.severity || old.finding.vms != new.vms
      || old.finding.over != new.over || new.count >= 2 * old.toldCount
    return isNews ? .updated : nil
  }

  private func store(
    _ finding: Finding, day: Int, told: Int, sequence: Int64, settings: Int64
  ) throws(SQLiteError) {
    let slice = CallKey.stableHash(of: finding.slice)
    upsert.bind(day, at: 1)
    upsert.bind(slice, at: 2)
    upsert.bind(finding.id.bytes, at: 3)
    upsert.bind(finding.rule, at: 4)
    upsert.bind(finding.severity.rawValue, at: 5)
    upsert.bind(told, at: 6)
    upsert.bind(sequence, at: 7)
    upsert.bind(settings, at: 8)
    upsert.bind(finding.canonical, at: 9)
    upsert.bind(try texts.numbers(of: finding.vms), at: 10)
    try upsert.run()
    for vm in finding.vms {
      try change(insertVM, vm: vm, finding, day: day)
    }
  }

  private func remove(_ finding: Finding, day: Int) throws(SQLiteError) {
    delete.bind(day, at: 1)
    delete.bind(CallKey.stableHash(of: finding.slice), at: 2)
    delete.bind(finding.id.bytes, at: 3)
    try delete.run()
    for vm in finding.vms { try change(deleteVM, vm: vm, finding, day: day) }
  }

  private func change(
    _ statement: borrowing Statement, vm: ResourceID, _ finding: Finding, day: Int
  ) throws(SQLiteError) {
    statement.bind(try texts.number(of: vm), at: 1)
    statement.bind(finding.occurredAt.ticks, at: 2)
    statement.bind(day, at: 3)
    statement.bind(CallKey.stableHash(of: finding.slice), at: 4)
    statement.bind(finding.id.bytes, at: 5)
    try statement.run()
  }

  private func tell(
    _ transition: Transition, _ finding: Finding, at now: EventTime
  ) throws(SQLiteError) -> Int64 {
    tell.bind(transition.rawValue, at: 1)
    tell.bind(now.ticks, at: 2)
    tell.bind(finding.id.bytes, at: 3)
    tell.bind(finding.canonical, at: 4)
    return try tell.firstRow { $0.int64(0) } ?? 0
  }
}
