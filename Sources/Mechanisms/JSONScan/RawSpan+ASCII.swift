extension RawSpan {
  /// Whether the bytes are exactly this text.
  @inlinable
  public func isEqual(to text: StaticString) -> Bool {
    guard byteCount == text.utf8CodeUnitCount, text.hasPointerRepresentation else { return false }
    for index in 0..<byteCount where self[unchecked: index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether the bytes are this text when the case of ASCII letters does not count.
  @inlinable
  public func isEqualIgnoringASCIICase(to text: StaticString) -> Bool {
    guard byteCount == text.utf8CodeUnitCount, text.hasPointerRepresentation else { return false }
    for index in 0..<byteCount
    where lowered(self[unchecked: index]) != lowered(text.utf8Start[index]) {
      return false
    }
    return true
  }

  @inlinable
  subscript(unchecked index: Int) -> UInt8 {
    unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
  }
}

/// The byte with an ASCII capital letter made small.
@inlinable
func lowered(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
