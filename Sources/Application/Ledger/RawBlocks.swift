internal import Access
internal import Compression
internal import SQLite

/// The raw bytes of records, compressed in blocks of up to 64.
final class RawBlocks {
  private let insert: Statement
  private var pending: [(seq: Int64, bytes: [UInt8])] = []
  private var pendingBytes = 0

  static let recordsPerBlock = 64
  /// A block is also full at this many bytes, so that reading one record stays cheap.
  static let bytesPerBlock = 1 << 20

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    insert = try connection.prepare(
      "INSERT INTO raw_block (first_seq, last_seq, received_at, sizes, bytes) VALUES (?, ?, ?, ?, ?)")
  }

  func forget() {
    pending.removeAll(keepingCapacity: true)
    pendingBytes = 0
  }

  func add(_ bytes: [UInt8], of seq: Int64, receivedAt: EventTime) throws(SQLiteError) {
    pending.append((seq, bytes))
    pendingBytes += bytes.count
    if pending.count >= RawBlocks.recordsPerBlock || pendingBytes >= RawBlocks.bytesPerBlock {
      try flush(receivedAt: receivedAt)
    }
  }

  /// Writes what is pending: at the latest at the end of each step.
  func flush(receivedAt: EventTime) throws(SQLiteError) {
    guard let first = pending.first, let last = pending.last else { return }
    var block: [UInt8] = []
    block.reserveCapacity(pendingBytes)
    var sizes = "["
    for (index, record) in pending.enumerated() {
      block += record.bytes
      sizes += "\(index > 0 ? "," : "")[\(record.seq),\(record.bytes.count)]"
    }
    insert.bind(first.seq, at: 1)
    insert.bind(last.seq, at: 2)
    insert.bind(receivedAt.ticks, at: 3)
    insert.bind(sizes + "]", at: 4)
    // Only memory can run out in a one-shot compression; the block is then kept as it is.
    insert.bind((try? Deflater.compress(block)) ?? block, at: 5)
    try insert.run()
    forget()
  }
}
