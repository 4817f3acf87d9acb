internal import CommandLineTool
internal import Contract

/// The rows of a command on their way to standard output, in the form that the line asks for.
///
/// Rows are written from within visits to the ledger, which end with false; a failure to write is
/// kept until `finish` throws it.
final class RowOutput {
  /// The form.
  let format: OutputFormat
  /// How many rows have been written.
  var rowCount: Int { writer.rowCount }

  private var writer: RowWriter
  private var failure: (any Error)?
  private let output: StandardOutput

  init(_ arguments: ParsedArguments, _ kind: RowKind, _ console: Console) throws {
    format = try arguments.choice("output") ?? .table
    output = console.output
    let output = console.output
    writer = RowWriter(format, of: kind, style: console.tableStyle) { try output.write($0) }
  }

  /// Writes a row; false where nothing more can be written.
  func write(_ row: ContractRow) -> Bool {
    guard failure == nil else { return false }
    do { try writer.write(row) } catch { failure = error }
    return failure == nil
  }

  /// Hands everything on to the reader who waits for it.
  func flush() throws {
    if let failure { throw failure }
    try writer.flush()
    try output.flush()
  }

  /// Ends the rows; in a table that has none the console says so.
  func finish(_ console: Console, none: String) throws {
    if let failure { throw failure }
    try writer.finish()
    if format == .table, rowCount == 0 { console.note(none) }
  }
}
