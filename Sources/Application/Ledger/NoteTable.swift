internal import Access
internal import SQLite

/// The provider's own records on VMs, by time.
///
/// Few ledgers have none, and then nobody asks.
final class NoteTable {
  private let insert: Statement
  private let near: Statement
  private let between: Statement
  private let any: Statement
  private let farthest: Statement
  private let texts: InternedTexts
  private(set) var isEmpty = true

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare("INSERT INTO note (occurred_at, vm, seq) VALUES (?, ?, ?)")
    near = try connection.prepare(
      "SELECT seq FROM note WHERE occurred_at >= ? AND occurred_at <= ? AND vm = ?")
    between = try connection.prepare(
      "SELECT seq FROM note WHERE occurred_at > ? AND occurred_at <= ? ORDER BY occurred_at")
    farthest = try connection.prepare(
      """
      SELECT occurred_at FROM note WHERE occurred_at > ? AND occurred_at <= ?
      ORDER BY occurred_at LIMIT 1 OFFSET ?
      """)
    any = try connection.prepare("SELECT 1 FROM note LIMIT 1")
    try reload()
  }

  func reload() throws(SQLiteError) { isEmpty = try any.firstRow { _ in true } == nil }

  func insert(_ note: Evidence, seq: Int64) throws(SQLiteError) {
    insert.bind(note.occurredAt.ticks, at: 1)
    insert.bind(try texts.number(of: note.resource), at: 2)
    insert.bind(seq, at: 3)
    try insert.run()
    isEmpty = false
  }

  /// The numbers of the notes on a VM in a span.
  func of(_ vm: ResourceID, in span: ClosedRange<EventTime>) throws(SQLiteError) -> [Int64] {
    near.bind(span.lowerBound.ticks, at: 1)
    near.bind(span.upperBound.ticks, at: 2)
    near.bind(try texts.number(of: vm), at: 3)
    return try numbers(near)
  }

  /// Up to when the notes after an instant are no more than a step can look at, at most `end`.
  func reach(
    after start: EventTime, through end: EventTime, limit: Int
  ) throws(SQLiteError) -> EventTime {
    if isEmpty { return end }
    farthest.bind(start.ticks, at: 1)
    farthest.bind(end.ticks, at: 2)
    farthest.bind(limit - 1, at: 3)
    return try farthest.firstRow { EventTime(ticks: $0.int64(0)) } ?? end
  }

  /// The numbers of all notes after an instant, up to another.
  func between(_ from: EventTime, _ to: EventTime) throws(SQLiteError) -> [Int64] {
    between.bind(from.ticks, at: 1)
    between.bind(to.ticks, at: 2)
    return try numbers(between)
  }

  private func numbers(_ statement: borrowing Statement) throws(SQLiteError) -> [Int64] {
    var found: [Int64] = []
    try statement.forEachRow { row throws(SQLiteError) in found.append(row.int64(0)) }
    return found
  }
}
