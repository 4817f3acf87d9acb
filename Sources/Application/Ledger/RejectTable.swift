internal import Access
internal import Hashing
internal import SQLite

/// Input that could not be used, with its reason and its first bytes.
final class RejectTable {
  private let insert: Statement
  private let maximum: Statement
  private let oldest: Statement
  private let total: Statement
  private let drop: Statement
  private var nextSequence: Int64 = 0
  private var keptBytes: Int64 = 0

  /// How much of one reject is kept.
  static let bytesLimit = 64 * 1024
  /// How much is kept of all together; the oldest go first.
  static let totalLimit: Int64 = 1 << 30

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    insert = try connection.prepare(
      """
      INSERT OR IGNORE INTO reject
        (seq, id, kind, reason, source, position, offset, received_at, size, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    maximum = try connection.prepare("SELECT coalesce(max(seq), 0) FROM reject")
    total = try connection.prepare("SELECT coalesce(sum(length(bytes)), 0) FROM reject")
    oldest = try connection.prepare(
      "SELECT seq, length(bytes) FROM reject WHERE bytes IS NOT NULL ORDER BY seq LIMIT 64")
    drop = try connection.prepare("UPDATE reject SET bytes = NULL WHERE seq = ?")
    try reload()
  }

  func reload() throws(SQLiteError) {
    nextSequence = (try maximum.firstRow { $0.int64(0) } ?? 0) + 1
    keptBytes = try total.firstRow { $0.int64(0) } ?? 0
  }

  var next: Int64 { nextSequence }

  /// Stores rejected input; nil when it was known, else its id.
  func insert(
    _ input: RejectedInput, source: Int64, position: SourcePosition, receivedAt: EventTime,
    changes: () -> Int
  ) throws(SQLiteError) -> SHA256Digest? {
    let id = RejectTable.id(of: input, at: position)
    let kept = Array(input.bytes.prefix(RejectTable.bytesLimit))
    insert.bind(nextSequence, at: 1)
    insert.bind(id.bytes, at: 2)
    insert.bind(input.kind.rawValue, at: 3)
    insert.bind(input.reason, at: 4)
    insert.bind(source, at: 5)
    insert.bind(position.position, at: 6)
    insert.bind(input.offset, at: 7)
    insert.bind(receivedAt.ticks, at: 8)
    insert.bind(input.bytes.count, at: 9)
    insert.bind(kept, at: 10)
    try insert.run()
    guard changes() == 1 else { return nil }
    nextSequence += 1
    keptBytes += Int64(kept.count)
    try makeRoom()
    return id
  }

  /// SHA-256 of kind, reason, source, position, offset and all bytes.
  static func id(of input: RejectedInput, at position: SourcePosition) -> SHA256Digest {
    var hash = RunningSHA256()
    hash.update(
      CanonicalJSON.array([
        input.kind.rawValue, input.reason, position.source, position.position,
        String(input.offset),
      ]))
    hash.update(input.bytes)
    return hash.finish()
  }

  private func makeRoom() throws(SQLiteError) {
    while keptBytes > RejectTable.totalLimit {
      var rows: [(seq: Int64, size: Int64)] = []
      try oldest.forEachRow { row throws(SQLiteError) in
        rows.append((row.int64(0), row.int64(1)))
      }
      if rows.isEmpty { return }
      for row in rows where keptBytes > RejectTable.totalLimit {
        drop.bind(row.seq, at: 1)
        try drop.run()
        keptBytes -= row.size
      }
    }
  }
}
