internal import Access
internal import SQLite

/// What became of what was read, and where reading goes on.
final class SourceTable {
  private let select: Statement
  private let insert: Statement
  private let add: Statement
  private let setPartition: Statement
  private let partitions: Statement
  private let setFile: Statement
  private let fileByPath: Statement
  private let fileByInode: Statement
  private let addGap: Statement
  let feed: FeedTable
  private var numbers: [String: Int64] = [:]

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    select = try connection.prepare("SELECT id FROM source WHERE name = ?")
    insert = try connection.prepare("INSERT INTO source (name) VALUES (?) RETURNING id")
    add = try connection.prepare(
      """
      UPDATE source SET records_read = records_read + ?, irrelevant = irrelevant + ?,
        evidence = evidence + ?, duplicates = duplicates + ?, rejected = rejected + ?,
        messages_rejected = messages_rejected + ?, rejected_bodies = rejected_bodies + ?,
        repaired = repaired + ? WHERE id = ?
      """)
    setPartition = try connection.prepare(
      """
      INSERT INTO partition_position (source, partition, next_offset, end_offset, newest_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (source, partition) DO UPDATE SET next_offset = excluded.next_offset,
        end_offset = excluded.end_offset, newest_at = excluded.newest_at
      """)
    partitions = try connection.prepare(
      """
      SELECT partition, next_offset, end_offset, newest_at FROM partition_position
      WHERE source = ?
      """)
    setFile = try connection.prepare(
      """
      INSERT OR REPLACE INTO file_position
        (path, device, inode, head, size, modified, next_offset, tail, decoder)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let columns = "path, device, inode, head, size, modified, next_offset, tail, decoder"
    fileByPath = try connection.prepare("SELECT \(columns) FROM file_position WHERE path = ?")
    fileByInode = try connection.prepare(
      "SELECT \(columns) FROM file_position WHERE device = ? AND inode = ? AND head = ?")
    addGap = try connection.prepare(
      "INSERT INTO gap (source, from_at, to_at, reason) VALUES (?, ?, ?, ?)")
    feed = try FeedTable(connection)
  }

  func forget() { numbers.removeAll() }

  /// The number of a source, which is made when it is new.
  func number(of name: String) throws(SQLiteError) -> Int64 {
    if let number = numbers[name] { return number }
    select.bind(name, at: 1)
    var number = try select.firstRow { $0.int64(0) }
    if number == nil {
      insert.bind(name, at: 1)
      number = try insert.firstRow { $0.int64(0) }
    }
    numbers[name] = number
    return number ?? 0
  }

  /// The number of a source, or nil when nothing of it was ever stored.
  func knownNumber(of name: String) throws(SQLiteError) -> Int64? {
    if let number = numbers[name] { return number }
    select.bind(name, at: 1)
    return try select.firstRow { $0.int64(0) }
  }

  func add(_ counts: RecordCounts, to source: Int64) throws(SQLiteError) {
    let values = [
      counts.recordsRead, counts.irrelevant, counts.evidence, counts.duplicates,
      counts.rejected, counts.messagesRejected, counts.rejectedBodies, counts.repaired,
    ]
    for (index, value) in values.enumerated() { add.bind(value, at: index + 1) }
    add.bind(source, at: values.count + 1)
    try add.run()
  }

  func set(_ position: PartitionPosition, of source: Int64) throws(SQLiteError) {
    setPartition.bind(source, at: 1)
    setPartition.bind(Int(position.partition), at: 2)
    setPartition.bind(position.nextOffset, at: 3)
    setPartition.bind(position.endOffset, at: 4)
    setPartition.bind(position.newestAt?.ticks, at: 5)
    try setPartition.run()
  }

  func partitions(of source: Int64) throws(SQLiteError) -> [PartitionPosition] {
    partitions.bind(source, at: 1)
    var found: [PartitionPosition] = []
    try partitions.forEachRow { row throws(SQLiteError) in
      found.append(
        PartitionPosition(
          partition: Int32(row.int64(0)), nextOffset: row.int64(1), endOffset: row.int64(2),
          newestAt: row.optionalInt64(3).map { EventTime(ticks: $0) }))
    }
    return found
  }

  func set(_ file: FilePosition) throws(SQLiteError) {
    setFile.bind(file.path, at: 1)
    setFile.bind(file.device, at: 2)
    setFile.bind(file.inode, at: 3)
    setFile.bind(file.head, at: 4)
    setFile.bind(file.size, at: 5)
    setFile.bind(file.modified, at: 6)
    setFile.bind(file.nextOffset, at: 7)
    setFile.bind(file.tail, at: 8)
    setFile.bind(file.decoder, at: 9)
    try setFile.run()
  }

  /// What is known of a file, by its path, else by device, inode and beginning.
  func file(_ wanted: FilePosition) throws(SQLiteError) -> FilePosition? {
    fileByPath.bind(wanted.path, at: 1)
    if let known = try fileByPath.firstRow(SourceTable.file), known.head == wanted.head {
      return known
    }
    fileByInode.bind(wanted.device, at: 1)
    fileByInode.bind(wanted.inode, at: 2)
    fileByInode.bind(wanted.head, at: 3)
    return try fileByInode.firstRow(SourceTable.file)
  }

  func add(_ gap: EvidenceGap) throws(SQLiteError) {
    addGap.bind(try number(of: gap.source), at: 1)
    addGap.bind(gap.from.ticks, at: 2)
    addGap.bind(gap.to.ticks, at: 3)
    addGap.bind(gap.reason, at: 4)
    try addGap.run()
  }

  private static func file(_ row: borrowing Statement) -> FilePosition {
    FilePosition(
      path: row.text(0), device: row.int64(1), inode: row.int64(2), head: row.text(3),
      size: row.int64(4), modified: row.int64(5), nextOffset: row.int64(6), tail: row.text(7),
      decoder: row.int(8))
  }
}
