internal import Access
internal import Hashing
internal import SQLite

/// The chain, link by link, as `verify` recomputes it.
extension LedgerReader {
  /// One step of the chain as it is stored and as it is recomputed.
  public struct ChainDifference: Sendable {
    /// The step; 0 where rows are in no step.
    public let step: Int64
    /// The head, the number of ids, or the id of a reject, as it is stored.
    public let stored: String
    /// What the rows of the step make of it.
    public let recomputed: String
  }

  /// Recomputes the chain over evidence and rejects; says at most the first step that differs.
  ///
  /// Rejects whose bytes are all there must also make their ids. Those of evidence are recomputed
  /// by who reads the evidence anyway.
  public func verifyChain() throws(LedgerError) -> ChainDifference? {
    try guarded { () throws(SQLiteError) in
      var walk = ChainWalk()
      var difference: ChainDifference?
      try rowsWhile(
        """
        SELECT step, first_evidence, last_evidence, first_reject, last_reject, positions, count,
          head FROM chain ORDER BY step
        """
      ) { row throws(SQLiteError) in
        difference = try follow(row, &walk)
        return difference == nil
      }
      if let difference { return difference }
      if let difference = try rowsInNoStep(walk) { return difference }
      return try changedReject()
    }
  }

  /// What the steps so far come to.
  private struct ChainWalk {
    var head = ChainTable.seed
    var evidence: Int64 = 0
    var rejects: Int64 = 0
  }

  private func follow(
    _ row: borrowing Statement, _ walk: inout ChainWalk
  ) throws(SQLiteError) -> ChainDifference? {
    let evidence = try hashes("evidence", "hash", row.int64(1), row.int64(2))
    let rejects = try hashes("reject", "id", row.int64(3), row.int64(4))
    walk.head = ChainTable.next(
      after: walk.head, ids: evidence + rejects, positions: row.text(5))
    walk.evidence += Int64(evidence.count)
    walk.rejects += Int64(rejects.count)
    let stored = row.blob(7)
    guard stored == walk.head.bytes else {
      return ChainDifference(
        step: row.int64(0), stored: SHA256Digest(bytes: stored)?.hex ?? "",
        recomputed: walk.head.hex)
    }
    let count = walk.evidence + walk.rejects
    if row.int64(6) == count { return nil }
    return ChainDifference(
      step: row.int64(0), stored: "\(row.int64(6)) ids", recomputed: "\(count) ids")
  }

  private func rowsInNoStep(_ walk: ChainWalk) throws(SQLiteError) -> ChainDifference? {
    var evidence: Int64 = 0
    var rejects: Int64 = 0
    try rows("SELECT count(*) FROM evidence") { evidence = $0.int64(0) - walk.evidence }
    try rows("SELECT count(*) FROM reject") { rejects = $0.int64(0) - walk.rejects }
    if evidence == 0, rejects == 0 { return nil }
    return ChainDifference(
      step: 0, stored: walk.head.hex,
      recomputed: "\(evidence) rows of evidence and \(rejects) of rejects are in no step")
  }

  private func changedReject() throws(SQLiteError) -> ChainDifference? {
    var difference: ChainDifference?
    try rowsWhile(
      """
      SELECT r.id, r.kind, r.reason, r.offset, r.bytes, s.name, r.position, c.step
      FROM reject r LEFT JOIN source s ON s.id = r.source
      LEFT JOIN chain c ON c.step =
        (SELECT max(step) FROM chain WHERE first_reject <= r.seq AND last_reject >= r.seq)
      WHERE length(r.bytes) = r.size
      """
    ) { row throws(SQLiteError) in
      let id = RejectTable.id(
        kind: row.text(1), reason: row.text(2), offset: row.int(3), bytes: row.blob(4),
        at: SourcePosition(source: row.text(5), position: row.text(6)))
      if row.blob(0) == id.bytes { return true }
      let stored = SHA256Digest(bytes: row.blob(0))?.hex ?? ""
      difference = ChainDifference(step: row.int64(7), stored: stored, recomputed: id.hex)
      return false
    }
    return difference
  }

  private func hashes(
    _ table: String, _ column: String, _ first: Int64, _ last: Int64
  ) throws(SQLiteError) -> [SHA256Digest] {
    var found: [SHA256Digest] = []
    if last < first { return found }
    try rows(
      "SELECT \(column) FROM \(table) WHERE seq >= ? AND seq <= ? ORDER BY seq",
      [.number(first), .number(last)]
    ) { row throws(SQLiteError) in
      if let digest = SHA256Digest(bytes: row.blob(0)) { found.append(digest) }
    }
    return found
  }
}
