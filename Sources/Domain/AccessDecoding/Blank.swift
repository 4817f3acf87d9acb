/// What counts as a blank in texts of the activity log.
enum Blank {
  /// The bytes of the blank at a place, 0 when there is none: ASCII's, and the two kinds that do
  /// not break and that browsers put between a time and its AM or PM.
  static func width(_ text: Span<UInt8>, at index: Int) -> Int {
    switch text[index] {
    case 0x20, 0x09, 0x0A, 0x0D: 1
    case 0xC2: index + 1 < text.count && text[index + 1] == 0xA0 ? 2 : 0
    case 0xE2:
      index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] == 0xAF ? 3 : 0
    default: 0
    }
  }

  /// The first byte that is no blank of ASCII's; nil when there is none.
  static func firstOther(in text: RawSpan) -> UInt8? {
    let bytes = Span<UInt8>(_bytes: text)
    for index in bytes.indices where !isASCII(bytes[index]) { return bytes[index] }
    return nil
  }

  /// The text without blanks of ASCII's at its ends.
  static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last,
      isASCII(first) || isASCII(last)
    else { return text }
    let start = text.utf8.firstIndex { !isASCII($0) } ?? text.utf8.endIndex
    let end = text.utf8.lastIndex { !isASCII($0) }.map { text.utf8.index(after: $0) } ?? start
    return String(text[start..<end])
  }

  private static func isASCII(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
