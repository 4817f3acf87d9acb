internal import SQLite

/// Writes how far sinks have come: short transactions of their own beside the one writer.
public final class CursorWriter {
  private let path: String
  private let connection: Connection
  private let upsert: Statement

  /// Opens a ledger that exists for this one kind of write.
  public init(path: String) throws(LedgerError) {
    self.path = path
    do throws(SQLiteError) {
      connection = try Connection(
        path: path, mode: .readWrite, cacheKiB: 512, busyTimeout: .seconds(10))
      try connection.execute("PRAGMA synchronous = NORMAL")
      upsert = try connection.prepare("INSERT OR REPLACE INTO cursor (sink, seq) VALUES (?, ?)")
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// Notes that a sink has been served up to a row of the feed.
  public func save(_ sequence: Int64, of sink: String) throws(LedgerError) {
    upsert.bind(sink, at: 1)
    upsert.bind(sequence, at: 2)
    do throws(SQLiteError) { try upsert.run() } catch { throw LedgerError(error, path: path) }
  }
}
