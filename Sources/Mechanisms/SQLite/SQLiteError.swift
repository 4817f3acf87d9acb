internal import CSQLite

/// A failure that SQLite reported.
///
/// Two errors are equal when their codes are; messages and SQL are for people.
public struct SQLiteError: Error, Sendable {
  /// The class of a failure, without its details.
  public struct Code: Hashable, Sendable {
    let rawValue: Int32
  }

  /// The class of the failure.
  public let code: Code
  /// SQLite's own extended result code, which tells more than `code`.
  public let extendedCode: Int32
  /// What SQLite says about it.
  public let message: String
  /// The statement that failed, where there was one.
  public let sql: String?

  init(extendedCode: Int32, message: String, sql: String? = nil) {
    code = Code(rawValue: extendedCode & 0xff)
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// Takes the last failure of a connection, before another call replaces it.
  init(connection: OpaquePointer, sql: String? = nil) {
    self.init(
      extendedCode: unsafe sqlite3_extended_errcode(connection),
      message: unsafe String(cString: sqlite3_errmsg(connection)), sql: sql)
  }
}

extension SQLiteError {
  /// Another connection holds the lock; the same call may succeed later.
  public var isBusy: Bool { code.rawValue == SQLITE_BUSY || code.rawValue == SQLITE_LOCKED }

  /// The database or its file may not be written.
  public var isReadOnly: Bool { code.rawValue == SQLITE_READONLY }

  /// There is no room, on the disk or within the database's own limit, or a write failed.
  public var isFull: Bool {
    code.rawValue == SQLITE_FULL || Self.failedWrites.contains(extendedCode)
  }

  /// The file is damaged, or is no database at all.
  public var isCorrupt: Bool { code.rawValue == SQLITE_CORRUPT || code.rawValue == SQLITE_NOTADB }

  /// The file does not begin as a database does.
  public var isNotADatabase: Bool { code.rawValue == SQLITE_NOTADB }

  /// The file is missing, or may not be opened.
  public var cannotOpen: Bool { code.rawValue == SQLITE_CANTOPEN }

  /// A row broke a rule of its table.
  public var isConstraint: Bool { code.rawValue == SQLITE_CONSTRAINT }

  /// Somebody called `interrupt`.
  public var isInterrupted: Bool { code.rawValue == SQLITE_INTERRUPT }

  // The header's macros for these compute, so Swift does not import them.
  private static let failedWrites: Set<Int32> = [
    SQLITE_IOERR | 3 << 8,  // write
    SQLITE_IOERR | 4 << 8,  // fsync
    SQLITE_IOERR | 5 << 8,  // fsync of the folder
    SQLITE_IOERR | 19 << 8,  // the shared memory file of the log cannot grow
  ]
}

extension SQLiteError: Equatable {
  /// Compares the codes only.
  public static func == (left: SQLiteError, right: SQLiteError) -> Bool {
    left.extendedCode == right.extendedCode
  }
}

extension SQLiteError: CustomStringConvertible {
  /// The message, the extended code and the statement.
  public var description: String {
    let statement = sql.map { ", in: \($0)" } ?? ""
    return "\(message) (SQLite \(extendedCode)\(statement))"
  }
}
