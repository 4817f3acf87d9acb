/// Looks for the key `operationName` in the bytes of a record without understanding them.
enum KeySearch {
  private static let key: StaticString = "\"operationname\""

  /// Whether the key may be there, in any case or behind escapes.
  ///
  /// Never misses it.
  static func mayNameOperation(_ record: RawSpan) -> Bool {
    let bytes = Span<UInt8>(_bytes: record)
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "\"") {
        if isKey(bytes, index) { return true }
      } else if bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.count
        && bytes[index + 1] == UInt8(ascii: "u")
      {
        return true
      }
    }
    return false
  }

  /// What the closure makes of the first text behind the key for which it makes something.
  static func firstOperation<R>(in record: RawSpan, _ body: (RawSpan) -> R?) -> R? {
    let bytes = Span<UInt8>(_bytes: record)
    for index in bytes.indices where isKey(bytes, index) {
      var start = index + key.utf8CodeUnitCount
      while start < bytes.count, isBetween(bytes[start]) { start += 1 }
      guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { continue }
      var end = start + 1
      while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
      if let found = body(record.extracting((start + 1)..<end)) { return found }
    }
    return nil
  }

  private static func isBetween(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func isKey(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    guard start + key.utf8CodeUnitCount <= bytes.count,
      lowered(bytes[start + 1]) == UInt8(ascii: "o")
    else { return false }
    return key.withUTF8Buffer { letters in
      for index in letters.indices {
        guard unsafe lowered(bytes[start + index]) == letters[index] else { return false }
      }
      return true
    }
  }
}
