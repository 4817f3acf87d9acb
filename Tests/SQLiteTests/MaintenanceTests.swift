import Foundation
import SQLite
import Testing

@Suite struct `Maintenance of a database` {
  let folder = try! TemporaryFolder()

  func open(_ name: String = "m.db") throws -> Connection {
    let connection = try Connection(path: folder.file(name), busyTimeout: .zero)
    _ = try connection.pragma("journal_mode = WAL")
    try connection.execute(
      "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT) STRICT; CREATE INDEX i ON t (b)"
    )
    return connection
  }

  @Test func `stores a version with the transaction`() throws {
    let connection = try open()
    #expect(try connection.userVersion == 0)
    try connection.begin()
    try connection.setUserVersion(3)
    try connection.rollback()
    #expect(try connection.userVersion == 0)
    try connection.setUserVersion(3)
    #expect(try Connection(path: folder.file("m.db")).userVersion == 3)
  }

  @Test func `reads pragmas and knows when there is none`() throws {
    let connection = try open()
    #expect(try connection.pragma("journal_mode") == "wal")
    #expect(try connection.pragma("no_such_pragma") == nil)
  }

  @Test func `backs up while a transaction of another connection is open`() throws {
    let writer = try open()
    try writer.execute("INSERT INTO t VALUES (1, 'kept')")
    try writer.begin()
    try writer.execute("INSERT INTO t VALUES (2, 'not yet')")
    let source = try Connection(path: folder.file("m.db"), mode: .readOnly)
    try source.backup(to: folder.file("copy.db"))
    let copy = try Connection(path: folder.file("copy.db"), mode: .readWrite)
    #expect(try copy.prepare("SELECT b FROM t").firstRow { $0.text(0) } == "kept")
    #expect(try copy.prepare("SELECT count(*) FROM t").firstRow { $0.int(0) } == 1)
    #expect(try copy.integrityCheck() == [])
  }

  @Test func `cannot back up into a folder that is not there`() throws {
    let connection = try open()
    let error = #expect(throws: SQLiteError.self) {
      try connection.backup(to: folder.file("missing/copy.db"))
    }
    #expect(error?.cannotOpen == true)
  }

  @Test func `finds damage`() throws {
    do {
      let connection = try open("broken.db")
      try connection.transaction { () throws(SQLiteError) in
        let insert = try connection.prepare("INSERT INTO t VALUES (?, 'text')")
        for number in 0..<2000 {
          insert.bind(number, at: 1)
          try insert.run()
        }
      }
      #expect(try connection.integrityCheck() == [])
      #expect(try connection.checkpoint(.truncate).isComplete)
    }
    let file = try FileHandle(forUpdating: URL(filePath: folder.file("broken.db")))
    try file.seek(toOffset: 4096 * 4)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    try file.close()
    let broken = try Connection(path: folder.file("broken.db"), mode: .readOnly)
    #expect(try !broken.integrityCheck().isEmpty)
  }

  @Test func `checkpoints what no reader needs any more`() throws {
    let writer = try open()
    try writer.execute("INSERT INTO t VALUES (1, 'one')")
    let reader = try Connection(path: folder.file("m.db"), mode: .readOnly)
    try reader.begin(.deferred)
    _ = try reader.prepare("SELECT count(*) FROM t").firstRow { $0.int(0) }
    try writer.execute("INSERT INTO t VALUES (2, 'two')")
    let blocked = try writer.checkpoint(.truncate)
    #expect(!blocked.isComplete)
    #expect(blocked.movedPages < blocked.pages)
    try reader.commit()
    #expect(try writer.checkpoint(.passive).isComplete)
    let cut = try writer.checkpoint(.truncate)
    #expect(cut.isComplete)
    #expect(cut.pages == 0)
  }
}
