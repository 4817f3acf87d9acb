/// A pattern for names: `*` is any text, also across `/`, `?` is one character, case is ignored.
public struct Glob: Hashable, Sendable {
  /// The pattern as it was written.
  public let text: String
  private let pattern: [UInt8]

  /// A pattern as it is written in the settings.
  public init(_ text: String) {
    self.text = text
    pattern = Array(text.lowercased().utf8)
  }

  /// Whether every text fits the pattern.
  public var matchesAll: Bool {
    !pattern.isEmpty && pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Whether the whole of a text fits the pattern.
  public func matches(_ text: String) -> Bool { matches(lowercased: text.lowercased()) }

  /// Whether the whole of a text without capital letters fits the pattern.
  ///
  /// On a mismatch only the last `*` is tried with one character more: the one before it has
  /// found its earliest place already. So the cost is the product of both lengths at worst.
  public func matches(lowercased text: String) -> Bool {
    let bytes = text.utf8.span
    var (index, place) = (0, 0)
    var star: (index: Int, place: Int)?
    while place < bytes.count {
      if index < pattern.count, pattern[index] == UInt8(ascii: "*") {
        star = (index, place)
        index += 1
      } else if index < pattern.count, pattern[index] == UInt8(ascii: "?") {
        index += 1
        place = Glob.next(place, in: bytes)
      } else if index < pattern.count, pattern[index] == bytes[place] {
        index += 1
        place += 1
      } else if let last = star {
        index = last.index + 1
        place = Glob.next(last.place, in: bytes)
        star = (last.index, place)
      } else {
        return false
      }
    }
    while index < pattern.count, pattern[index] == UInt8(ascii: "*") { index += 1 }
    return index == pattern.count
  }

  /// Where the character after the one at a place begins.
  private static func next(_ place: Int, in bytes: Span<UInt8>) -> Int {
    var next = place + 1
    while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
