/// Reads back what `CanonicalJSON` wrote; anything else is refused, not guessed at.
struct CanonicalReader {
  private let bytes: [UInt8]
  private var index: Int

  /// What is wrong: the bytes are not what this version writes.
  struct Malformed: Error {
    let offset: Int
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = 0
  }

  /// Reads an object, handing each key to the closure, which must read its value.
  mutating func object(
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
  mutating func array(
    _ element: (inout CanonicalReader) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return }
    repeat { try element(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  mutating func text() throws(Malformed) -> String {
    try expect(UInt8(ascii: "\""))
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != 0x5C {
      index += 1
    }
    guard index < bytes.count else { throw Malformed(offset: index) }
    if bytes[index] == UInt8(ascii: "\"") {
      defer { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    return try escapedText(from: start)
  }

  mutating func number() throws(Malformed) -> Int64 {
    let start = index
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    guard let value = Int64(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw Malformed(offset: start)
    }
    return value
  }

  mutating func flag() throws(Malformed) -> Bool {
    for (word, value) in [("true", true), ("false", false)] {
      let end = index + word.utf8.count
      if end <= bytes.count, bytes[index..<end].elementsEqual(word.utf8) {
        index = end
        return value
      }
    }
    throw Malformed(offset: index)
  }

  mutating func time() throws(Malformed) -> EventTime {
    let start = index
    guard let time = EventTime(rfc3339: try text()) else { throw Malformed(offset: start) }
    return time
  }

  func finish() throws(Malformed) {
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
    return String(decoding: content, as: UTF8.self)
  }

  private func unescaped(_ letter: UInt8) throws(Malformed) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"):
      guard index + 6 <= bytes.count,
        let code = UInt8(
          String(decoding: bytes[(index + 4)..<(index + 6)], as: UTF8.self), radix: 16)
      else { throw Malformed(offset: index) }
      return code
    default: return letter
    }
  }

  private mutating func expect(_ byte: UInt8) throws(Malformed) {
    guard take(byte) else { throw Malformed(offset: index) }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }
}
