/// What ends a piece of a stream, looked for in one stretch of memory after the other.
enum Boundary {
  /// The next newline.
  case newline
  /// The next newline or opening bracket.
  case newlineOrBracket
  /// The end of the stream.
  case endOfStream
  /// The line break behind a CSV row.
  case row(RowScanner)
  /// The end of a JSON value.
  case value(ValueScanner)

  /// Where the piece ends, and whether as it should; nil when these bytes do not end it.
  mutating func find(
    in window: borrowing ByteWindow, from position: Int
  ) -> (end: Int, isWhole: Bool)? {
    switch self {
    case .newline: return window.newline(from: position).map { ($0, true) }
    case .endOfStream: return nil
    case .row(var scanner):
      let end = window.withElements(position..<window.end) { scanner.end(in: $0) }
      self = .row(scanner)
      return end.map { (position + $0, true) }
    case .newlineOrBracket:
      let found = window.withElements(position..<window.end) { bytes in
        (0..<bytes.count).first { [0x0A, 0x5B, 0x7B].contains(bytes[$0]) }
      }
      return found.map { (position + $0, true) }
    case .value(var scanner):
      let outcome = window.withElements(position..<window.end) { scanner.scan($0) }
      self = .value(scanner)
      switch outcome {
      case .ended(let index): return (position + index, true)
      case .newline(let index): return (position + index, false)
      case .open: return nil
      }
    }
  }
}

/// A piece of a stream whose end was found.
struct Extent {
  var start: Int
  var end: Int
  /// Whether it ended as it should, not at a newline inside of it or at the end of the stream.
  var isWhole: Bool
  /// The first bytes of a piece over the limit, which is not in memory any more.
  var head: [UInt8]?
}
