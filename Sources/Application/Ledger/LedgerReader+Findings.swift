public import Access
internal import SQLite

/// Findings as they stand, and the feed as it was told.
extension LedgerReader {
  /// The newest row of the feed that no power loss can take back.
  public func durableFeedHead() throws(LedgerError) -> Int64 {
    try guarded { () throws(SQLiteError) in try state(.durableFeed) ?? 0 }
  }

  /// Visits the findings that stand, by the number of their newest row of the feed.
  public func forEachFinding(_ body: (FeedEntry) -> Bool) throws(LedgerError) {
    try visit(
      """
      SELECT f.feed_seq, e.transition, e.raised_at, f.body, a.at, a.by, a.note
      FROM finding f JOIN feed e ON e.seq = f.feed_seq
      LEFT JOIN acknowledgement a ON a.id = f.id
      ORDER BY f.feed_seq
      """, [], body)
  }

  /// Visits rows of the feed after a number up to another one, as they were told.
  public func forEachFeedEntry(
    after sequence: Int64, through last: Int64, _ body: (FeedEntry) -> Bool
  ) throws(LedgerError) {
    try visit(
      """
      SELECT e.seq, e.transition, e.raised_at, e.body, a.at, a.by, a.note
      FROM feed e LEFT JOIN acknowledgement a ON a.id = e.id
      WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq
      """, [.number(sequence), .number(last)], body)
  }

  /// The findings about a VM in a span, by time.
  public func findings(
    of vm: ResourceID, in span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [Finding] {
    try guarded { () throws(SQLiteError) in
      guard let number = try number(of: vm) else { return [] }
      var found: [Finding] = []
      try rows(
        """
        SELECT f.body FROM finding_vm v
        JOIN finding f ON f.day = v.day AND f.slice = v.slice AND f.id = v.id
        WHERE v.vm = ? AND v.occurred_at >= ? AND v.occurred_at <= ? ORDER BY v.occurred_at, v.id
        """,
        [
          .number(number), .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
        ]
      ) { row throws(SQLiteError) in
        if let finding = Finding(canonical: row.blob(0)) { found.append(finding) }
      }
      return found
    }
  }

  /// Where a sink has read the feed to, or nil for a new sink.
  public func cursor(of sink: String) throws(LedgerError) -> Int64? {
    try guarded { () throws(SQLiteError) in
      var cursor: Int64?
      try rows("SELECT seq FROM cursor WHERE sink = ?", [.text(sink)]) {
        cursor = $0.int64(0)
      }
      return cursor
    }
  }

  private func visit(
    _ sql: String, _ parameters: [Parameter], _ body: (FeedEntry) -> Bool
  ) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      try rowsWhile(sql, parameters) { row throws(SQLiteError) in
        guard let entry = LedgerReader.entry(row) else { return true }
        return body(entry)
      }
    }
  }

  private static func entry(_ row: borrowing Statement) -> FeedEntry? {
    guard let transition = Transition(rawValue: row.text(1)),
      let finding = Finding(canonical: row.blob(3))
    else { return nil }
    let acknowledged = row.optionalInt64(4).map {
      Acknowledgement(at: EventTime(ticks: $0), by: row.text(5), note: row.text(6))
    }
    return FeedEntry(
      sequence: row.int64(0), transition: transition, raisedAt: EventTime(ticks: row.int64(2)),
      finding: finding, acknowledged: acknowledged)
  }
}
