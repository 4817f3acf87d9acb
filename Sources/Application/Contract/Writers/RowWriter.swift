internal import Access

/// Writes rows of one kind in one form, handing on bytes in large pieces.
///
/// Rows may come without end: a table keeps no more than its first rows, by which it decides how
/// wide its columns are. `finish` must be called, for it closes the array of `json` and writes
/// what is still held.
public struct RowWriter {
  /// How many rows have been written.
  public private(set) var rowCount = 0

  private let kind: RowKind
  private let format: OutputFormat
  private let output: (_ bytes: [UInt8]) throws -> Void
  private var table: TableWriter?
  private var buffer: [UInt8] = []

  private static let bufferLimit = 64 * 1024

  /// A writer that gives its bytes to a closure, which must not keep them if it is to be fast.
  public init(
    _ format: OutputFormat, of kind: RowKind, style: TableStyle = TableStyle(),
    output: @escaping (_ bytes: [UInt8]) throws -> Void
  ) {
    self.kind = kind
    self.format = format
    self.output = output
    buffer.reserveCapacity(RowWriter.bufferLimit + 8192)
    switch format {
    case .table: table = TableWriter(kind: kind, style: style)
    case .json: buffer.append(UInt8(ascii: "["))
    case .csv: appendHeader()
    case .ndjson: break
    }
  }

  /// Writes a row.
  public mutating func write(_ row: ContractRow) throws {
    switch format {
    case .ndjson:
      row.appendJSON(to: &buffer)
      buffer.append(UInt8(ascii: "\n"))
    case .json:
      if rowCount > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.append(UInt8(ascii: "\n"))
      row.appendJSON(to: &buffer)
    case .csv: appendCells(of: row)
    case .table: table?.write(row, to: &buffer)
    }
    rowCount += 1
    if buffer.count >= RowWriter.bufferLimit { try drain() }
  }

  /// Hands on everything written so far, for a reader who waits for it.
  public mutating func flush() throws {
    table?.flush(to: &buffer)
    try drain()
  }

  /// Ends the output and hands on what is still held.
  public mutating func finish() throws {
    if format == .json { buffer.append(contentsOf: (rowCount > 0 ? "\n]\n" : "]\n").utf8) }
    try flush()
  }

  private mutating func drain() throws {
    guard !buffer.isEmpty else { return }
    try output(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func appendHeader() {
    buffer.append(contentsOf: kind.keys.joined(separator: ",").utf8)
    buffer.append(contentsOf: "\r\n".utf8)
  }

  private mutating func appendCells(of row: ContractRow) {
    var isFirst = true
    for key in kind.keys {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      switch row[key] {
      case nil, .null?: break
      case .text(let text)?: CSVText.append(text, to: &buffer)
      case .number(let number)?: buffer.append(contentsOf: String(number).utf8)
      case .bool(let flag)?: buffer.append(contentsOf: (flag ? "true" : "false").utf8)
      case .instant(let instant)?: instant.appendText(to: &buffer)
      case let value?: CSVText.append(value.json, to: &buffer)
      }
    }
    buffer.append(contentsOf: "\r\n".utf8)
  }
}
