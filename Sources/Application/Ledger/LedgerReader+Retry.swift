public import Access
internal import Hashing
internal import SQLite

/// A reject that was not read since, with what it takes to try it again.
public struct RetriableReject: Sendable {
  /// Its number, in order of arrival.
  public let sequence: Int64
  /// The reject as it is kept.
  public let stored: StoredReject
  /// True when all its bytes are kept.
  ///
  /// A message beyond the limit of a message came cut to what is kept, so that what fills it is
  /// taken for cut.
  public let isWhole: Bool
}

/// A record that is evidence without its body.
public struct BodylessRecord: Sendable {
  /// Its bytes; nil when they are not kept.
  public let raw: [UInt8]?
  /// What was read of it.
  public let evidence: Set<EvidenceID>
}

/// What `reparse` looks at.
extension LedgerReader {
  /// The number of the newest reject, 0 where there is none.
  public func newestReject() throws(LedgerError) -> Int64 {
    try guarded { () throws(SQLiteError) in
      var newest: Int64 = 0
      try rows("SELECT coalesce(max(seq), 0) FROM reject") { newest = $0.int64(0) }
      return newest
    }
  }

  /// The next rejects that were not tried again with success, at most a few.
  public func rejectsToRetry(
    after sequence: Int64, through last: Int64, limit: Int
  ) throws(LedgerError) -> [RetriableReject] {
    try guarded { () throws(SQLiteError) in
      var found: [RetriableReject] = []
      try rows(
        """
        \(LedgerReader.rejects)
        WHERE r.seq > ? AND r.seq <= ? AND r.retried = 0 ORDER BY r.seq LIMIT ?
        """, [.number(sequence), .number(last), .number(Int64(limit))]
      ) { row throws(SQLiteError) in
        guard let reject = LedgerReader.reject(row) else { return }
        found.append(
          RetriableReject(
            sequence: row.int64(10), stored: reject,
            isWhole: reject.hasBytes && row.int(11) < RejectTable.bytesLimit))
      }
      return found
    }
  }

  /// The records that were read at the place of a rejected body, in the same step.
  public func records(besideReject sequence: Int64) throws(LedgerError) -> [BodylessRecord] {
    try guarded { () throws(SQLiteError) in
      var pieces: [Int64: Set<EvidenceID>] = [:]
      try rows(
        """
        SELECT e.record, e.day, e.hash FROM reject r
        JOIN chain c ON c.first_reject <= r.seq AND c.last_reject >= r.seq
        JOIN evidence e ON e.seq BETWEEN c.first_evidence AND c.last_evidence
          AND e.source = r.source AND e.position = r.position
        WHERE r.seq = ?
        """, [.number(sequence)]
      ) { row throws(SQLiteError) in
        guard let hash = SHA256Digest(bytes: row.blob(2)) else { return }
        pieces[row.int64(0), default: []].insert(EvidenceID(day: row.int(1), hash: hash))
      }
      var records: [BodylessRecord] = []
      for (record, evidence) in pieces.sorted(by: { $0.key < $1.key }) {
        records.append(BodylessRecord(raw: try raw(of: record), evidence: evidence))
      }
      return records
    }
  }
}
