internal import JSONScan

/// Finds the elements of a message's arrays that are no objects, such as `null` and `42`.
///
/// The message is one that was scanned: its records are known and stepped over.
struct StrayElements {
  /// The most that are told one by one.
  static let rangeLimit = 1000
  /// More than the scanner enters; what is deeper is a record.
  private static let depthLimit = 20

  /// Where they stand.
  private(set) var ranges: [Range<Int>] = []

  private let limit: Int
  private let slots: [RecordSlot]
  private var index = 0
  private var record = 0

  /// A search for as many as the scan has counted, between its records.
  init(count: Int, records: [RecordSlot]) {
    limit = min(count, StrayElements.rangeLimit)
    slots = records
  }

  /// Walks the message as far as the last one.
  mutating func find(in text: RawSpan) {
    let bytes = Span<UInt8>(_bytes: text)
    skip(bytes, isBlank)
    guard index < bytes.count else { return }
    if bytes[index] == UInt8(ascii: "[") { array(bytes, 0) } else { object(bytes, 0) }
  }

  private mutating func array(_ bytes: Span<UInt8>, _ depth: Int) {
    index += 1
    while ranges.count < limit, depth < StrayElements.depthLimit {
      skip(bytes, isBetween)
      guard index < bytes.count else { return }
      if bytes[index] == UInt8(ascii: "]") {
        index += 1
        return
      }
      if bytes[index] == UInt8(ascii: "{") {
        object(bytes, depth + 1)
      } else {
        let start = index
        skipValue(bytes)
        ranges.append(start..<index)
      }
    }
  }

  /// Steps over a record or an empty object, or enters what holds records of its own.
  private mutating func object(_ bytes: Span<UInt8>, _ depth: Int) {
    if record < slots.count, slots[record].offset == index {
      index += slots[record].length
      record += 1
      return
    }
    index += 1
    while ranges.count < limit, depth < StrayElements.depthLimit {
      skip(bytes, isBetween)
      guard index < bytes.count else { return }
      if bytes[index] == UInt8(ascii: "}") {
        index += 1
        return
      }
      let start = index
      skipValue(bytes)
      let isRecords = StrayElements.isRecordsKey(bytes, start..<index)
      skip(bytes, isBetween)
      guard index < bytes.count, bytes[index] != UInt8(ascii: "}") else { continue }
      if isRecords && bytes[index] == UInt8(ascii: "[") {
        array(bytes, depth + 1)
      } else {
        skipValue(bytes)
      }
    }
  }

  private static func isRecordsKey(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let key: StaticString = "\"records\""
    guard range.count == key.utf8CodeUnitCount else { return false }
    return key.withUTF8Buffer { letters in
      for place in letters.indices {
        guard unsafe bytes[range.lowerBound + place] == letters[place] else { return false }
      }
      return true
    }
  }

  /// Steps over a value of any kind, at least over one byte.
  private mutating func skipValue(_ bytes: Span<UInt8>) {
    var depth = 0
    repeat {
      switch bytes[index] {
      case UInt8(ascii: "\""): skipString(bytes)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        index += 1
      case _ where depth > 0: index += 1
      default:
        index += 1
        skip(bytes) { !isBetween($0) && $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "]") }
      }
    } while depth > 0 && index < bytes.count
  }

  private mutating func skipString(_ bytes: Span<UInt8>) {
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index + 1, bytes.count)
  }

  private mutating func skip(_ bytes: Span<UInt8>, _ isSkipped: (UInt8) -> Bool) {
    while index < bytes.count, isSkipped(bytes[index]) { index += 1 }
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}

/// Whether a byte stands between values.
private func isBetween(_ byte: UInt8) -> Bool {
  isBlank(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
}
