import SQLite
import Testing

@Suite struct `A statement` {
  let folder = try! TemporaryFolder()

  func open() throws -> Connection {
    let connection = try Connection(path: folder.file("s.db"))
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS t (i INTEGER, d REAL, s TEXT, b BLOB) STRICT;
      CREATE TABLE IF NOT EXISTS keys (k TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      DELETE FROM t;
      """)
    return connection
  }

  /// Stores one value in one column and reads it back.
  func roundTrip<Value>(
    _ column: String, _ bind: (borrowing Statement) -> Void,
    _ read: (borrowing Statement) throws(SQLiteError) -> Value
  ) throws -> Value? {
    let connection = try open()
    let insert = try connection.prepare("INSERT INTO t (\(column)) VALUES (?)")
    bind(insert)
    try insert.run()
    return try connection.prepare("SELECT \(column) FROM t").firstRow(read)
  }

  @Test(arguments: [0, 1, -1, Int64.max, .min])
  func `keeps whole numbers`(value: Int64) throws {
    #expect(try roundTrip("i", { $0.bind(value, at: 1) }, { $0.int64(0) }) == value)
    #expect(try roundTrip("i", { $0.bind(Int(value), at: 1) }, { $0.int(0) }) == Int(value))
  }

  @Test(arguments: [0.0, -0.1, 1e300, .infinity])
  func `keeps floating-point numbers`(value: Double) throws {
    #expect(try roundTrip("d", { $0.bind(value, at: 1) }, { $0.double(0) }) == value)
    #expect(try roundTrip("d", { $0.bind(value, at: 1) }, { $0.optionalDouble(0) }) == value)
  }

  @Test(arguments: ["", "a", "Zürich 🌉", "one\0two\0", String(repeating: "long ", count: 100)])
  func `keeps text, also empty and with NUL in it`(text: String) throws {
    #expect(try roundTrip("s", { $0.bind(text, at: 1) }, { $0.text(0) }) == text)
    #expect(try roundTrip("s", { $0.bindText(Array(text.utf8), at: 1) }, { $0.text(0) }) == text)
    #expect(try roundTrip("s", { $0.bind(text, at: 1) }, { $0.optionalText(0) }) == text)
    let count = try roundTrip(
      "s", { $0.bind(text, at: 1) }, { row in row.withText(0) { $0.byteCount } })
    #expect(count == text.utf8.count)
  }

  @Test(arguments: [[], [0], [1, 0, 255], [UInt8](repeating: 9, count: 300)])
  func `keeps blobs, also empty ones`(bytes: [UInt8]) throws {
    #expect(try roundTrip("b", { $0.bind(bytes, at: 1) }, { $0.blob(0) }) == bytes)
    #expect(try roundTrip("b", { $0.bind(bytes, at: 1) }, { $0.isNull(0) }) == false)
    #expect(
      try roundTrip("b", { $0.bind(bytes.span.bytes, at: 1) }, { $0.optionalBlob(0) }) == bytes)
    let lent = try roundTrip(
      "b", { $0.bind(bytes, at: 1) },
      { row in
        row.withBlob(0) { span in
          (0..<span.byteCount).map { span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
        }
      })
    #expect(lent == bytes)
  }

  @Test func `tells null from nothing`() throws {
    #expect(
      try roundTrip("i", { $0.bind(Int64?.none, at: 1) }, { $0.optionalInt64(0) }) == .some(nil))
    #expect(try roundTrip("i", { $0.bind(Int?.none, at: 1) }, { $0.isNull(0) }) == true)
    #expect(
      try roundTrip("d", { $0.bind(Double?.none, at: 1) }, { $0.optionalDouble(0) }) == .some(nil))
    #expect(
      try roundTrip("s", { $0.bind(String?.none, at: 1) }, { $0.optionalText(0) }) == .some(nil))
    #expect(
      try roundTrip("b", { $0.bind([UInt8]?.none, at: 1) }, { $0.optionalBlob(0) }) == .some(nil))
    #expect(try roundTrip("b", { $0.bindNull(at: 1) }, { $0.blob(0) }) == [])
  }

  @Test func `can be bound and run again without a reset`() throws {
    let connection = try open()
    let insert = try connection.prepare("INSERT INTO t (i, s) VALUES (?, ?)")
    #expect(insert.parameterCount == 2)
    for number in 0..<10 {
      insert.bind(number, at: 1)
      if number == 0 { insert.bind("only the first", at: 2) }
      try insert.run()
    }
    let select = try connection.prepare("SELECT i, s FROM t ORDER BY i")
    #expect(select.columnCount == 2)
    #expect(select.columnName(1) == "s")
    for _ in 0..<2 {
      var rows: [Int] = []
      var texts: [String] = []
      try select.forEachRow { row in
        rows.append(row.int(0))
        if let text = row.optionalText(1) { texts.append(text) }
      }
      #expect(rows == Array(0..<10))
      #expect(texts == ["only the first"])
    }
  }

  @Test func `works on after a failure, and the failure names it`() throws {
    let connection = try open()
    let insert = try connection.prepare("INSERT INTO keys VALUES (?)")
    insert.bind("a", at: 1)
    try insert.run()
    insert.bind("a", at: 1)
    let error = #expect(throws: SQLiteError.self) { try insert.run() }
    #expect(error?.isConstraint == true)
    #expect(error?.sql == "INSERT INTO keys VALUES (?)")
    #expect(error.map { "\($0)" }?.contains("UNIQUE") == true)
    insert.bind("b", at: 1)
    try insert.run()
    #expect(try connection.prepare("SELECT count(*) FROM keys").firstRow { $0.int(0) } == 2)
  }

  @Test func `of a strict table refuses the wrong type`() throws {
    let connection = try open()
    let insert = try connection.prepare("INSERT INTO t (i) VALUES (?)")
    insert.bind("no number", at: 1)
    let error = #expect(throws: SQLiteError.self) { try insert.run() }
    #expect(error?.isConstraint == true)
  }

  @Test func `that cannot be compiled is an error with its text`() throws {
    let connection = try open()
    let error = #expect(throws: SQLiteError.self) { _ = try connection.prepare("SELEC 1") }
    #expect(error?.sql == "SELEC 1")
    #expect(error?.message.contains("syntax error") == true)
    #expect(error?.isBusy == false)
  }

  @Test func `that is abandoned ends its read`() throws {
    let connection = try open()
    try connection.execute("INSERT INTO keys VALUES ('a'), ('b')")
    let select = try connection.prepare("SELECT k FROM keys")
    #expect(try select.step())
    #expect(throws: SQLiteError.self) { try connection.execute("DROP TABLE keys") }
    select.reset()
    try connection.execute("DROP TABLE keys")
  }

  @Test func `can be a constant of a class`() throws {
    final class Writer {
      let connection: Connection
      let insert: Statement

      init(_ path: String) throws {
        connection = try Connection(path: path)
        try connection.execute("CREATE TABLE t (a INTEGER)")
        insert = try connection.prepare("INSERT INTO t VALUES (?)")
      }

      func write(_ number: Int) throws(SQLiteError) {
        insert.bind(number, at: 1)
        try insert.run()
      }
    }
    let writer = try Writer(folder.file("w.db"))
    try writer.write(1)
    try writer.write(2)
    #expect(writer.connection.lastInsertRowID == 2)
  }
}

@Suite struct `A statement cache` {
  @Test func `lends statements reset and without parameters, also nested`() throws {
    let folder = try TemporaryFolder()
    let connection = try Connection(path: folder.file("c.db"))
    let cache = StatementCache(limit: 2)
    func value(_ sql: String, _ number: Int?) throws -> Int64? {
      try cache.withStatement(sql, on: connection) { statement throws(SQLiteError) in
        if let number { statement.bind(number, at: 1) }
        return try statement.firstRow { $0.optionalInt64(0) } ?? nil
      }
    }
    #expect(try value("SELECT ?", 1) == 1)
    #expect(try value("SELECT ?", nil) == nil)
    #expect(try value("SELECT ? + 1", 1) == 2)
    #expect(try value("SELECT ? + 2", 1) == 3)
    let nested = try cache.withStatement("SELECT ?", on: connection) { outer throws(SQLiteError) in
      outer.bind(5, at: 1)
      _ = try outer.step()
      return try cache.withStatement("SELECT ?", on: connection) { inner throws(SQLiteError) in
        inner.bind(6, at: 1)
        return (try inner.firstRow { $0.int(0) } ?? 0) + outer.int(0)
      }
    }
    #expect(nested == 11)
  }
}
