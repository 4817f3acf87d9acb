internal import Glibc
internal import SQLite

/// What a ledger's file must be before it is used.
enum LedgerFile {
  /// `GTBK`: marks a SQLite file as a ledger of this program.
  static let applicationID: Int64 = 0x4754_424B

  /// Refuses a network file system and makes the file with its permissions where there is none.
  static func prepare(path: String, mode: UInt32) throws(LedgerError) {
    try refuseNetwork(path)
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    if descriptor >= 0 {
      // The mode of open() is cut by the umask; the setting says what it is to be.
      fchmod(descriptor, mode)
      close(descriptor)
      return
    }
    if errno == EEXIST { return }
    throw LedgerError(
      errno == EROFS || errno == EACCES ? .readOnly : .other,
      "The ledger \(path) cannot be made: \(unsafe String(cString: strerror(errno))).")
  }

  /// The folder that holds a path.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func refuseNetwork(_ path: String) throws(LedgerError) {
    guard let kind = FileSystemKind.of(folder: folder(of: path)) else {
      throw LedgerError(
        .notFound,
        "The folder of \(path) does not exist or cannot be read; make it or name another ledger.")
    }
    guard !FileSystemKind.isNetwork(kind) else {
      throw LedgerError(
        .networkFileSystem,
        "\(path) lies on a network file system (\(kind)), where SQLite's write-ahead log cannot "
          + "work; put the ledger on a local disk.")
    }
  }

  /// Sets what a writing connection needs.
  static func configure(_ connection: borrowing Connection) throws(SQLiteError) {
    _ = try connection.pragma("journal_mode = WAL")
    try connection.execute("PRAGMA synchronous = NORMAL")
    try connection.execute("PRAGMA wal_autocheckpoint = 10000")
    try connection.execute("PRAGMA temp_store = MEMORY")
    try connection.execute("PRAGMA foreign_keys = OFF")
  }

  /// Makes the tables, or brings an older ledger up to this version after writing a copy of it.
  static func migrate(
    _ connection: borrowing Connection, path: String, makesBackup: Bool
  ) throws(LedgerError) {
    let found = try examine(connection, path: path)
    if found.version == LedgerSchema.version { return }
    do throws(SQLiteError) {
      if !found.isNew, makesBackup {
        try connection.backup(to: "\(path).before-v\(LedgerSchema.version)")
      }
      try connection.transaction { () throws(SQLiteError) in
        for step in (found.version + 1)...LedgerSchema.version {
          try connection.execute(LedgerSchema.migrations[step - 1])
        }
        try connection.execute("PRAGMA application_id = \(applicationID)")
        try connection.setUserVersion(LedgerSchema.version)
      }
    } catch {
      throw LedgerError(error, path: path)
    }
  }

  /// Which version a file is of, and whether it is still empty.
  static func examine(
    _ connection: borrowing Connection, path: String
  ) throws(LedgerError) -> (version: Int, isNew: Bool) {
    let version: Int
    let isNew: Bool
    let mark: Int64
    do throws(SQLiteError) {
      version = try connection.userVersion
      isNew = try tableCount(connection) == 0
      mark = Int64(try connection.pragma("application_id") ?? "0") ?? 0
    } catch {
      throw LedgerError(error, path: path)
    }
    if version > LedgerSchema.version {
      throw LedgerError(
        .newerVersion,
        "The ledger \(path) is of version \(version), and this program knows versions up to "
          + "\(LedgerSchema.version); use the newer program that wrote it.")
    }
    if !isNew, mark != applicationID {
      throw LedgerError(
        .notALedger, "\(path) is a database, but no ledger of Gatebook; name another file.")
    }
    return (version, isNew)
  }

  private static func tableCount(
    _ connection: borrowing Connection
  ) throws(SQLiteError) -> Int {
    let statement = try connection.prepare("SELECT count(*) FROM sqlite_schema")
    return try statement.firstRow { $0.int(0) } ?? 0
  }
}
