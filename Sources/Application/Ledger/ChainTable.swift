internal import Hashing
internal import SQLite

/// The chain over everything that came in: each step's head is made of the one before.
final class ChainTable {
  private let insert: Statement
  private let newest: Statement
  private(set) var head = ChainTable.seed
  private(set) var count: Int64 = 0

  /// The head of an empty chain: SHA-256 of nothing.
  static let seed = SHA256.digest(of: [UInt8]())

  /// What one step took in.
  struct Entry {
    var evidence: ClosedRange<Int64>?
    var rejects: ClosedRange<Int64>?
    var positions: String
  }

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    insert = try connection.prepare(
      """
      INSERT INTO chain (first_evidence, last_evidence, first_reject, last_reject, positions,
        count, head) VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    newest = try connection.prepare("SELECT count, head FROM chain ORDER BY step DESC LIMIT 1")
    try reload()
  }

  func reload() throws(SQLiteError) {
    let row = try newest.firstRow { ($0.int64(0), SHA256Digest(bytes: $0.blob(1))) }
    count = row?.0 ?? 0
    head = row?.1 ?? ChainTable.seed
  }

  /// Adds a step: the ids that it took in, in the order of their rows, evidence first.
  func append(_ entry: Entry, ids: [SHA256Digest]) throws(SQLiteError) {
    head = ChainTable.next(after: head, ids: ids, positions: entry.positions)
    count += Int64(ids.count)
    insert.bind(entry.evidence?.lowerBound ?? 0, at: 1)
    insert.bind(entry.evidence?.upperBound ?? -1, at: 2)
    insert.bind(entry.rejects?.lowerBound ?? 0, at: 3)
    insert.bind(entry.rejects?.upperBound ?? -1, at: 4)
    insert.bind(entry.positions, at: 5)
    insert.bind(count, at: 6)
    insert.bind(head.bytes, at: 7)
    try insert.run()
  }

  /// SHA-256 of (previous head, ids, positions).
  static func next(
    after head: SHA256Digest, ids: [SHA256Digest], positions: String
  ) -> SHA256Digest {
    var hash = RunningSHA256()
    hash.update(head.bytes)
    for id in ids { hash.update(id.bytes) }
    hash.update(positions)
    return hash.finish()
  }
}
