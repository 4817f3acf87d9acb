/// Finds where a CSV row ends (RFC 4180): at a newline that does not stand between quotes.
public struct RowScanner {
  private enum State {
    case fieldStart
    case plain
    case quoted
    /// Behind a quote in a quoted field: its end, or the first of two that mean one.
    case behindQuote
  }

  private var state = State.fieldStart

  /// Stands at the beginning of a row.
  public init() {}

  /// The index of the newline behind the row; nil when it goes on after these bytes.
  public mutating func end(in bytes: Span<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch (state, byte) {
      case (.quoted, 0x22): state = .behindQuote
      case (.quoted, _): break
      case (.fieldStart, 0x22), (.behindQuote, 0x22): state = .quoted
      case (_, 0x0A): return index
      case (_, 0x2C): state = .fieldStart
      default: state = .plain
      }
      index += 1
    }
    return nil
  }
}
