internal import Glibc
internal import SQLite

/// What a ledger's file must be before it is used.
enum LedgerFile {
  /// `GTBK`: marks a SQLite file as a ledger of this program.
  static let applicationID: Int64 = 0x4754_424B

  /// Refuses a place where no ledger can be: no folder, a network file system, another file.
  ///
  /// Asked before anything is made there.
  static func checkPlace(_ path: String) throws(LedgerError) {
    try refuseNetwork(path)
    try refuseOther(path)
  }

  /// Makes the file with its permissions where there is none.
  static func make(_ path: String, mode: UInt32) throws(LedgerError) {
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

  /// A file that holds anything else is left alone, and no lock is put beside it.
  private static func refuseOther(_ path: String) throws(LedgerError) {
    if FileSystemKind.isFolder(path) {
      throw LedgerError(
        .notALedger, "\(path) is a folder; name a file in it, such as \(path)/gatebook.db.")
    }
    let beginning = FileSystemKind.beginning(of: path, count: databaseMark.count)
    guard beginning.isEmpty || beginning == databaseMark else {
      throw LedgerError(.notALedger, "\(path) is no ledger; name another file.")
    }
  }

  /// What every SQLite file begins with.
  private static let databaseMark = Array("SQLite format 3\0".utf8)

  /// Opens a ledger that exists for reading.
  ///
  /// Even a reader makes files beside a ledger. Where it may not, a ledger without a log of writes
  /// is complete by itself and is read as it lies there.
  static func openForReading(_ path: String) throws(LedgerError) -> Connection {
    try refuseOther(path)
    do throws(SQLiteError) {
      return try Connection(
        path: path, mode: .readOnly, cacheKiB: 16_384, busyTimeout: .seconds(10))
    } catch {
      guard error.cannotOpen || error.isReadOnly,
        FileSystemKind.size(FileSystemKind.resolved(path) + "-wal") == 0
      else { throw LedgerError(error, path: path) }
      do throws(SQLiteError) {
        return try Connection(path: path, mode: .immutable, cacheKiB: 16_384)
      } catch {
        throw LedgerError(error, path: path)
      }
    }
  }

  /// Sets what a writing connection needs.
  static func configure(_ connection: borrowing Connection) throws(SQLiteError) {
    _ = try connection.pragma("journal_mode = WAL")
    try connection.execute("PRAGMA synchronous = NORMAL")
    connection.ownCheckpoints()
    try connection.execute("PRAGMA temp_store = MEMORY")
    try connection.execute("PRAGMA foreign_keys = OFF")
  }

  /// Makes the tables, or brings an older ledger up to this version after writing a copy of it.
  static func migrate(
    _ connection: borrowing Connection, path: String, from found: Found, options: LedgerOptions
  ) throws(LedgerError) {
    if found.version == LedgerSchema.version { return }
    let copy = "\(path).before-v\(LedgerSchema.version)"
    let writesCopy = !found.isNew && options.makesBackup
    // SQLite would make it with other permissions.
    if writesCopy { try make(copy, mode: options.mode) }
    do throws(SQLiteError) {
      if writesCopy { try connection.backup(to: copy) }
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

  /// What a file turned out to be.
  struct Found {
    let version: Int
    /// True while it has no tables.
    let isNew: Bool
  }

  /// Which version a ledger is of, and whether it is still empty; refuses what is no ledger.
  static func examine(
    _ connection: borrowing Connection, path: String
  ) throws(LedgerError) -> Found {
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
    guard mark == applicationID || isNew && mark == 0 && version == 0 else {
      throw LedgerError(
        .notALedger, "\(path) is a database, but no ledger of Gatebook; name another file.")
    }
    guard (0...LedgerSchema.version).contains(version) else {
      throw LedgerError(
        .newerVersion,
        "The ledger \(path) is of version \(version), and this program knows versions up to "
          + "\(LedgerSchema.version); use the newer program that wrote it.")
    }
    return Found(version: version, isNew: isNew)
  }

  private static func tableCount(
    _ connection: borrowing Connection
  ) throws(SQLiteError) -> Int {
    let statement = try connection.prepare("SELECT count(*) FROM sqlite_schema")
    return try statement.firstRow { $0.int(0) } ?? 0
  }
}
