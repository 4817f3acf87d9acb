/// Text on its way into a CSV file that a spreadsheet may open.
public enum CSVText {
  /// Appends one cell by RFC 4180; a text that a spreadsheet would run gets an apostrophe before it.
  public static func append(_ text: String, to bytes: inout [UInt8]) {
    let needsApostrophe = text.utf8.first.map(startsFormula) ?? false
    guard needsApostrophe || text.utf8.contains(where: needsQuotes) else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    let quoted = text.utf8.contains(where: needsQuotes)
    if quoted { bytes.append(UInt8(ascii: "\"")) }
    if needsApostrophe { bytes.append(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    if quoted { bytes.append(UInt8(ascii: "\"")) }
  }

  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A,
      0x0D:
      true
    default: false
    }
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
  }
}
