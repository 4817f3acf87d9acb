internal import Access
internal import SQLite

/// Single values: stream time, the durable head of the feed, how many bytes rejects hold.
final class StateTable {
  private let select: Statement
  private let upsert: Statement

  enum Key: String {
    case streamTime = "stream_time"
    case importNewest = "import_newest"
    case durableFeed = "durable_feed"
    case rejectBytes = "reject_bytes"
    case grace
  }

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    select = try connection.prepare("SELECT value FROM state WHERE key = ?")
    upsert = try connection.prepare("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)")
  }

  func value(_ key: Key) throws(SQLiteError) -> Int64? {
    select.bind(key.rawValue, at: 1)
    return try select.firstRow { $0.int64(0) }
  }

  func set(_ key: Key, to value: Int64) throws(SQLiteError) {
    upsert.bind(key.rawValue, at: 1)
    upsert.bind(value, at: 2)
    try upsert.run()
  }
}
