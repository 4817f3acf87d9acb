internal import Hashing
internal import SQLite

/// The chain, link by link, as `verify` recomputes it.
extension LedgerReader {
  /// One step of the chain as it is stored and as it is recomputed.
  public struct ChainDifference: Sendable {
    /// The step.
    public let step: Int64
    /// The head as it is stored.
    public let stored: String
    /// The head that the rows of the step make.
    public let recomputed: String
  }

  /// Recomputes the chain over evidence and rejects; says at most the first step that differs.
  public func verifyChain() throws(LedgerError) -> ChainDifference? {
    try guarded { () throws(SQLiteError) in
      var head = ChainTable.seed
      var count: Int64 = 0
      var difference: ChainDifference?
      var covered: Int64 = 0
      try rows(
        """
        SELECT step, first_evidence, last_evidence, first_reject, last_reject, positions, count,
          head FROM chain ORDER BY step
        """
      ) { row throws(SQLiteError) in
        guard difference == nil else { return }
        let ids =
          try hashes("evidence", "hash", row.int64(1), row.int64(2))
          + hashes("reject", "id", row.int64(3), row.int64(4))
        head = ChainTable.next(after: head, ids: ids, positions: row.text(5))
        count += Int64(ids.count)
        covered = max(covered, row.int64(2))
        if row.blob(7) != head.bytes || row.int64(6) != count {
          let stored = SHA256Digest(bytes: row.blob(7))?.hex ?? ""
          difference = ChainDifference(
            step: row.int64(0), stored: stored, recomputed: head.hex)
        }
      }
      if difference == nil {
        difference = try rowsBeyond(covered, head: head)
      }
      return difference
    }
  }

  private func rowsBeyond(
    _ last: Int64, head: SHA256Digest
  ) throws(SQLiteError) -> ChainDifference? {
    var extra = 0
    try rows("SELECT count(*) FROM evidence WHERE seq > ?", bind: { $0.bind(last, at: 1) }) {
      extra = $0.int(0)
    }
    return extra == 0
      ? nil
      : ChainDifference(
        step: 0, stored: head.hex, recomputed: "\(extra) rows of evidence are in no step")
  }

  private func hashes(
    _ table: String, _ column: String, _ first: Int64, _ last: Int64
  ) throws(SQLiteError) -> [SHA256Digest] {
    var found: [SHA256Digest] = []
    if last < first { return found }
    try rows(
      "SELECT \(column) FROM \(table) WHERE seq >= ? AND seq <= ? ORDER BY seq",
      bind: {
        $0.bind(first, at: 1)
        $0.bind(last, at: 2)
      }
    ) { row throws(SQLiteError) in
      if let digest = SHA256Digest(bytes: row.blob(0)) { found.append(digest) }
    }
    return found
  }
}
