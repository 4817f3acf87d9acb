extension RecordSplitter {
  /// Finds the next line.
  ///
  /// The bytes are looked at once, by `memchr`.
  func advanceLine() throws(FileError) -> Step {
    let start = position
    var searched = start
    while true {
      let newline = window.newline(from: searched)
      if (newline ?? window.end) - start > Self.wholeLineLimit {
        return try advanceLongLine(from: start, searched: searched)
      }
      if let newline { return endLine(start, newline) }
      searched = window.end
      if try !window.refill(keeping: start) { return endFile(start) }
    }
  }

  private func endLine(_ start: Int, _ newline: Int) -> Step {
    lineStart = newline + 1
    let step = lendTrimmed(start, newline)
    position = lineStart
    return step
  }

  private func endFile(_ start: Int) -> Step {
    if start == window.end { return .end }
    let step = lendTrimmed(start, window.end)
    if start == lineStart, case .piece(let piece) = step {
      lastLineIsWhole = isWholeValue(Int(piece.offset)..<Int(piece.offset + piece.length))
    }
    position = window.end
    return step
  }

  private func lendTrimmed(_ start: Int, _ end: Int) -> Step {
    var start = start
    var end = end
    while start < end, Separator.isBlank(window.byte(at: start)) { start += 1 }
    while start < end, Separator.isBlank(window.byte(at: end - 1)) { end -= 1 }
    if start == end { return .again }
    return lend(.message, Extent(start: start, end: end, isWhole: true))
  }

  private func advanceLongLine(from start: Int, searched: Int) throws(FileError) -> Step {
    var solid = start
    while solid < window.end, Separator.isBlank(window.byte(at: solid)) { solid += 1 }
    let prefix = window.withElements(solid..<window.end) { ContainerPrefix($0) }
    if enter(prefix, at: solid) { return .again }
    let extent = try extent(from: start, searched: searched, to: .newline)
    let step = lend(.message, extent)
    if extent.isWhole {
      position = extent.end + 1
      lineStart = position
    }
    return step
  }

  private func isWholeValue(_ range: Range<Int>) -> Bool {
    let first = window.byte(at: range.lowerBound)
    guard first == 0x7B || first == 0x5B else { return false }
    return window.withElements(range) { bytes in
      var scanner = ValueScanner(stopsAtNewline: true)
      return scanner.scan(bytes) == .ended(bytes.count)
    }
  }
}
