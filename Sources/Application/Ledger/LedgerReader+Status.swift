public import Access
internal import Hashing
internal import SQLite

/// Sources, gaps, and the ledger itself.
extension LedgerReader {
  /// One line per source; a ledger without any has one without a name.
  public func sources() throws(LedgerError) -> [SourceStatus] {
    try guarded { () throws(SQLiteError) in
      var found: [(id: Int64, status: SourceStatus)] = []
      try rows(
        """
        SELECT id, name, records_read, irrelevant, evidence, duplicates, rejected,
          messages_rejected, rejected_bodies, repaired FROM source ORDER BY name
        """
      ) { row throws(SQLiteError) in
        var status = SourceStatus(source: row.text(1))
        status.counts.recordsRead = row.int(2)
        status.counts.irrelevant = row.int(3)
        status.counts.evidence = row.int(4)
        status.counts.duplicates = row.int(5)
        status.counts.rejected = row.int(6)
        status.counts.messagesRejected = row.int(7)
        status.counts.rejectedBodies = row.int(8)
        status.counts.repaired = row.int(9)
        found.append((row.int64(0), status))
      }
      if found.isEmpty { return [SourceStatus(source: nil)] }
      var sources: [SourceStatus] = []
      for (id, status) in found {
        var status = status
        status.lag = try lag(of: id)
        status.gaps = try gaps().filter { $0.source == status.source }
        sources.append(status)
      }
      return sources
    }
  }

  private func lag(of source: Int64) throws(SQLiteError) -> [Int: Int64]? {
    var lag: [Int: Int64] = [:]
    try rows(
      "SELECT partition, next_offset, end_offset FROM partition_position WHERE source = ?",
      [.number(source)]
    ) { row throws(SQLiteError) in
      lag[row.int(0)] = max(0, row.int64(2) - row.int64(1))
    }
    return lag.isEmpty ? nil : lag
  }

  private func gaps() throws(SQLiteError) -> [EvidenceGap] {
    var gaps: [EvidenceGap] = []
    try rows(
      """
      SELECT g.from_at, g.to_at, s.name, g.reason FROM gap g JOIN source s ON s.id = g.source
      ORDER BY g.from_at, g.seq
      """
    ) { row throws(SQLiteError) in
      gaps.append(
        EvidenceGap(
          from: EventTime(ticks: row.int64(0)), to: EventTime(ticks: row.int64(1)),
          source: row.text(2), reason: row.text(3)))
    }
    return gaps
  }

  /// The gaps that touch a span, by time.
  public func gaps(touching span: ClosedRange<EventTime>) throws(LedgerError) -> [EvidenceGap] {
    try guarded { () throws(SQLiteError) in
      try gaps().filter { $0.from <= span.upperBound && $0.to >= span.lowerBound }
    }
  }

  /// What `status` says of the ledger itself.
  public func ledgerStatus() throws(LedgerError) -> LedgerStatus {
    try guarded { () throws(SQLiteError) in
      var status = LedgerStatus(chainHead: ChainTable.seed.hex)
      status.streamTime = try state(.streamTime).map { EventTime(ticks: $0) }
      try rows("SELECT count(*) FROM due") { status.due = $0.int(0) }
      try rows("SELECT count, head FROM chain ORDER BY step DESC LIMIT 1") { row in
        status.chainCount = row.int64(0)
        status.chainHead = SHA256Digest(bytes: row.blob(1))?.hex ?? ""
      }
      try rows("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") {
        status.ledgerBytes = $0.int64(0)
      }
      try rows("SELECT severity, count(*) FROM finding GROUP BY severity") { row in
        if let severity = Severity(rawValue: row.int(0)) {
          status.findings[severity] = row.int(1)
        }
      }
      return status
    }
  }

  /// The versions of decoders that positions of files were made by.
  public func decoderVersions() throws(LedgerError) -> Set<Int> {
    try guarded { () throws(SQLiteError) in
      var versions: Set<Int> = []
      try rows("SELECT DISTINCT decoder FROM file_position") { versions.insert($0.int(0)) }
      return versions
    }
  }
}
