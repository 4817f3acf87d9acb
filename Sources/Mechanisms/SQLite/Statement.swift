internal import CSQLite

/// A compiled statement, finalized when it goes out of scope.
///
/// No method mutates it, so it can be a constant of a class. It belongs to the thread of its
/// connection. Parameters are numbered from 1 and columns from 0, as in SQLite.
@safe
public struct Statement: ~Copyable {
  let handle: OpaquePointer

  /// Compiles exactly one statement.
  init(_ sql: String, on connection: borrowing Connection) throws(SQLiteError) {
    var statement: OpaquePointer?
    let result = unsafe sqlite3_prepare_v3(
      connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard result == SQLITE_OK else {
      throw unsafe SQLiteError(connection: connection.handle, sql: sql)
    }
    guard let compiled = unsafe statement else {
      preconditionFailure("There is no statement in this SQL: \(sql)")
    }
    unsafe handle = compiled
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Goes to the next row and says whether there is one.
  ///
  /// After the last row, and after a failure, the statement is reset by itself and keeps its
  /// parameters: it can be bound or run again at once.
  public func step() throws(SQLiteError) -> Bool {
    let result = unsafe sqlite3_step(handle)
    if result == SQLITE_ROW { return true }
    if result == SQLITE_DONE {
      unsafe sqlite3_reset(handle)
      return false
    }
    let failure = unsafe SQLiteError(connection: sqlite3_db_handle(handle), sql: sql)
    unsafe sqlite3_reset(handle)
    throw failure
  }

  /// Abandons the rows that are left, which also ends the read that they kept open.
  public func reset() {
    // Returns the failure of the last step, which was thrown already.
    unsafe sqlite3_reset(handle)
  }

  /// Sets all parameters to null.
  public func clearBindings() {
    unsafe sqlite3_clear_bindings(handle)
  }

  /// Runs the statement to its end, ignores its rows, and clears its parameters, also on failure.
  public func run() throws(SQLiteError) {
    defer { clearBindings() }
    while try step() {}
  }

  /// Visits each row, and abandons the rest when the body throws.
  public func forEachRow(
    _ body: (borrowing Statement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    defer { reset() }
    while try step() { try body(self) }
  }

  /// Reads the first row, if there is one, and abandons the rest.
  public func firstRow<Value>(
    _ read: (borrowing Statement) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value? {
    defer { reset() }
    return try step() ? try read(self) : nil
  }

  /// The text of the statement.
  public var sql: String {
    guard let text = unsafe sqlite3_sql(handle) else { return "" }
    return unsafe String(cString: text)
  }
}
