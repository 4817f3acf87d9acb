import SQLite
import Testing

@Suite struct `A transaction` {
  let folder = try! TemporaryFolder()

  /// A connection to the file of this test, in write-ahead mode and with one table.
  func open(busyTimeout: Duration = .zero) throws -> Connection {
    let connection = try Connection(path: folder.file("t.db"), busyTimeout: busyTimeout)
    #expect(try connection.pragma("journal_mode = WAL") == "wal")
    try connection.execute("CREATE TABLE IF NOT EXISTS t (a INTEGER NOT NULL) STRICT")
    return connection
  }

  func count(_ connection: borrowing Connection) throws -> Int? {
    try connection.prepare("SELECT count(*) FROM t").firstRow { row in row.int(0) }
  }

  @Test func `commits when its body returns`() throws {
    let connection = try open()
    let answer = try connection.transaction { () throws(SQLiteError) in
      #expect(connection.isInTransaction == true)
      try connection.execute("INSERT INTO t VALUES (1)")
      return 42
    }
    #expect(answer == 42)
    #expect(connection.isInTransaction == false)
    #expect(try count(connection) == 1)
  }

  @Test func `is undone when its body throws`() throws {
    let connection = try open()
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { () throws(SQLiteError) in
        try connection.execute("INSERT INTO t VALUES (1)")
        try connection.execute("INSERT INTO t VALUES (NULL)")
      }
    }
    #expect(error?.isConstraint == true)
    #expect(connection.isInTransaction == false)
    #expect(try count(connection) == 0)
  }

  @Test func `can be begun, committed and rolled back by hand`() throws {
    let connection = try open()
    try connection.begin()
    try connection.execute("INSERT INTO t VALUES (1)")
    try connection.rollback()
    try connection.rollback()
    #expect(try count(connection) == 0)
    try connection.begin(.deferred)
    try connection.execute("INSERT INTO t VALUES (1)")
    try connection.commit()
    #expect(try count(connection) == 1)
  }

  @Test func `is invisible to a reader until it commits, and does not block it`() throws {
    let writer = try open()
    let reader = try Connection(path: folder.file("t.db"), mode: .readOnly, busyTimeout: .zero)
    try writer.transaction { () throws(SQLiteError) in
      try writer.execute("INSERT INTO t VALUES (1)")
      #expect((try? count(reader)) == 0)
    }
    #expect(try count(reader) == 1)
  }

  @Test func `of a reader sees one state until it ends`() throws {
    let writer = try open()
    let reader = try Connection(path: folder.file("t.db"), mode: .readOnly)
    try reader.begin(.deferred)
    #expect(try count(reader) == 0)
    try writer.execute("INSERT INTO t VALUES (1)")
    #expect(try count(reader) == 0)
    try reader.commit()
    #expect(try count(reader) == 1)
  }

  @Test func `waits for another writer as long as it was told to, and then is busy`() throws {
    let first = try open()
    let second = try open(busyTimeout: .milliseconds(60))
    try first.begin()
    let clock = ContinuousClock()
    let start = clock.now
    let error = #expect(throws: SQLiteError.self) { try second.begin() }
    #expect(error?.isBusy == true)
    #expect(clock.now - start >= .milliseconds(50))
    try first.rollback()
    try second.begin()
    #expect(second.isInTransaction == true)
  }

  @Test func `that finds no room says full and is undone`() throws {
    let connection = try open()
    _ = try connection.pragma("max_page_count = 8")
    let insert = try connection.prepare("INSERT INTO t SELECT value FROM json_each(?)")
    let numbers = "[" + (0..<9000).map(String.init).joined(separator: ",") + "]"
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { () throws(SQLiteError) in
        insert.bind(numbers, at: 1)
        try insert.run()
      }
    }
    #expect(error?.isFull == true)
    #expect(error?.isBusy == false)
    #expect(connection.isInTransaction == false)
    #expect(try count(connection) == 0)
  }
}
