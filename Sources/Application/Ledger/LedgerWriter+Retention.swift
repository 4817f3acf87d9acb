public import Access
internal import SQLite

/// Retention: what is large goes in time, what proves anything stays.
extension LedgerWriter {
  /// Removes the raw bytes of records and rejects that were received before an instant, the oldest
  /// first, in a step of its own; says whether there may be more.
  ///
  /// Rows, counts, ids and the chain stay as they are. The limit keeps a step short: it counts
  /// blocks of records and rejects, each by themselves.
  @discardableResult
  public func retire(before instant: EventTime, limit: Int = 1_000) throws(LedgerError) -> Bool {
    var isFull = false
    try step { () throws(LedgerError) in
      isFull = try guarded { () throws(SQLiteError) in
        let blocks = try raw.retire(before: instant, limit: limit)
        let dropped = try rejects.retire(before: instant, limit: limit)
        return blocks == limit || dropped == limit
      }
    }
    return isFull
  }
}
