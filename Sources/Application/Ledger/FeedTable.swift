internal import Access
internal import SQLite

/// Gaps that are going on, and how silent sources were.
final class FeedTable {
  private let stand: Statement
  private let end: Statement
  private let remove: Statement
  private let lasting: Statement
  private let note: Statement
  private let count: Statement
  private let times: Statement
  private let steps: Statement

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    stand = try connection.prepare(
      """
      INSERT INTO gap (source, lasting, from_at, to_at, reason) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (source, lasting) WHERE lasting IS NOT NULL
      DO UPDATE SET to_at = max(to_at, excluded.to_at)
      """)
    end = try connection.prepare(
      """
      UPDATE gap SET to_at = max(from_at, coalesce(?3, to_at)), lasting = NULL
      WHERE source = ?1 AND lasting = ?2
      """)
    remove = try connection.prepare("DELETE FROM gap WHERE source = ? AND lasting = ?")
    lasting = try connection.prepare(
      "SELECT from_at, to_at, reason FROM gap WHERE source = ? AND lasting = ?")
    note = try connection.prepare(
      """
      INSERT INTO activity (source, first_at, last_at) VALUES (?1, ?2, ?2)
      ON CONFLICT (source) DO UPDATE SET first_at = min(first_at, ?2), last_at = ?2
      """)
    count = try connection.prepare(
      """
      INSERT INTO silence (source, step, count) VALUES (?, ?, 1)
      ON CONFLICT (source, step) DO UPDATE SET count = count + 1
      """)
    times = try connection.prepare("SELECT first_at, last_at FROM activity WHERE source = ?")
    steps = try connection.prepare("SELECT step, count FROM silence WHERE source = ?")
  }

  func apply(_ change: GapChange, to source: Int64) throws(SQLiteError) {
    switch change {
    case .stands(let kind, let gap):
      stand.bind(source, at: 1)
      stand.bind(kind.rawValue, at: 2)
      stand.bind(gap.from.ticks, at: 3)
      stand.bind(gap.to.ticks, at: 4)
      stand.bind(gap.reason, at: 5)
      try stand.run()
    case .ended(let kind, let instant):
      end.bind(source, at: 1)
      end.bind(kind.rawValue, at: 2)
      end.bind(instant?.ticks, at: 3)
      try end.run()
    case .removed(let kind):
      remove.bind(source, at: 1)
      remove.bind(kind.rawValue, at: 2)
      try remove.run()
    }
  }

  func gap(
    _ kind: LastingGap, of source: Int64, named name: String
  ) throws(SQLiteError) -> EvidenceGap? {
    lasting.bind(source, at: 1)
    lasting.bind(kind.rawValue, at: 2)
    return try lasting.firstRow { row in
      EvidenceGap(
        from: EventTime(ticks: row.int64(0)), to: EventTime(ticks: row.int64(1)), source: name,
        reason: row.text(2))
    }
  }

  func add(_ activity: FeedActivity, to source: Int64) throws(SQLiteError) {
    note.bind(source, at: 1)
    note.bind(activity.at.ticks, at: 2)
    try note.run()
    guard let step = activity.silenceStep else { return }
    count.bind(source, at: 1)
    count.bind(step, at: 2)
    try count.run()
  }

  func silence(of source: Int64) throws(SQLiteError) -> FeedSilence {
    var counts: [Int: Int] = [:]
    steps.bind(source, at: 1)
    try steps.forEachRow { row throws(SQLiteError) in counts[row.int(0)] = row.int(1) }
    times.bind(source, at: 1)
    let seen = try times.firstRow { row in
      (first: EventTime(ticks: row.int64(0)), last: EventTime(ticks: row.int64(1)))
    }
    return FeedSilence(
      earlier: SilenceHistogram(counts), firstAt: seen?.first, lastAt: seen?.last)
  }
}
