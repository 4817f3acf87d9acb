/// Finds where a JSON value ends by its strings and brackets alone, over any number of pieces.
///
/// It does not check that the brackets fit each other; that is the parser's business.
struct ValueScanner {
  /// What a piece of the value brought.
  enum Outcome: Equatable {
    /// The value ends before this index.
    case ended(Int)
    /// A newline stands at this index inside a value that must not have one.
    case newline(Int)
    /// The value goes on after this piece.
    case open
  }

  private(set) var isInString = false
  private var isEscaped = false
  private var isScalar = false
  private var depth: Int
  private let stopsAtNewline: Bool

  /// Starts at the first byte of a value, or inside of `depth` brackets.
  init(stopsAtNewline: Bool, depth: Int = 0) {
    self.stopsAtNewline = stopsAtNewline
    self.depth = depth
  }

  mutating func scan(_ bytes: Span<UInt8>) -> Outcome {
    var index = 0
    while index < bytes.count {
      if isInString {
        if let outcome = scanString(bytes, &index) { return outcome }
        continue
      }
      let byte = bytes[index]
      if isScalar && endsScalar(byte) { return .ended(index) }
      switch byte {
      case 0x22: isInString = true
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D:
        depth -= 1
        if depth <= 0 { return .ended(index + 1) }
      case 0x0A: if stopsAtNewline { return .newline(index) }
      default: if depth == 0 && byte > 0x20 { isScalar = true }
      }
      index += 1
    }
    return .open
  }

  /// Goes on in a string; nil when it is over or the piece is, and the value goes on.
  private mutating func scanString(_ bytes: Span<UInt8>, _ index: inout Int) -> Outcome? {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0A && stopsAtNewline { return .newline(index) }
      index += 1
      if isEscaped {
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else if byte == 0x22 {
        isInString = false
        return depth == 0 ? .ended(index) : nil
      }
    }
    return nil
  }

  private func endsScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D: true
    default: byte <= 0x20
    }
  }
}

/// The bytes that JSON knows between its values.
enum Separator {
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  static func firstSolid(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end {
      if !isBlank(bytes[index]) { return index }
      index += 1
    }
    return nil
  }
}
