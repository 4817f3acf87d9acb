import Foundation
import SQLite
import Testing

@Suite struct `A connection` {
  let folder = try! TemporaryFolder()

  var path: String { folder.file("a.db") }

  @Test func `makes a database that a later one reads`() throws {
    do {
      let connection = try Connection(path: path)
      try connection.execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (7)")
      #expect(connection.changes == 1)
      #expect(connection.lastInsertRowID == 1)
    }
    let reader = try Connection(path: path, mode: .readOnly)
    #expect(try reader.prepare("SELECT a FROM t").firstRow { row in row.int(0) } == 7)
  }

  @Test(arguments: [Connection.Mode.readOnly, .readWrite])
  func `does not make a missing database unless asked to`(mode: Connection.Mode) throws {
    let error = #expect(throws: SQLiteError.self) {
      _ = try Connection(path: path, mode: mode)
    }
    #expect(error?.cannotOpen == true)
    #expect(error?.message.contains(path) == true)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `takes a path for a path even when it looks like a URI`() throws {
    let connection = try Connection(path: "file::memory:?cache=private")
    defer { try? FileManager.default.removeItem(atPath: "file::memory:?cache=private") }
    try connection.execute("CREATE TABLE t (a)")
    #expect(FileManager.default.fileExists(atPath: "./file::memory:?cache=private"))
  }

  @Test(arguments: ["a.db", "it's 50% ä?x=1#y.db", "file:b", "//c.db"])
  func `to what nobody writes to leaves no file beside it and refuses to write`(
    _ name: String
  ) throws {
    let path = folder.file(name)
    do {
      let connection = try Connection(path: path)
      _ = try connection.pragma("journal_mode = WAL")
      try connection.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    }
    let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let reader = try Connection(path: path, mode: .immutable)
    #expect(try reader.prepare("SELECT a FROM t").firstRow { row in row.int(0) } == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    let error = #expect(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (1)") }
    #expect(error?.isReadOnly == true)
    #expect(throws: SQLiteError.self) {
      _ = try Connection(path: folder.file("none"), mode: .immutable)
    }
  }

  @Test func `that only reads refuses to write`() throws {
    try Connection(path: path).execute("CREATE TABLE t (a)")
    let reader = try Connection(path: path, mode: .readOnly)
    let error = #expect(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (1)") }
    #expect(error?.isReadOnly == true)
  }

  @Test func `to something that is no database says so and lets go of the file`() throws {
    try Data(repeating: 65, count: 5000).write(to: URL(filePath: path))
    let error = #expect(throws: SQLiteError.self) {
      let connection = try Connection(path: path, mode: .readWrite)
      try connection.execute("CREATE TABLE t (a)")
    }
    #expect(error?.isCorrupt == true)
    #expect(error?.isNotADatabase == true)
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    let open = descriptors.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(!open.contains(path))
  }

  @Test func `keeps the cache it was given`() throws {
    let connection = try Connection(path: path, cacheKiB: 32768)
    #expect(try connection.pragma("cache_size") == "-32768")
  }

  @Test func `stops at once when another thread interrupts it`() throws {
    let connection = try Connection(path: path)
    let endless = try connection.prepare(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    let interrupter = connection.interrupter
    // Interrupting before the statement runs has no effect, so the other thread keeps trying.
    let stop = Flag()
    let thread = Thread { while !stop.isSet { interrupter.interrupt() } }
    thread.start()
    let error = #expect(throws: SQLiteError.self) { _ = try endless.step() }
    stop.set()
    #expect(error?.isInterrupted == true)
  }

  @Test func `that is closed can be interrupted in vain`() throws {
    let interrupter = try Connection(path: path).interrupter
    interrupter.interrupt()
    #expect(try Connection(path: path).pragma("schema_version") == "0")
  }

  @Test func `may close before its statements`() throws {
    func statement() throws -> Statement { try Connection(path: path).prepare("SELECT 41 + 1") }
    let survivor = try statement()
    #expect(try survivor.firstRow { row in row.int(0) } == 42)
  }
}

// The lock protects the value.
private final class Flag: @unchecked Sendable {
  private let lock = NSLock()
  private var value = false

  var isSet: Bool { lock.withLock { value } }

  func set() { lock.withLock { value = true } }
}
