/// Where a record stands in its message.
public struct RecordSlot: Hashable, Sendable {
  /// The offset of the opening brace.
  public let offset: Int
  /// The number of bytes from the opening to the closing brace, both included.
  public let length: Int
  /// Whether the members read so far looked like JSON.
  ///
  /// Reading stops when all keys are found, so `true` promises nothing about what follows them.
  public let isRegular: Bool

  @inlinable
  init(offset: Int, length: Int, isRegular: Bool) {
    self.offset = offset
    self.length = length
    self.isRegular = isRegular
  }
}

/// Where the value of a key stands in its message.
public struct ValueSlot: Hashable, Sendable {
  /// What kind of value a key has.
  public enum Kind: UInt32, Sendable {
    /// The record has no member with exactly this key.
    case absent
    /// A string without escapes: its bytes are its text.
    case string
    /// A string with escapes; its bytes are the source between the quotes.
    case escapedString
    /// Any other value; its bytes are its source.
    case other
  }

  /// What kind of value it is.
  public let kind: Kind
  /// The offset of the value's bytes, for strings behind the quote.
  public let offset: Int
  /// The number of the value's bytes, for strings without the quotes.
  public let length: Int

  @inlinable
  init(kind: Kind, offset: Int, length: Int) {
    self.kind = kind
    self.offset = offset
    self.length = length
  }
}
