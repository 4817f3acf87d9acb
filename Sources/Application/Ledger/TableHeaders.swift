internal import SQLite

/// The headers of tables whose rows were rejected: many rows have the same one.
final class TableHeaders {
  private let find: Statement
  private let insert: Statement
  private var last: (bytes: [UInt8], number: Int64)?

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    find = try connection.prepare("SELECT id FROM table_header WHERE bytes = ?")
    insert = try connection.prepare("INSERT INTO table_header (bytes) VALUES (?) RETURNING id")
  }

  /// Forgets what a step that was rolled back may have stored.
  func forget() { last = nil }

  /// The number of a header, which is stored if it is new; nil for one that is too long to be kept.
  func number(of header: [UInt8]) throws(SQLiteError) -> Int64? {
    if let last, last.bytes == header { return last.number }
    guard header.count <= RejectTable.bytesLimit else { return nil }
    find.bind(header, at: 1)
    var number = try find.firstRow { $0.int64(0) }
    if number == nil {
      insert.bind(header, at: 1)
      number = try insert.firstRow { $0.int64(0) }
    }
    if let number { last = (header, number) }
    return number
  }
}
