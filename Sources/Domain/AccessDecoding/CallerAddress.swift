/// Reads the address of a caller as the activity log writes it.
enum CallerAddress {
  /// The address without its port; nil for none, for the placeholder and for a network.
  static func parse(_ text: String) -> String? {
    let text = Blank.trimmed(text)
    guard !text.isEmpty, text.lowercased() != "<null>", !text.utf8.contains(UInt8(ascii: "/"))
    else { return nil }
    if text.utf8.first == UInt8(ascii: "[") { return bracketed(text) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // More than one colon is IPv6, where a port without brackets cannot be told.
    guard parts.count == 2, parts[0].utf8.contains(UInt8(ascii: ".")), isPort(parts[1]) else {
      return text
    }
    return String(parts[0])
  }

  private static func bracketed(_ text: String) -> String {
    guard let end = text.firstIndex(of: "]") else { return text }
    let rest = text[text.index(after: end)...]
    guard rest.isEmpty || (rest.first == ":" && isPort(rest.dropFirst())) else { return text }
    let address = text[text.index(after: text.startIndex)..<end]
    return address.isEmpty ? text : String(address)
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
