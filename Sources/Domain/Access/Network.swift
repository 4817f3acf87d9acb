/// A range of addresses: an address, or a prefix such as `10.0.0.0/24` or `2001:db8::/32`.
public struct Network: Hashable, Sendable {
  /// True for IPv6.
  public let isIPv6: Bool
  /// How many leading bits are fixed: 32 or 128 for a single address.
  public let prefixLength: Int
  private let bits: UInt128

  /// The range that a text means, or nil where it is none.
  ///
  /// Bits behind the prefix are ignored. IPv4 written as IPv6 (`::ffff:192.0.2.1`) is IPv4.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = Network.address(parts[0]) else { return nil }
    let width = address.isIPv6 ? 128 : 32
    var length = width
    if parts.count == 2 {
      guard let stated = Network.decimal(parts[1].utf8, digits: 3), stated <= width else {
        return nil
      }
      length = stated
    }
    if address.isIPv6, address.bits >> 32 == 0xFFFF, length >= 96 {
      self.init(isIPv6: false, prefixLength: length - 96, bits: address.bits & 0xFFFF_FFFF)
    } else {
      self.init(isIPv6: address.isIPv6, prefixLength: length, bits: address.bits)
    }
  }

  /// The first and the last address as texts that sort as addresses do.
  public var bounds: (first: String, last: String) {
    let open = (isIPv6 ? 128 : 32) - prefixLength
    let top = open == 128 ? UInt128.max : bits | ((1 << UInt128(open)) - 1)
    return (text(of: bits), text(of: top))
  }

  private func text(of bits: UInt128) -> String {
    let digits = String(bits, radix: 16)
    let zeros = String(repeating: "0", count: (isIPv6 ? 32 : 8) - digits.count)
    return (isIPv6 ? "6:" : "4:") + zeros + digits
  }

  /// True for one address, not a range.
  public var isSingleAddress: Bool { prefixLength == (isIPv6 ? 128 : 32) }

  private init(isIPv6: Bool, prefixLength: Int, bits: UInt128) {
    self.isIPv6 = isIPv6
    self.prefixLength = prefixLength
    let open = (isIPv6 ? 128 : 32) - prefixLength
    self.bits = open == 128 ? 0 : (bits >> UInt128(open)) << UInt128(open)
  }

  /// Whether every address of another range lies in this one.
  public func contains(_ other: Network) -> Bool {
    guard isIPv6 == other.isIPv6, prefixLength <= other.prefixLength else { return false }
    return Network(isIPv6: isIPv6, prefixLength: prefixLength, bits: other.bits).bits == bits
  }

  private static func address(_ text: Substring) -> (isIPv6: Bool, bits: UInt128)? {
    if text.utf8.contains(UInt8(ascii: ":")) { return version6(text).map { (true, $0) } }
    return version4(text).map { (false, UInt128($0)) }
  }

  private static func version4(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard let number = decimal(part.utf8, digits: 3), number <= 255 else { return nil }
      bits = bits << 8 | UInt32(number)
    }
    return bits
  }

  private static func version6(_ text: Substring) -> UInt128? {
    guard text.utf8.count <= 45 else { return nil }
    guard let gap = text.firstRange(of: "::") else {
      guard let groups = groups(text, isEnd: true), groups.count == 8 else { return nil }
      return joined(groups)
    }
    guard let left = groups(text[..<gap.lowerBound], isEnd: false),
      let right = groups(text[gap.upperBound...], isEnd: true), left.count + right.count < 8
    else { return nil }
    let zeros = [UInt16](repeating: 0, count: 8 - left.count - right.count)
    return joined(left + zeros + right)
  }

  /// Groups of four hexadecimal digits; the last of all may be an IPv4 address, which makes two.
  private static func groups(_ text: Substring, isEnd: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if isEnd, index == parts.count - 1, let tail = version4(part) {
        groups += [UInt16(tail >> 16), UInt16(tail & 0xFFFF)]
      } else if (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit),
        let number = UInt16(part, radix: 16)
      {
        groups.append(number)
      } else {
        return nil
      }
    }
    return groups
  }

  private static func joined(_ groups: [UInt16]) -> UInt128 {
    groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  /// A number in plain digits, without a leading zero, which some read as octal.
  private static func decimal(_ text: Substring.UTF8View, digits: Int) -> Int? {
    guard let first = text.first, text.count <= digits, first != 0x30 || text.count == 1 else {
      return nil
    }
    var value = 0
    for byte in text {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
}

/// One source that access was asked for.
public enum AccessSource: Hashable, Sendable {
  /// Every address: `*`, `Any`, `Internet`, or a prefix of no bits.
  case everywhere
  /// A range of addresses.
  case network(Network)
  /// A service tag, or anything else that is no range.
  case tag(String)

  /// The source that a text means.
  public init(_ text: String) {
    let bare = AccessSource.trimmed(text)
    switch bare.lowercased() {
    case "*", "any", "internet": self = .everywhere
    default:
      guard let network = Network(bare) else {
        self = .tag(bare)
        return
      }
      self = network.prefixLength == 0 ? .everywhere : .network(network)
    }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let start = text.drop(while: isBlank)
    guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...end])
  }
}
