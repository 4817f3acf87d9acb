internal import CSQLite

// Columns are read while `step` has returned true. SQLite converts between types as it always
// does; a column that is null reads as 0, as empty text or as an empty blob.
extension Statement {
  /// Whether the column is null.
  public func isNull(_ column: Int) -> Bool {
    unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  /// The column as a whole number.
  public func int64(_ column: Int) -> Int64 {
    unsafe sqlite3_column_int64(handle, Int32(column))
  }

  /// The column as a whole number.
  public func int(_ column: Int) -> Int { Int(int64(column)) }

  /// The column as a whole number, or nil for null.
  public func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

  /// The column as a floating-point number.
  public func double(_ column: Int) -> Double {
    unsafe sqlite3_column_double(handle, Int32(column))
  }

  /// The column as a floating-point number, or nil for null.
  public func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

  /// The column as text; bytes that are not UTF-8 become replacement characters.
  public func text(_ column: Int) -> String {
    unsafe String(decoding: textBuffer(column), as: UTF8.self)
  }

  /// The column as text, or nil for null.
  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// The column as bytes.
  public func blob(_ column: Int) -> [UInt8] {
    unsafe [UInt8](blobBuffer(column))
  }

  /// The column as bytes, or nil for null.
  public func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }

  /// Lends the bytes of a column without copying them, until the body returns.
  public func withBlob<Result, Failure: Error>(
    _ column: Int, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe blobBuffer(column)
    return try body(unsafe buffer.bytes)
  }

  /// Lends the UTF-8 bytes of a column without copying them, until the body returns.
  public func withText<Result, Failure: Error>(
    _ column: Int, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe textBuffer(column)
    return try body(unsafe buffer.bytes)
  }

  /// How many columns a row has; 0 for a statement without rows.
  public var columnCount: Int { Int(unsafe sqlite3_column_count(handle)) }

  /// The name of a column.
  public func columnName(_ column: Int) -> String {
    guard let name = unsafe sqlite3_column_name(handle, Int32(column)) else {
      preconditionFailure("The statement has no column \(column)")
    }
    return unsafe String(cString: name)
  }

  // The address comes before the count, as SQLite demands: the first call may convert the value.
  private func blobBuffer(_ column: Int) -> UnsafeRawBufferPointer {
    let address = unsafe sqlite3_column_blob(handle, Int32(column))
    let count = unsafe sqlite3_column_bytes(handle, Int32(column))
    return unsafe UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : Int(count))
  }

  private func textBuffer(_ column: Int) -> UnsafeRawBufferPointer {
    let address = unsafe UnsafeRawPointer(sqlite3_column_text(handle, Int32(column)))
    let count = unsafe sqlite3_column_bytes(handle, Int32(column))
    return unsafe UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : Int(count))
  }
}
