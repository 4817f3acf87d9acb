import Access
import Foundation
import Ledger
import SQLite
import TestSupport
import Testing

@Suite struct `The file of a ledger` {
  let place = try! LedgerFolder()

  static func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  /// The error of opening for writing, and of opening for reading.
  func refusals(_ path: String) throws -> [LedgerError] {
    [
      try #require(throws: LedgerError.self) { _ = try LedgerWriter(path: path) },
      try #require(throws: LedgerError.self) { _ = try LedgerReader(path: path) },
    ]
  }

  @Test func `is for its owner alone, also with a permissive umask`() async throws {
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      umask(0)
      let ledger = try LedgerWriter(path: path)
      try ledger.take(Sample.batch([1]))
      for suffix in ["", "-wal", "-shm", "-lock"] {
        #expect(try Self.mode(path + suffix) == 0o600, "\(suffix)")
      }
    }
    #expect(try Self.mode(place.path) == 0o600)
  }

  @Test func `has the mode of the settings when it is made, whatever the umask`() async throws {
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      umask(0o077)
      let ledger = try LedgerWriter(path: path, options: LedgerOptions(mode: 0o640))
      try ledger.take(Sample.batch([1]))
      for suffix in ["", "-wal", "-shm"] {
        #expect(try Self.mode(path + suffix) == 0o640, "\(suffix)")
      }
    }
    do { _ = try place.writer(LedgerOptions(mode: 0o600)) }
    #expect(try Self.mode(place.path) == 0o640)
  }

  @Test func `that does not exist is not made by a reader`() throws {
    let error = try #require(throws: LedgerError.self) { _ = try place.reader() }
    #expect(error.code == .notFound)
    #expect(error.description.contains("gatebook run"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).isEmpty)
  }

  @Test func `needs a folder`() throws {
    for error in try refusals(place.folder.path("no/gatebook.db")) {
      #expect(error.code == .notFound)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).isEmpty)
  }

  @Test func `is no folder`() throws {
    try place.folder.makeFolder("gatebook.db")
    for error in try refusals(place.path) {
      #expect(error.code == .notALedger)
      #expect(error.description.contains("is a folder"))
    }
  }

  @Test(arguments: ["these are notes\n", "SQLite format 3, or so", "{"])
  func `is no other file, which is left as it is`(_ text: String) throws {
    try place.folder.write(text, to: "gatebook.db")
    for error in try refusals(place.path) { #expect(error.code == .notALedger) }
    #expect(try place.folder.read("gatebook.db") == text)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder.path) == ["gatebook.db"])
  }

  @Test func `that begins as a database and goes on as none is no ledger`() throws {
    try place.folder.write(
      "SQLite format 3\0" + String(repeating: "x", count: 5000), to: "gatebook.db")
    for error in try refusals(place.path) { #expect(error.code == .notALedger) }
  }

  @Test(arguments: [
    "CREATE TABLE notes (text TEXT)", "CREATE TABLE notes (text TEXT); PRAGMA user_version = 1",
    "CREATE TABLE notes (text TEXT); PRAGMA user_version = 9",
    "PRAGMA application_id = 7; VACUUM", "PRAGMA user_version = 3; VACUUM",
  ])
  func `is no database of somebody else, which is left as it is`(_ sql: String) throws {
    do { try Connection(path: place.path).execute(sql) }
    let before = try Data(contentsOf: URL(filePath: place.path))
    for error in try refusals(place.path) { #expect(error.code == .notALedger) }
    #expect(try Data(contentsOf: URL(filePath: place.path)) == before)
    #expect(!FileManager.default.fileExists(atPath: place.path + "-wal"))
  }

  @Test func `may be there and empty`() throws {
    try place.folder.write("", to: "gatebook.db")
    let error = try #require(throws: LedgerError.self) { _ = try place.reader() }
    #expect(error.code == .olderVersion)
    #expect(error.description.contains("is empty"))
    try place.writer().take(Sample.batch([1]))
    #expect(try place.reader().sources()[0].counts.evidence == 1)
  }

  @Test func `of a newer version is refused and named`() throws {
    do { try place.writer().take(Sample.batch([1])) }
    try place.edit("PRAGMA user_version = 12")
    for error in try refusals(place.path) {
      #expect(error.code == .newerVersion)
      #expect(error.description.contains("version 12"))
    }
  }

  /// A ledger as no version wrote it: marked as one, with a table, and older than version 1.
  func makeOlder() throws {
    let connection = try Connection(path: place.path)
    try connection.execute(
      """
      PRAGMA application_id = \(0x4754_424B); CREATE TABLE old (text TEXT);
      INSERT INTO old VALUES ('kept')
      """)
  }

  @Test func `of an older version is migrated by a writer, who keeps a copy`() throws {
    try makeOlder()
    let error = try #require(throws: LedgerError.self) { _ = try place.reader() }
    #expect(error.code == .olderVersion)
    #expect(error.description.contains("`gatebook run` migrates it"))
    try place.writer().take(Sample.batch([1]))
    #expect(try place.reader().sources()[0].counts.evidence == 1)
    #expect(try place.rows("SELECT text FROM old", columns: 1) == [["kept"]])
    let copy = try Connection(path: place.path + ".before-v2", mode: .readOnly)
    #expect(try copy.userVersion == 0)
    let statement = try copy.prepare("SELECT count(*) FROM sqlite_schema")
    #expect(try statement.firstRow { $0.int(0) } == 1)
    #expect(try Self.mode(place.path + ".before-v2") == 0o600)
  }

  @Test func `of an older version has no copy where none is wanted`() throws {
    try makeOlder()
    do { _ = try place.writer(LedgerOptions(makesBackup: false)) }
    #expect(!FileManager.default.fileExists(atPath: place.path + ".before-v2"))
    #expect(try place.reader().sources().count == 1)
  }

  @Test func `that a migration could not finish is as it was`() throws {
    try makeOlder()
    try place.edit("CREATE TABLE chain (x)")
    #expect(throws: LedgerError.self) { _ = try place.writer() }
    #expect(try place.number("PRAGMA user_version") == 0)
    #expect(try place.number("SELECT count(*) FROM sqlite_schema WHERE name = 'evidence'") == 0)
  }

  @Test func `that is new has no copy and passes SQLite's own check`() throws {
    do { try place.writer().take(Sample.batch(0..<100)) }
    #expect(!FileManager.default.fileExists(atPath: place.path + ".before-v2"))
    #expect(try Connection(path: place.path, mode: .readOnly).integrityCheck() == [])
  }

  @Test func `may be called what it likes`() throws {
    for name in ["file:x?mode=ro", "it's 100%.db", "ä ö.db"] {
      let path = place.folder.path(name)
      try LedgerWriter(path: path).take(Sample.batch([1]))
      #expect(try LedgerReader(path: path).sources()[0].counts.evidence == 1)
    }
  }
}
