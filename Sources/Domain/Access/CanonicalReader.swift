/// Reads back what `CanonicalJSON` wrote; anything else is refused, not guessed at.
public struct CanonicalReader {
  private let bytes: [UInt8]
  private var index: Int

  /// What is wrong: the bytes are not what this version writes.
  public struct Malformed: Error {
    /// Where the bytes stop making sense.
    public let offset: Int

    /// Bytes that stop making sense at an offset.
    public init(offset: Int) { self.offset = offset }
  }

  /// A reader at the beginning of bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = 0
  }

  /// Reads an object, handing each key to the closure, which must read its value.
  public mutating func object(
    _ member: (inout CanonicalReader, String) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try text()
      try expect(UInt8(ascii: ":"))
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Reads an array, calling the closure before each element.
  public mutating func array(
    _ element: (inout CanonicalReader) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return }
    repeat { try element(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  /// Reads a text.
  public mutating func text() throws(Malformed) -> String {
    try expect(UInt8(ascii: "\""))
    let start = index
    var all: UInt8 = 0
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != 0x5C {
      all |= bytes[index]
      index += 1
    }
    guard index < bytes.count else { throw Malformed(offset: index) }
    if bytes[index] == UInt8(ascii: "\"") {
      defer { index += 1 }
      // Plain ASCII, which nearly all texts are, needs no second look.
      if all < 0x80 { return String(decoding: bytes[start..<index], as: UTF8.self) }
      return try string(bytes[start..<index], at: start)
    }
    return try escapedText(from: start)
  }

  /// Reads a whole number.
  public mutating func number() throws(Malformed) -> Int64 {
    let start = index
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let value = Int64(text), String(value) == text else { throw Malformed(offset: start) }
    return value
  }

  /// Reads an instant.
  public mutating func time() throws(Malformed) -> EventTime {
    let start = index
    guard let time = EventTime(rfc3339: try text()) else { throw Malformed(offset: start) }
    return time
  }

  /// Reads true or false.
  public mutating func flag() throws(Malformed) -> Bool {
    if take("true") { return true }
    guard take("false") else { throw Malformed(offset: index) }
    return false
  }

  /// Reads null where it comes next; otherwise reads nothing and says false.
  public mutating func null() -> Bool { take("null") }

  /// Whether an object comes next.
  var isAtObject: Bool { index < bytes.count && bytes[index] == UInt8(ascii: "{") }

  /// Makes sure that nothing is left.
  public func finish() throws(Malformed) {
    guard index == bytes.count else { throw Malformed(offset: index) }
  }

  private mutating func escapedText(from start: Int) throws(Malformed) -> String {
    var content = Array(bytes[start..<index])
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      guard bytes[index] == 0x5C else {
        content.append(bytes[index])
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { throw Malformed(offset: index) }
      content.append(try unescaped(bytes[index + 1]))
      index += bytes[index + 1] == UInt8(ascii: "u") ? 6 : 2
    }
    try expect(UInt8(ascii: "\""))
    return try string(content[...], at: start)
  }

  private func string(
    _ content: ArraySlice<UInt8>, at start: Int
  ) throws(Malformed) -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw Malformed(offset: start)
    }
    return text
  }

  private func unescaped(_ letter: UInt8) throws(Malformed) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "u"):
      // Only control characters are written by their number.
      guard index + 6 <= bytes.count, bytes[(index + 2)..<(index + 4)] == [0x30, 0x30],
        (0x30...0x31).contains(bytes[index + 4]),
        let code = UInt8(
          String(decoding: bytes[(index + 4)..<(index + 6)], as: UTF8.self), radix: 16)
      else { throw Malformed(offset: index) }
      return code
    default: throw Malformed(offset: index)
    }
  }

  private mutating func expect(_ byte: UInt8) throws(Malformed) {
    guard take(byte) else { throw Malformed(offset: index) }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let end = index + word.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    let isSame = word.withUTF8Buffer { unsafe bytes[index..<end].elementsEqual($0) }
    if isSame { index = end }
    return isSame
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }
}
