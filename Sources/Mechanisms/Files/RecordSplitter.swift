/// Cuts a stream of JSON into the messages in it and lends them one after the other.
///
/// A file of lines is cut at its newlines, so damage stays inside one line. Any other file is cut
/// where its values end. An array, or an object that begins with an array called `records` or
/// `value`, is lent element by element and never held whole; of lines only those over 1 MiB are.
/// Blank lines, commas between values and a byte order mark are passed over.
///
/// Memory is bounded by the limit of a message: it takes at most some four times that much.
public final class RecordSplitter {
  /// How a file is cut.
  public enum Mode: String, Sendable {
    /// At its newlines.
    case lines
    /// Where its values end.
    case documents
    /// At the line breaks behind its CSV rows, of which the first is a header.
    case rows
  }

  /// The largest message that is lent whole, unless another is asked for.
  public static let standardLimit = 16 * 1024 * 1024
  /// How much is lent of a message that is larger.
  public static let oversizedHead = 64 * 1024
  /// A line up to this is one message, also when it is an array.
  static let wholeLineLimit = 1024 * 1024

  /// How this file is cut.
  public let mode: Mode
  /// The file that is cut.
  public let path: String

  var window: ByteWindow
  var position: Int
  var container: Container?
  /// Where the line began that `position` is in.
  var lineStart: Int
  /// Whether the file ended without a newline but its last line is one whole value.
  var lastLineIsWhole = false
  /// Whether the header of a table is still to come.
  var isBeforeHeader: Bool
  /// Whether a byte order mark, or commas between values at the top, were passed over.
  public private(set) var isMended = false
  private let limit: Int
  private var lent = Extent(start: 0, end: 0, isWhole: true)

  /// Looks at the beginning of a file; one that is opened at a later place is cut as `resuming`
  /// says.
  ///
  /// A file that is no JSON is a table when `isHeader` says so of its first row.
  public init(
    _ stream: consuming ByteStream, limit: Int = standardLimit, resuming: Mode = .lines,
    isHeader: (RawSpan) -> Bool = { _ in false }
  ) throws(FileError) {
    self.limit = limit
    path = stream.path
    let isResumed = stream.startOffset > 0
    var window = ByteWindow(stream)
    var start = window.end
    let first = start
    mode = isResumed ? resuming : try Self.probe(&window, &start, isHeader)
    isBeforeHeader = !isResumed
    isMended = start > first && mode != .rows
    position = start
    lineStart = start
    self.window = window
  }

  /// The size of the file as stored; nil for pipes.
  public var totalSize: Int64? { window.stream.totalSize }
  /// How many bytes of the file as stored are read.
  public var consumed: Int64 { window.stream.consumed }
  /// The place in the decompressed stream up to which it is read.
  public var endOffset: Int64 { Int64(window.end) }
  /// Whether what is read so far ends with a newline, or is empty.
  public var lastLineWasComplete: Bool { lineStart == window.end }
  /// Where to go on when the file has grown: after the last line, or before it when it was cut off.
  public var resumeOffset: Int64 { Int64(lastLineIsWhole ? window.end : lineStart) }

  /// Finds the next message; nil at the end of the file.
  public func advance() throws(FileError) -> Piece? {
    while true {
      let step =
        if let container { try advance(in: container) } else {
          switch mode {
          case .lines: try advanceLine()
          case .documents: try advanceDocument()
          case .rows: try advanceRow()
          }
        }
      switch step {
      case .piece(let piece): return piece
      case .again: continue
      case .end: return nil
      }
    }
  }

  /// Lends the bytes of the message that `advance` found; of one over the limit the first 64 KiB.
  public func withBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if let head = lent.head { return unsafe try body(head.span.bytes) }
    return try window.withBytes(lent.start..<lent.end, body)
  }

  /// What one step of a mode brought.
  enum Step {
    case piece(Piece)
    case again
    case end
  }

  /// Hands out an extent and goes on after it.
  func lend(_ kind: Piece.Kind, _ extent: Extent) -> Step {
    lent = extent
    position = extent.end
    return .piece(
      Piece(
        kind: extent.head == nil ? kind : .oversized, offset: Int64(extent.start),
        length: Int64(extent.end - extent.start)))
  }

  /// Finds the end of what begins at `start`, of which everything before `searched` is known.
  ///
  /// Bytes over the limit are dropped as they come.
  func extent(
    from start: Int, searched: Int? = nil, to boundary: consuming Boundary
  ) throws(FileError) -> Extent {
    var searched = searched ?? start
    var head: [UInt8]?
    while true {
      let found = boundary.find(in: window, from: searched)
      let reach = found?.end ?? window.end
      if head == nil && reach - start > limit {
        head = window.copy(start..<start + min(Self.oversizedHead, limit))
      }
      if let found {
        return Extent(start: start, end: found.end, isWhole: found.isWhole, head: head)
      }
      searched = window.end
      if try !window.refill(keeping: head == nil ? start : searched) {
        return Extent(start: start, end: searched, isWhole: false, head: head)
      }
    }
  }

  /// Passes over blanks, and commas between values; false at the end of the stream.
  func skipSeparators(stopAtNewline: Bool) throws(FileError) -> Bool {
    while true {
      while position < window.end {
        let byte = window.byte(at: position)
        if byte == 0x0A && stopAtNewline { return true }
        if !Separator.isBlank(byte) && byte != 0x2C { return true }
        if byte == 0x2C && container == nil { isMended = true }
        position += 1
      }
      if try !window.refill(keeping: position) { return false }
    }
  }

  private static func probe(
    _ window: inout ByteWindow, _ start: inout Int, _ isHeader: (RawSpan) -> Bool
  ) throws(FileError) -> Mode {
    while true {
      let size = window.end - start
      let isFinal = window.isAtEnd || size >= ModeProbe.longest
      if size >= 3 || isFinal {
        let skipsMark = window.withElements(start..<window.end) { bytes in
          bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        }
        if skipsMark && start == 0 { start = 3 }
        let isTable = isTable(window, from: start, isFinal: isFinal, isHeader)
        if isTable == true { return .rows }
        let mode =
          isTable == nil
          ? nil
          : window.withElements(start..<window.end) {
            ModeProbe.mode(of: $0, isFinal: isFinal)
          }
        if let mode { return mode }
      }
      _ = try window.refill(keeping: start)
    }
  }
}
