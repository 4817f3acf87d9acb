/// Tells from its first bytes whether a value holds records to be lent one by one.
enum ContainerPrefix: Equatable {
  /// An array; its elements begin at this index.
  case array(Int)
  /// An object whose first key is `records` or `value` with an array; elements begin at this index.
  case object(Int)
  /// Anything else.
  case none
  /// These bytes do not say yet.
  case open

  /// More blanks than this between the first bytes make it no container.
  static let longest = 4096

  private static let keys: [[UInt8]] = [Array("\"records\"".utf8), Array("\"value\"".utf8)]

  init(_ bytes: Span<UInt8>) {
    let end = min(bytes.count, Self.longest)
    self = bytes.count > 0 && bytes[0] == 0x5B ? .array(1) : Self.object(bytes, end)
    if self == .open && bytes.count >= Self.longest { self = .none }
  }

  private static func object(_ bytes: Span<UInt8>, _ end: Int) -> ContainerPrefix {
    guard end > 0 else { return .open }
    guard bytes[0] == 0x7B else { return .none }
    guard let key = Separator.firstSolid(in: bytes, from: 1, to: end) else { return .open }
    var isOpen = false
    for candidate in keys {
      switch match(candidate, bytes, key, end) {
      case .object(let after): return valueIsArray(bytes, after, end)
      case .open: isOpen = true
      default: continue
      }
    }
    return isOpen ? .open : .none
  }

  private static func match(
    _ key: [UInt8], _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> ContainerPrefix {
    for offset in key.indices {
      guard start + offset < end else { return .open }
      guard bytes[start + offset] == key[offset] else { return .none }
    }
    return .object(start + key.count)
  }

  private static func valueIsArray(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> ContainerPrefix {
    guard let colon = Separator.firstSolid(in: bytes, from: start, to: end) else { return .open }
    guard bytes[colon] == 0x3A else { return .none }
    guard let value = Separator.firstSolid(in: bytes, from: colon + 1, to: end) else {
      return .open
    }
    return bytes[value] == 0x5B ? .object(value + 1) : .none
  }
}
