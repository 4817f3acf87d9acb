/// Statements of a reader, compiled when first used and kept by their text.
///
/// It belongs to the thread of its connection. Text should come from a fixed set; beyond `limit`
/// the cache is emptied and fills again.
public final class StatementCache {
  private final class Entry {
    let statement: Statement

    init(_ statement: consuming Statement) {
      self.statement = statement
    }
  }

  private let limit: Int
  private var entries: [String: Entry] = [:]

  /// Makes an empty cache.
  public init(limit: Int = 64) {
    self.limit = limit
  }

  /// Lends the statement for this text; afterwards it is reset and its parameters are cleared.
  ///
  /// The body may use the cache again, also for the same text.
  public func withStatement<Result>(
    _ sql: String, on connection: borrowing Connection,
    _ body: (borrowing Statement) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    let entry: Entry
    // Taken out while in use, so that a nested use of the same text gets a statement of its own.
    if let kept = entries.removeValue(forKey: sql) {
      entry = kept
    } else {
      entry = Entry(try connection.prepare(sql))
    }
    defer {
      entry.statement.reset()
      entry.statement.clearBindings()
      if entries.count >= limit { entries.removeAll() }
      entries[sql] = entry
    }
    return try body(entry.statement)
  }
}
