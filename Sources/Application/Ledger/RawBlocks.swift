internal import Access
internal import Compression
internal import SQLite

/// The raw bytes of records, compressed in blocks of up to 64.
final class RawBlocks {
  private let insert: Statement
  private let deleteOldest: Statement
  private var pending: [(seq: Int64, bytes: [UInt8])] = []
  private var pendingBytes = 0

  static let recordsPerBlock = 64
  /// A block is also full at this many bytes, so that reading one record stays cheap.
  static let bytesPerBlock = 1 << 20

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    insert = try connection.prepare(
      """
      INSERT INTO raw_block (first_seq, last_seq, received_at, sizes, bytes)
      VALUES (?, ?, ?, ?, ?)
      """)
    deleteOldest = try connection.prepare(
      """
      DELETE FROM raw_block WHERE first_seq IN (
        SELECT first_seq FROM raw_block WHERE received_at < ? ORDER BY received_at LIMIT ?)
      RETURNING 1
      """)
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
    insert.bind((try? Deflater.compress(block, isFast: true)) ?? block, at: 5)
    try insert.run()
    forget()
  }

  /// Removes blocks received before an instant, the oldest first, and says how many.
  func retire(before instant: EventTime, limit: Int) throws(SQLiteError) -> Int {
    deleteOldest.bind(instant.ticks, at: 1)
    deleteOldest.bind(limit, at: 2)
    var count = 0
    try deleteOldest.forEachRow { _ in count += 1 }
    return count
  }

  /// The bytes of one record of a block, or nil where it does not hold that record.
  static func record(_ sequence: Int64, in block: [UInt8], sizes: String) -> [UInt8]? {
    var reader = CanonicalReader(Array(sizes.utf8))
    var range: Range<Int>?
    var count = 0
    do throws(CanonicalReader.Malformed) {
      try reader.array { reader throws(CanonicalReader.Malformed) in
        var numbers: [Int64] = []
        try reader.array { reader throws(CanonicalReader.Malformed) in
          numbers.append(try reader.number())
        }
        guard numbers.count == 2, (0...sizeLimit).contains(numbers[1]) else {
          throw CanonicalReader.Malformed(offset: 0)
        }
        let end = count + Int(numbers[1])
        if numbers[0] == sequence { range = count..<end }
        count = end
      }
    } catch { return nil }
    guard let range, let whole = whole(block, count: count) else { return nil }
    return Array(whole[range])
  }

  /// More than any record has; what says more is damaged.
  private static let sizeLimit: Int64 = 1 << 31

  private static func whole(_ block: [UInt8], count: Int) -> [UInt8]? {
    if let bytes = try? Deflater.decompress(block, limit: count), bytes.count == count {
      return bytes
    }
    // A block that could not be compressed was kept as it was.
    return block.count == count ? block : nil
  }
}
