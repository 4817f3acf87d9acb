/// Cuts one row of a CSV text (RFC 4180) into its fields; keeps its list for the next row.
///
/// A row may hold newlines between quotes; where it ends is known to who cut the text into rows.
struct CSVReader {
  /// Where a field stands in its row, without its quotes.
  struct Field: Hashable {
    var range: Range<Int>
    /// Whether quotes in it are written twice.
    var hasDoubledQuotes = false
  }

  /// What about a row is no CSV.
  enum Fault: Hashable, CustomStringConvertible {
    case openQuote
    case textBehindQuote

    var description: String {
      switch self {
      case .openQuote: "a quote in it is not closed"
      case .textBehindQuote: "text follows a closing quote in it"
      }
    }
  }

  private(set) var fields: [Field] = []

  /// Reads a row without its line break; nil when it is whole.
  ///
  /// After a fault the fields before it are there.
  mutating func read(_ row: RawSpan) -> Fault? {
    let bytes = Span<UInt8>(_bytes: row)
    fields.removeAll(keepingCapacity: true)
    var index = 0
    while true {
      let isQuoted = index < bytes.count && bytes[index] == UInt8(ascii: "\"")
      if isQuoted {
        if let fault = quoted(bytes, &index) { return fault }
      } else {
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: ",") { index += 1 }
        fields.append(Field(range: start..<index))
      }
      guard index < bytes.count else { return nil }
      index += 1
    }
  }

  /// Reads a field in quotes and stops at the comma behind it, or at the end.
  private mutating func quoted(_ bytes: Span<UInt8>, _ index: inout Int) -> Fault? {
    var field = Field(range: (index + 1)..<(index + 1))
    index += 1
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\"") else {
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
        field.hasDoubledQuotes = true
        index += 2
        continue
      }
      field.range = field.range.lowerBound..<index
      fields.append(field)
      index += 1
      return index == bytes.count || bytes[index] == UInt8(ascii: ",") ? nil : .textBehindQuote
    }
    return .openQuote
  }

  /// The bytes of a field as it was before it was written.
  func value(_ number: Int, of row: RawSpan) -> [UInt8] {
    let field = fields[number]
    let bytes = copied(row.extracting(field.range))
    guard field.hasDoubledQuotes else { return bytes }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      plain.append(bytes[index])
      index += bytes[index] == UInt8(ascii: "\"") ? 2 : 1
    }
    return plain
  }

  /// Whether a field holds nothing but blanks.
  func isBlank(_ number: Int, of row: RawSpan) -> Bool {
    Blank.firstOther(in: row.extracting(fields[number].range)) == nil
  }
}
