internal import Access
internal import Hashing
internal import SQLite

/// Input that could not be used, with its reason and its first bytes.
final class RejectTable {
  private let insert: Statement
  private let maximum: Statement
  private let oldest: Statement
  private let oldestBefore: Statement
  private let drop: Statement
  private let mark: Statement
  private let headers: TableHeaders
  private let state: StateTable
  private let totalLimit: Int64
  private var nextSequence: Int64 = 0
  private var keptBytes: Int64 = 0
  private var savedBytes: Int64 = 0

  /// How much of one reject is kept.
  static let bytesLimit = 64 * 1024

  /// `totalLimit` is how much is kept of all together; the oldest go first.
  init(
    _ connection: borrowing Connection, state: StateTable, totalLimit: Int64
  ) throws(SQLiteError) {
    self.state = state
    self.totalLimit = totalLimit
    insert = try connection.prepare(
      """
      INSERT OR IGNORE INTO reject
        (seq, id, kind, reason, source, position, offset, received_at, size, bytes, header)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    maximum = try connection.prepare("SELECT coalesce(max(seq), 0) FROM reject")
    let kept = "SELECT seq, length(bytes) FROM reject WHERE bytes IS NOT NULL"
    oldest = try connection.prepare("\(kept) ORDER BY received_at, seq LIMIT ?")
    oldestBefore = try connection.prepare(
      "\(kept) AND received_at < ? ORDER BY received_at, seq LIMIT ?")
    drop = try connection.prepare("UPDATE reject SET bytes = NULL WHERE seq = ?")
    mark = try connection.prepare("UPDATE reject SET retried = 1 WHERE id = ?")
    headers = try TableHeaders(connection)
    try reload()
  }

  /// Reads again what is counted in memory, after a step that was rolled back.
  func reload() throws(SQLiteError) {
    nextSequence = (try maximum.firstRow { $0.int64(0) } ?? 0) + 1
    keptBytes = try state.value(.rejectBytes) ?? 0
    savedBytes = keptBytes
    headers.forget()
  }

  /// The number that the next reject gets.
  var next: Int64 { nextSequence }

  /// Stores rejected input; nil when it was known, else its id.
  func insert(
    _ input: RejectedInput, source: Int64, position: SourcePosition, receivedAt: EventTime,
    changes: () -> Int
  ) throws(SQLiteError) -> SHA256Digest? {
    let id = RejectTable.id(
      kind: input.kind.rawValue, reason: input.reason, offset: input.offset, bytes: input.bytes,
      at: position)
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
    insert.bind(try input.header.flatMap(headers.number), at: 11)
    try insert.run()
    guard changes() == 1 else { return nil }
    nextSequence += 1
    keptBytes += Int64(kept.count)
    while keptBytes > totalLimit {
      oldest.bind(RejectTable.droppedAtOnce, at: 1)
      if try makeRoom(oldest, until: totalLimit) == 0 { break }
    }
    return id
  }

  /// Marks that a reject was tried again with success; it stays, with its entry in the chain.
  func markRetried(_ id: String) throws(SQLiteError) {
    guard let id = SHA256Digest(hex: id) else { return }
    mark.bind(id.bytes, at: 1)
    try mark.run()
  }

  /// Drops the bytes of rejects received before an instant, the oldest first, and says how many.
  func retire(before instant: EventTime, limit: Int) throws(SQLiteError) -> Int {
    oldestBefore.bind(instant.ticks, at: 1)
    oldestBefore.bind(limit, at: 2)
    let count = try makeRoom(oldestBefore, until: .min)
    try flush()
    return count
  }

  /// Keeps how many bytes there are, so that nobody has to add them up again.
  func flush() throws(SQLiteError) {
    if keptBytes == savedBytes { return }
    try state.set(.rejectBytes, to: keptBytes)
    savedBytes = keptBytes
  }

  /// SHA-256 of kind, reason, source, position, offset and all bytes.
  static func id(
    kind: String, reason: String, offset: Int, bytes: [UInt8], at position: SourcePosition
  ) -> SHA256Digest {
    var hash = RunningSHA256()
    hash.update(
      CanonicalJSON.array([kind, reason, position.source, position.position, String(offset)]))
    hash.update(bytes)
    return hash.finish()
  }

  private static let droppedAtOnce = 64

  /// Drops the bytes of the rows found until no more than a limit are kept; says of how many.
  private func makeRoom(
    _ found: borrowing Statement, until limit: Int64
  ) throws(SQLiteError) -> Int {
    var rows: [(seq: Int64, size: Int64)] = []
    try found.forEachRow { row throws(SQLiteError) in
      rows.append((row.int64(0), row.int64(1)))
    }
    var count = 0
    for row in rows where keptBytes > limit {
      drop.bind(row.seq, at: 1)
      try drop.run()
      keptBytes -= row.size
      count += 1
    }
    return count
  }
}
