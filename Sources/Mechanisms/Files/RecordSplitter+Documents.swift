extension RecordSplitter {
  /// Finds the next value at the top of the file.
  func advanceDocument() throws(FileError) -> Step {
    guard try skipSeparators(stopAtNewline: false) else { return .end }
    let byte = window.byte(at: position)
    guard byte == 0x7B || byte == 0x5B else {
      // What is no object and no array is damage, which ends with the line at the latest.
      return lend(.message, try extent(from: position, to: .newlineOrBracket))
    }
    if enter(try containerPrefix(), at: position) { return .again }
    let value = Boundary.value(ValueScanner(stopsAtNewline: false))
    return lend(.message, try extent(from: position, to: value))
  }

  private func containerPrefix() throws(FileError) -> ContainerPrefix {
    while true {
      let prefix = window.withElements(position..<window.end) { ContainerPrefix($0) }
      if prefix != .open { return prefix }
      if try !window.refill(keeping: position) { return .none }
    }
  }
}
