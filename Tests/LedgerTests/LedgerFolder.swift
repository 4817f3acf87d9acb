import Access
import Ledger
import SQLite
import TestSupport
import Testing

/// A ledger in a folder of its own.
final class LedgerFolder {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("gatebook.db")
  }

  func writer(_ options: LedgerOptions = LedgerOptions()) throws -> LedgerWriter {
    try LedgerWriter(path: path, options: options)
  }

  func reader() throws -> LedgerReader { try LedgerReader(path: path) }

  /// Changes the file behind the ledger's back.
  func edit(_ sql: String) throws {
    try Connection(path: path, mode: .readWrite).execute(sql)
  }

  /// The rows of a query, each column as text; null stays null.
  func rows(_ sql: String, columns: Int) throws -> [[String?]] {
    let connection = try Connection(path: path, mode: .readOnly)
    let statement = try connection.prepare(sql)
    var rows: [[String?]] = []
    try statement.forEachRow { row throws(SQLiteError) in
      rows.append((0..<columns).map { row.optionalText($0) })
    }
    return rows
  }

  func number(_ sql: String) throws -> Int? {
    try rows(sql, columns: 1).first?[0].flatMap { Int($0) }
  }

  func columns(of table: String) throws -> [String] {
    try rows("SELECT name FROM pragma_table_info('\(table)')", columns: 1).compactMap { $0[0] }
  }
}

extension LedgerWriter {
  /// Stores a batch in a step of its own.
  @discardableResult
  func take(_ batch: LedgerBatch) throws -> StoredBatch {
    var stored: StoredBatch?
    try step { () throws(LedgerError) in stored = try store(batch) }
    return try #require(stored)
  }

  /// Judges a slice in a step of its own.
  func tell(_ findings: [Finding], slice: String = "slice", day: Int = 20_000) throws {
    try step { () throws(LedgerError) in
      try judge(
        JudgedSlice(
          slice: slice, day: day, rules: ["wide-source", "off-hours"], findings: findings),
        now: Sample.now, settings: 1)
    }
  }
}
