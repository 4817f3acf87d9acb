internal import Access
internal import SQLite

/// The settings that verdicts were judged by; the newest row holds.
final class SettingsTable {
  private let select: Statement
  private let insert: Statement

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    select = try connection.prepare(
      "SELECT id, canonical FROM settings ORDER BY id DESC LIMIT 1")
    insert = try connection.prepare(
      "INSERT INTO settings (stored_at, canonical) VALUES (?, ?) RETURNING id")
  }

  func newest() throws(SQLiteError) -> (id: Int64, canonical: String)? {
    try select.firstRow { ($0.int64(0), $0.text(1)) }
  }

  func insert(_ canonical: String, at now: EventTime) throws(SQLiteError) -> Int64 {
    insert.bind(now.ticks, at: 1)
    insert.bind(canonical, at: 2)
    return try insert.firstRow { $0.int64(0) } ?? 0
  }
}
