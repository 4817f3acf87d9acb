/// One pass over a text that writes it anew with its faults mended.
struct Mender {
  private(set) var output: [UInt8] = []
  private(set) var repairs: JSONRepair = []

  private let source: UnsafeRawBufferPointer
  private var place = 0
  private var depth = 0
  /// The last byte that was no blank; a closing quote for strings.
  private var previous: UInt8 = 0
  /// Where in the output a comma stands that is one too many if a bracket or the end follows.
  private var openComma: Int?
  /// Whether nothing but whole objects and commas has stood outside of brackets.
  private var mayJoin = true

  init(_ source: UnsafeRawBufferPointer) {
    self.source = source
    output.reserveCapacity(source.count + 2)
  }

  mutating func mend() {
    if source.starts(with: [0xEF, 0xBB, 0xBF]) {
      place = 3
      repairs.insert(.byteOrderMark)
    }
    while place < source.count {
      step(source[place])
    }
    finish()
  }

  private mutating func step(_ byte: UInt8) {
    switch byte {
    case _ where byte.isBlank:
      output.append(byte)
      place += 1
    case Character.quote:
      openComma = nil
      mayJoin = mayJoin && depth > 0
      copyString()
      previous = byte
    case Character.apostrophe:
      mendSingleQuotes()
    case Character.openBrace, Character.openBracket:
      open(byte)
    case Character.closeBrace, Character.closeBracket:
      close(byte)
    case Character.comma:
      let followsObject = mayJoin && previous == Character.closeBrace
      let followsValue = depth > 0 ? previous.endsValue : followsObject
      if depth == 0 && !followsValue { mayJoin = false }
      openComma = followsValue ? output.count : nil
      take(byte)
    default:
      openComma = nil
      mayJoin = mayJoin && depth > 0
      take(byte)
    }
  }

  private mutating func take(_ byte: UInt8) {
    output.append(byte)
    previous = byte
    place += 1
  }

  private mutating func open(_ byte: UInt8) {
    if depth == 0 {
      if byte != Character.openBrace { mayJoin = false }
      if mayJoin && previous != 0 {
        if previous == Character.closeBrace { output.append(Character.comma) }
        repairs.insert(.joinedObjects)
      }
    }
    openComma = nil
    depth += 1
    take(byte)
  }

  private mutating func close(_ byte: UInt8) {
    dropOpenComma()
    if depth == 0 {
      mayJoin = false
    } else {
      depth -= 1
      if depth == 0 && byte != Character.closeBrace { mayJoin = false }
    }
    take(byte)
  }

  private mutating func dropOpenComma() {
    guard let comma = openComma else { return }
    // A blank in its place moves nothing.
    output[comma] = 0x20
    openComma = nil
    repairs.insert(.trailingCommas)
  }

  private mutating func finish() {
    if depth == 0 { dropOpenComma() }
    guard repairs.contains(.joinedObjects) else { return }
    output.insert(Character.openBracket, at: 0)
    if depth == 0 && mayJoin { output.append(Character.closeBracket) }
  }
}

// Strings.
extension Mender {
  /// Copies a string in double quotes, control characters escaped.
  private mutating func copyString() {
    output.append(source[place])
    place += 1
    var copied = place
    while place < source.count {
      let byte = source[place]
      if byte == Character.quote {
        place += 1
        break
      }
      if byte == Character.backslash {
        // A backslash before a raw control character has no one meaning: both stay.
        place = min(place + 2, source.count)
      } else if byte < 0x20 {
        copy(from: copied)
        escape(byte)
        place += 1
        copied = place
      } else {
        place += 1
      }
    }
    copy(from: copied)
  }

  private mutating func copy(from start: Int) {
    output.append(contentsOf: UnsafeRawBufferPointer(rebasing: source[start..<place]))
  }

  private mutating func escape(_ control: UInt8) {
    repairs.insert(.controlCharacters)
    switch control {
    case 0x09: output.append(contentsOf: [Character.backslash, 0x74])
    case 0x0A: output.append(contentsOf: [Character.backslash, 0x6E])
    case 0x0D: output.append(contentsOf: [Character.backslash, 0x72])
    default:
      let digits: StaticString = "0123456789abcdef"
      output.append(contentsOf: [Character.backslash, 0x75, 0x30, 0x30])
      output.append(digits.utf8Start[Int(control >> 4)])
      output.append(digits.utf8Start[Int(control & 15)])
    }
  }

  /// Writes a string in single quotes with double ones, or gives up if it may not be one.
  private mutating func mendSingleQuotes() {
    guard depth > 0, previous != 0, !previous.endsValue, let end = endOfSingleQuotes() else {
      copyRest()
      return
    }
    openComma = nil
    repairs.insert(.singleQuotes)
    output.append(Character.quote)
    place += 1
    while place < end {
      let byte = source[place]
      place += 1
      if byte == Character.backslash && place < end {
        let escaped = source[place]
        if escaped != Character.apostrophe { output.append(byte) }
        output.append(escaped)
        place += 1
      } else if byte == Character.quote {
        output.append(contentsOf: [Character.backslash, byte])
      } else if byte < 0x20 {
        escape(byte)
      } else {
        output.append(byte)
      }
    }
    output.append(Character.quote)
    previous = Character.quote
    place = end + 1
  }

  /// Where the single quote stands that ends the string at `place`; nil if that is uncertain.
  private func endOfSingleQuotes() -> Int? {
    var end = place + 1
    while end < source.count && source[end] != Character.apostrophe {
      end += source[end] == Character.backslash ? 2 : 1
    }
    guard end < source.count else { return nil }
    var next = end + 1
    while next < source.count && source[next].isBlank { next += 1 }
    guard next < source.count else { return end }
    switch source[next] {
    case Character.closeBrace, Character.closeBracket, Character.comma, Character.colon: return end
    default: return nil
    }
  }

  private mutating func copyRest() {
    let start = place
    place = source.count
    copy(from: start)
    openComma = nil
    mayJoin = false
  }
}

/// The bytes that have a meaning in JSON.
private enum Character {
  static let quote: UInt8 = 0x22
  static let apostrophe: UInt8 = 0x27
  static let comma: UInt8 = 0x2C
  static let colon: UInt8 = 0x3A
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  /// Whether a value may end with this byte, as opposed to what comes before a value.
  fileprivate var endsValue: Bool {
    switch self {
    case 0, Character.comma, Character.colon, Character.openBrace, Character.openBracket: false
    default: true
    }
  }
}
