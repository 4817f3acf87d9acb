/// Decides from the beginning of a file whether its lines are messages.
///
/// They are when the first line is a whole JSON value, and also when it is damaged in a way that no
/// document written over several lines is: then the damage is to stay inside that line.
enum ModeProbe {
  /// No more than this is looked at.
  static let longest = 1024 * 1024

  /// The mode, or nil when more bytes are needed; with `isFinal` there is always an answer.
  static func mode(of bytes: Span<UInt8>, isFinal: Bool) -> RecordSplitter.Mode? {
    let undecided: RecordSplitter.Mode? = isFinal ? .lines : nil
    guard let start = Separator.firstSolid(in: bytes, from: 0, to: bytes.count) else {
      return undecided
    }
    guard bytes[start] == 0x7B || bytes[start] == 0x5B else { return .lines }
    let newline = firstNewline(in: bytes, from: start)
    let end = newline ?? bytes.count
    var scanner = ValueScanner(stopsAtNewline: true)
    guard case .ended(let after) = scanner.scan(bytes.extracting(start..<end)) else {
      guard let newline else { return undecided }
      if scanner.isInString { return modeAfterOpenString(bytes, newline, isFinal) }
      return modeAfterOpenLine(bytes, newline, isFinal)
    }
    guard let next = Separator.firstSolid(in: bytes, from: start + after, to: end) else {
      return newline == nil ? undecided : .lines
    }
    let isFollowed = bytes[next] == 0x2C || bytes[next] == 0x7B || bytes[next] == 0x5B
    return isFollowed ? .documents : .lines
  }

  /// The line was cut off where the next one begins a value; else the string holds the newline.
  private static func modeAfterOpenString(
    _ bytes: Span<UInt8>, _ newline: Int, _ isFinal: Bool
  ) -> RecordSplitter.Mode? {
    guard let next = Separator.firstSolid(in: bytes, from: newline, to: bytes.count) else {
      return isFinal ? .lines : nil
    }
    return bytes[next] == 0x7B || bytes[next] == 0x5B ? .lines : .documents
  }

  /// The first line is the beginning of a document, unless the second stands on its own.
  private static func modeAfterOpenLine(
    _ bytes: Span<UInt8>, _ newline: Int, _ isFinal: Bool
  ) -> RecordSplitter.Mode? {
    var last = newline - 1
    while Separator.isBlank(bytes[last]) { last -= 1 }
    // After these a new line may begin with a whole object also inside of a document.
    let goesOn = [0x2C, 0x3A, 0x5B, 0x7B].contains(bytes[last])
    if goesOn { return .documents }
    guard let second = Separator.firstSolid(in: bytes, from: newline, to: bytes.count) else {
      return isFinal ? .documents : nil
    }
    guard bytes[second] == 0x7B else { return .documents }
    guard let secondEnd = firstNewline(in: bytes, from: second) else {
      return isFinal ? .documents : nil
    }
    var scanner = ValueScanner(stopsAtNewline: true)
    let outcome = scanner.scan(bytes.extracting(second..<secondEnd))
    if case .ended = outcome { return .lines }
    return .documents
  }

  private static func firstNewline(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == 0x0A { return index }
      index += 1
    }
    return nil
  }
}
