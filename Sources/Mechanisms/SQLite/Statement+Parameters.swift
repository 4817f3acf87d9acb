internal import CSQLite

// A wrong index, or binding between two rows, is a mistake in the program and not a failure.
extension Statement {
  /// Binds null.
  public func bindNull(at index: Int) {
    check(unsafe sqlite3_bind_null(handle, Int32(index)))
  }

  /// Binds a whole number, or null.
  public func bind(_ value: Int64?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    check(unsafe sqlite3_bind_int64(handle, Int32(index), value))
  }

  /// Binds a whole number, or null.
  public func bind(_ value: Int?, at index: Int) {
    bind(value.map(Int64.init), at: index)
  }

  /// Binds a floating-point number, or null; SQLite stores NaN as null.
  public func bind(_ value: Double?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    check(unsafe sqlite3_bind_double(handle, Int32(index), value))
  }

  /// Binds text, or null; the text may contain NUL.
  public func bind(_ value: String?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    unsafe bindText(value.utf8Span.span.bytes, at: index)
  }

  /// Binds bytes as a blob, or null; no bytes are an empty blob.
  public func bind(_ value: [UInt8]?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    unsafe bind(value.span.bytes, at: index)
  }

  /// Binds a copy of borrowed bytes as a blob.
  public func bind(_ bytes: RawSpan, at index: Int) {
    let result = unsafe bytes.withUnsafeBytes { buffer in
      unsafe gb_sqlite_bind_blob(
        handle, Int32(index), buffer.baseAddress, sqlite3_uint64(buffer.count))
    }
    check(result)
  }

  /// Binds a copy of borrowed bytes as text; they have to be UTF-8.
  public func bindText(_ bytes: RawSpan, at index: Int) {
    let result = unsafe bytes.withUnsafeBytes { buffer in
      unsafe gb_sqlite_bind_text(
        handle, Int32(index), buffer.baseAddress, sqlite3_uint64(buffer.count))
    }
    check(result)
  }

  /// Binds a copy of bytes as text; they have to be UTF-8.
  public func bindText(_ bytes: [UInt8], at index: Int) {
    unsafe bindText(bytes.span.bytes, at: index)
  }

  /// How many parameters the statement has.
  public var parameterCount: Int { Int(unsafe sqlite3_bind_parameter_count(handle)) }

  private func check(_ result: Int32) {
    precondition(
      result == SQLITE_OK,
      "SQLite refused a parameter with code \(result): a wrong index, or a statement not reset")
  }
}
