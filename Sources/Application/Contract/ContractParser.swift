/// Why a text is no JSON of the contract.
public struct ContractSyntaxError: Error, Hashable, CustomStringConvertible {
  /// Where in the text's UTF-8 it shows.
  public let offset: Int
  /// One plain sentence.
  public let reason: String

  /// The sentence with its place.
  public var description: String { "\(reason) (byte \(offset))" }
}

extension ContractValue {
  /// The value that a JSON text means; strict, and without numbers that are not whole.
  public init(json text: String) throws(ContractSyntaxError) {
    try self.init(json: Array(text.utf8))
  }

  /// The value that the bytes of a JSON text mean.
  public init(json bytes: [UInt8]) throws(ContractSyntaxError) {
    var parser = ContractParser(bytes: bytes)
    self = try parser.document()
  }
}

/// A recursive reader of RFC 8259 that refuses what it does not know.
private struct ContractParser {
  let bytes: [UInt8]
  var index = 0
  var depth = 0

  static let depthLimit = 64

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(ContractSyntaxError) -> ContractValue {
    let value = try self.value()
    skipBlanks()
    guard index == bytes.count else { throw failure("Something follows the value.") }
    return value
  }

  private mutating func value() throws(ContractSyntaxError) -> ContractValue {
    skipBlanks()
    guard index < bytes.count else { throw failure("A value is missing.") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .list(try list())
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func object() throws(ContractSyntaxError) -> ContractRow {
    try enter()
    var row = ContractRow()
    var seen: Set<String> = []
    skipBlanks()
    if take(UInt8(ascii: "}")) { return leave(row) }
    repeat {
      skipBlanks()
      let start = index
      let name = try text()
      guard seen.insert(name).inserted else {
        throw ContractSyntaxError(offset: start, reason: "The key is there twice.")
      }
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw failure("A colon is missing.") }
      row.fields.append(ContractRow.Field(name, try value()))
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure("The object is not closed.") }
    return leave(row)
  }

  private mutating func list() throws(ContractSyntaxError) -> [ContractValue] {
    try enter()
    var values: [ContractValue] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return leave(values) }
    repeat {
      values.append(try value())
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("The list is not closed.") }
    return leave(values)
  }

  private mutating func number() throws(ContractSyntaxError) -> Int64 {
    let start = index
    _ = take(UInt8(ascii: "-"))
    let firstDigit = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    guard index > firstDigit else { throw failure("This is no value.") }
    guard index == firstDigit + 1 || bytes[firstDigit] != 0x30 else {
      throw ContractSyntaxError(offset: start, reason: "The number begins with a zero.")
    }
    if index < bytes.count, [0x2E, 0x45, 0x65].contains(bytes[index]) {
      throw ContractSyntaxError(offset: start, reason: "The number is not a whole one.")
    }
    guard let number = Int64(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw ContractSyntaxError(offset: start, reason: "The number is too large.")
    }
    return number
  }

  private mutating func text() throws(ContractSyntaxError) -> String {
    guard take(UInt8(ascii: "\"")) else { throw failure("A text is missing.") }
    let start = index
    var content: [UInt8] = []
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] < 0x20 { throw failure("A control character stands in a text.") }
      if take(UInt8(ascii: "\\")) {
        content.append(contentsOf: String(Character(try escaped())).utf8)
      } else {
        content.append(bytes[index])
        index += 1
      }
    }
    guard take(UInt8(ascii: "\"")) else { throw failure("The text is not closed.") }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw ContractSyntaxError(offset: start, reason: "The text is not UTF-8.")
    }
    return text
  }

  private mutating func escaped() throws(ContractSyntaxError) -> Unicode.Scalar {
    guard index < bytes.count else { throw failure("The text is not closed.") }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try codePoint()
    default: throw failure("The escape is unknown.")
    }
  }

  private mutating func codePoint() throws(ContractSyntaxError) -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u"))
    else { throw failure("A surrogate stands alone.") }
    let second = try fourDigits()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure("A surrogate stands alone.") }
    return scalar
  }

  private mutating func fourDigits() throws(ContractSyntaxError) -> UInt32 {
    let digits = bytes[index..<min(index + 4, bytes.count)]
    guard digits.count == 4, !digits.contains(UInt8(ascii: "+")),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("Four hexadecimal digits are missing.") }
    index += 4
    return code
  }

  private mutating func word(
    _ word: StaticString, _ value: ContractValue
  ) throws(ContractSyntaxError) -> ContractValue {
    let letters = Array(word.description.utf8)
    guard bytes[index...].starts(with: letters) else { throw failure("This is no value.") }
    index += letters.count
    return value
  }

  private mutating func enter() throws(ContractSyntaxError) {
    depth += 1
    guard depth <= ContractParser.depthLimit else { throw failure("It is nested too deep.") }
    index += 1
  }

  private mutating func leave<Value>(_ value: Value) -> Value {
    depth -= 1
    return value
  }

  private mutating func skipBlanks() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private func failure(_ reason: String) -> ContractSyntaxError {
    ContractSyntaxError(offset: index, reason: reason)
  }
}
