extension RecordSplitter {
  /// Finds the next row of a table.
  func advanceRow() throws(FileError) -> Step {
    let start = position
    if start == window.end, try !window.refill(keeping: start) { return .end }
    var row = try extent(from: start, to: .row(RowScanner()))
    let next = row.isWhole ? row.end + 1 : row.end
    if row.head == nil, row.end > start, window.byte(at: row.end - 1) == 0x0D { row.end -= 1 }
    let isHeader = mode == .rows && isBeforeHeader
    let isBlank = row.end == start
    let step = isBlank ? Step.again : lend(isHeader ? .header : .row, row)
    if !isBlank { isBeforeHeader = false }
    position = next
    if row.isWhole { lineStart = next }
    return step
  }

  /// Whether the first row is the header of a table; nil when more bytes are needed to tell.
  static func isTable(
    _ window: borrowing ByteWindow, from start: Int, isFinal: Bool, _ isHeader: (RawSpan) -> Bool
  ) -> Bool? {
    var scanner = RowScanner()
    let found = window.withElements(start..<window.end) { bytes -> Int? in
      let first = Separator.firstSolid(in: bytes, from: 0, to: bytes.count)
      // JSON is no table, whatever its first line holds.
      if let first, bytes[first] == 0x7B || bytes[first] == 0x5B { return -1 }
      return scanner.end(in: bytes)
    }
    guard let found = found ?? (isFinal ? window.end - start : nil) else { return nil }
    guard found >= 0 else { return false }
    var end = start + found
    if end > start, window.byte(at: end - 1) == 0x0D { end -= 1 }
    return window.withBytes(start..<end, isHeader)
  }
}
