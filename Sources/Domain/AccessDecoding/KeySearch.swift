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

// Records of other shapes.
extension KeySearch {
  private static let prefix: StaticString = "\"operationname"

  /// Whether a record that cannot be read may be of another shape and name an operation for which
  /// the closure says true.
  ///
  /// In those the name stands behind `operationName` or `OperationNameValue`, or in an object there.
  static func mayBeForeign(_ record: RawSpan, _ isRelevant: (RawSpan) -> Bool) -> Bool {
    let bytes = Span<UInt8>(_bytes: record)
    for index in bytes.indices where isPrefix(bytes, index) {
      var place = index + 1
      // The rest of the key, what stands between quotes, `value` and its text, and one more pair.
      for _ in 0..<10 {
        guard let text = nextText(bytes, from: &place) else { break }
        if isRelevant(record.extracting(text)) { return true }
      }
    }
    return false
  }

  /// The text before the next quote, and the place behind it.
  private static func nextText(_ bytes: Span<UInt8>, from place: inout Int) -> Range<Int>? {
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += 1 }
    guard place < bytes.count else { return nil }
    place += 1
    return start..<(place - 1)
  }

  private static func isPrefix(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    guard start + prefix.utf8CodeUnitCount <= bytes.count, bytes[start] == UInt8(ascii: "\"") else {
      return false
    }
    return prefix.withUTF8Buffer { letters in
      for index in letters.indices {
        guard unsafe lowered(bytes[start + index]) == letters[index] else { return false }
      }
      return true
    }
  }
}
