public import Access
internal import Hashing
internal import SQLite

/// Evidence, rejects and raw bytes.
extension LedgerReader {
  /// The evidence that stored text means, in which rules stand by their numbers.
  func evidence(canonical: [UInt8]) -> Evidence? {
    Evidence(canonical: canonical) { number in
      if let known = knownRules[number] { return known }
      var rule: NetworkRule?
      try? rows("SELECT canonical FROM rule_text WHERE id = ?", [.number(number)]) {
        rule = NetworkRule(canonical: $0.blob(0))
      }
      if knownRules.count > 20_000 { knownRules.removeAll(keepingCapacity: true) }
      knownRules[number] = rule
      return rule
    }
  }

  /// Visits all evidence in order of arrival; text that this version did not write is handed on
  /// as nil evidence, so that `verify` can tell of it.
  public func forEachEvidence(
    _ body: (EvidenceID, Evidence?) -> Bool
  ) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      let sql = "SELECT day, hash, canonical FROM evidence ORDER BY seq"
      try rowsWhile(sql) { row throws(SQLiteError) in
        // A hash of another length is nobody's id; the chain tells of it.
        guard let hash = SHA256Digest(bytes: row.blob(1)) else { return true }
        return body(EvidenceID(day: row.int(0), hash: hash), evidence(canonical: row.blob(2)))
      }
    }
  }

  /// The piece of evidence with this id, with its raw record, or nil.
  public func evidence(_ id: EvidenceID) throws(LedgerError) -> StoredEvidence? {
    try guarded { () throws(SQLiteError) in
      // Keys are (day, call, hash): an id alone means a walk through the day's narrow rows.
      var sequence: Int64?
      try rows(
        "SELECT seq FROM evidence_key WHERE day = ? AND hash = ? LIMIT 1",
        [.number(Int64(id.day)), .bytes(id.hash.bytes)]
      ) { sequence = $0.int64(0) }
      guard let sequence else { return nil }
      return try storedEvidence(at: sequence, id: id)
    }
  }

  /// The ids of evidence whose text begins so, at most a few: for ids that were cut.
  public func evidenceIDs(
    beginning prefix: String, day: Int, limit: Int
  ) throws(LedgerError) -> [EvidenceID] {
    try guarded { () throws(SQLiteError) in
      var found: [EvidenceID] = []
      try rows(
        """
        SELECT hash FROM evidence_key
        WHERE day = ? AND substr(lower(hex(hash)), 1, length(?2)) = ?2 LIMIT ?3
        """,
        [.number(Int64(day)), .text(prefix), .number(Int64(limit))]
      ) { row throws(SQLiteError) in
        if let hash = SHA256Digest(bytes: row.blob(0)) {
          found.append(EvidenceID(day: day, hash: hash))
        }
      }
      return found
    }
  }

  private func storedEvidence(
    at sequence: Int64, id: EvidenceID
  ) throws(SQLiteError) -> StoredEvidence? {
    var found: StoredEvidence?
    var record: Int64 = 0
    try rows(
      """
      SELECT e.received_at, s.name, e.position, e.record, e.canonical FROM evidence e
      JOIN source s ON s.id = e.source WHERE e.seq = ?
      """, [.number(sequence)]
    ) { row throws(SQLiteError) in
      guard let evidence = evidence(canonical: row.blob(4)) else { return }
      record = row.int64(3)
      found = StoredEvidence(
        identified: IdentifiedEvidence(id: id, evidence: evidence),
        receivedAt: EventTime(ticks: row.int64(0)),
        position: SourcePosition(source: row.text(1), position: row.text(2)), raw: nil)
    }
    found?.raw = try raw(of: record)
    return found
  }

  func raw(of sequence: Int64) throws(SQLiteError) -> [UInt8]? {
    var block: (sizes: String, bytes: [UInt8])?
    // The only block that can hold it; a condition on its end would walk through all before it
    // where the raw bytes are gone.
    try rows(
      """
      SELECT sizes, bytes, last_seq FROM raw_block WHERE first_seq <= ?
      ORDER BY first_seq DESC LIMIT 1
      """, [.number(sequence)]
    ) { if $0.int64(2) >= sequence { block = ($0.text(0), $0.blob(1)) } }
    guard let block else { return nil }
    return RawBlocks.record(sequence, in: block.bytes, sizes: block.sizes)
  }

  /// Visits rejected input, newest last.
  public func forEachReject(_ body: (StoredReject) -> Bool) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      try rowsWhile("\(LedgerReader.rejects) ORDER BY r.seq") { row throws(SQLiteError) in
        guard let reject = LedgerReader.reject(row) else { return true }
        return body(reject)
      }
    }
  }

  /// Rejects as `reject` reads them, and behind that their numbers and sizes.
  static let rejects = """
    SELECT r.id, r.kind, r.reason, r.offset, r.bytes, s.name, r.position, r.received_at, r.retried,
      h.bytes, r.seq, r.size
    FROM reject r JOIN source s ON s.id = r.source LEFT JOIN table_header h ON h.id = r.header
    """

  static func reject(_ row: borrowing Statement) -> StoredReject? {
    guard let kind = RejectedInput.Kind(rawValue: row.text(1)),
      let id = SHA256Digest(bytes: row.blob(0))
    else { return nil }
    return StoredReject(
      id: id.hex,
      input: RejectedInput(
        kind: kind, reason: row.text(2), offset: row.int(3), bytes: row.optionalBlob(4) ?? [],
        header: row.optionalBlob(9)),
      hasBytes: !row.isNull(4),
      position: SourcePosition(source: row.text(5), position: row.text(6)),
      receivedAt: EventTime(ticks: row.int64(7)), retried: row.int(8) != 0)
  }

  /// How many messages and bodies received in a span could not be read.
  public func unreadableCount(
    receivedIn span: ClosedRange<EventTime>
  ) throws(LedgerError) -> (messages: Int, bodies: Int) {
    try guarded { () throws(SQLiteError) in
      var counts = (messages: 0, bodies: 0)
      try rows(
        """
        SELECT kind = 'body', count(*) FROM reject
        WHERE received_at >= ? AND received_at <= ? AND retried = 0 GROUP BY 1
        """,
        [.number(span.lowerBound.ticks), .number(span.upperBound.ticks)]
      ) { row throws(SQLiteError) in
        if row.int(0) != 0 { counts.bodies = row.int(1) } else { counts.messages = row.int(1) }
      }
      return counts
    }
  }
}
