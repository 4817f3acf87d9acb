internal import Access
internal import SQLite
internal import Timelines

/// Sessions and ways around, by the VM that they reach.
final class ReachedTable {
  private let insert: Statement
  private let texts: InternedTexts

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare(
      "INSERT OR IGNORE INTO reached (vm, at, seq, is_session) VALUES (?, ?, ?, ?)")
  }

  func insert(_ evidence: Evidence, of vm: ResourceID, seq: Int64) throws(SQLiteError) {
    insert.bind(try texts.number(of: vm), at: 1)
    insert.bind(evidence.occurredAt.ticks, at: 2)
    insert.bind(seq, at: 3)
    insert.bind(evidence.isSession ? 1 : 0, at: 4)
    try insert.run()
  }
}
