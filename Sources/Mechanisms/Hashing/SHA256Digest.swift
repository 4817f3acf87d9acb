/// A SHA-256 digest, held as four words without a heap allocation.
///
/// Digests are ordered as their bytes are, which is also the order of their hexadecimal text.
public struct SHA256Digest: Hashable, Comparable, Sendable {
  /// The number of bytes of a digest.
  public static let byteCount = 32

  /// Bytes 0 to 7, the first being the most significant.
  public let word0: UInt64
  /// Bytes 8 to 15.
  public let word1: UInt64
  /// Bytes 16 to 23.
  public let word2: UInt64
  /// Bytes 24 to 31.
  public let word3: UInt64

  /// Puts a digest together from its four words.
  public init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// Reads a digest from its 32 bytes; nil for any other count.
  public init?(bytes: [UInt8]) {
    self.init(bytes: bytes.span)
  }

  /// Reads a digest from its 32 borrowed bytes; nil for any other count.
  public init?(bytes: Span<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    func word(_ index: Int) -> UInt64 {
      var value: UInt64 = 0
      for offset in index * 8..<index * 8 + 8 { value = value << 8 | UInt64(bytes[offset]) }
      return value
    }
    self.init(word(0), word(1), word(2), word(3))
  }

  /// Reads a digest from 64 hexadecimal digits of either case; nil for any other text.
  public init?(hex: some StringProtocol) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for character in hex.utf8 {
      guard count < 2 * Self.byteCount, let digit = Self.value(ofDigit: character) else {
        return nil
      }
      switch count / 16 {
      case 0: words.0 = words.0 << 4 | digit
      case 1: words.1 = words.1 << 4 | digit
      case 2: words.2 = words.2 << 4 | digit
      default: words.3 = words.3 << 4 | digit
      }
      count += 1
    }
    guard count == 2 * Self.byteCount else { return nil }
    self.init(words.0, words.1, words.2, words.3)
  }

  /// The 32 bytes of the digest.
  public var bytes: [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
      for word in [word0, word1, word2, word3] {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
          unsafe buffer[count] = UInt8(truncatingIfNeeded: word >> shift)
          count += 1
        }
      }
    }
  }

  /// The digest as 64 hexadecimal digits in lower case.
  public var hex: String {
    unsafe String(unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer in
      var count = 0
      for word in [word0, word1, word2, word3] {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
          let digit = UInt8(truncatingIfNeeded: word >> shift & 15)
          unsafe buffer[count] = digit < 10 ? 48 + digit : 87 + digit
          count += 1
        }
      }
      return count
    }
  }

  /// Compares the digests byte by byte, the first byte first.
  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    if left.word0 != right.word0 { return left.word0 < right.word0 }
    if left.word1 != right.word1 { return left.word1 < right.word1 }
    if left.word2 != right.word2 { return left.word2 < right.word2 }
    return left.word3 < right.word3
  }

  /// Feeds the first word only: the bits of a digest are already as even as a hash could make them.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(word0)
  }

  private static func value(ofDigit character: UInt8) -> UInt64? {
    switch character {
    case 48...57: UInt64(character - 48)
    case 65...70: UInt64(character - 55)
    case 97...102: UInt64(character - 87)
    default: nil
    }
  }
}

extension SHA256Digest: CustomStringConvertible {
  /// The digest as hexadecimal text.
  public var description: String { hex }
}
