internal import CSQLite

extension Connection {
  /// Reads or sets a pragma, as in `pragma("journal_mode = WAL")`, and returns the first value.
  public func pragma(_ name: String) throws(SQLiteError) -> String? {
    try prepare("PRAGMA \(name)").firstRow { row in row.optionalText(0) } ?? nil
  }

  /// The version number that the application keeps in the file; 0 in a new one.
  public var userVersion: Int {
    get throws(SQLiteError) {
      try prepare("PRAGMA user_version").firstRow { row in row.int(0) } ?? 0
    }
  }

  /// Stores the application's version number, within the transaction if one is open.
  public func setUserVersion(_ version: Int) throws(SQLiteError) {
    try execute("PRAGMA user_version = \(version)")
  }

  /// Checks the whole file and returns what is wrong with it, at most 100 findings.
  public func integrityCheck() throws(SQLiteError) -> [String] {
    var findings: [String] = []
    do throws(SQLiteError) {
      let statement = try prepare("PRAGMA integrity_check")
      while try statement.step() { findings.append(statement.text(0)) }
    } catch {
      // Damage in the wrong place ends the check itself.
      guard error.isCorrupt else { throw error }
      findings.append(error.message)
    }
    return findings == ["ok"] ? [] : findings
  }

  /// Copies the database as it is now over the file at a path, while others may go on writing.
  public func backup(to path: String) throws(SQLiteError) {
    let copy = try Connection(path: path, mode: .readWriteCreate)
    guard let backup = unsafe sqlite3_backup_init(copy.handle, "main", handle, "main") else {
      throw unsafe SQLiteError(connection: copy.handle)
    }
    // One step: a copy in several starts over whenever another connection writes in between.
    let result = unsafe sqlite3_backup_step(backup, -1)
    let failure = unsafe sqlite3_backup_finish(backup)
    if failure != SQLITE_OK { throw unsafe SQLiteError(connection: copy.handle) }
    if result != SQLITE_DONE {
      // Busy is not repeated by finish.
      throw SQLiteError(
        extendedCode: result, message: unsafe String(cString: sqlite3_errstr(result)))
    }
  }
}

extension Connection {
  /// How hard a checkpoint tries.
  public enum CheckpointMode: Sendable {
    /// Moves what it can without waiting for anyone.
    case passive
    /// Waits for readers and writers, moves everything, and cuts the log to nothing.
    case truncate
  }

  /// What a checkpoint achieved.
  public struct Checkpoint: Equatable, Sendable {
    /// The pages in the write-ahead log; 0 when it was cut, or when there is none.
    public let pages: Int
    /// Those of them that are in the database file now.
    public let movedPages: Int
    /// False when another connection was in the way.
    public let isComplete: Bool
  }

  /// Moves pages from the write-ahead log into the database file.
  public func checkpoint(_ mode: CheckpointMode) throws(SQLiteError) -> Checkpoint {
    let how =
      switch mode {
      case .passive: SQLITE_CHECKPOINT_PASSIVE
      case .truncate: SQLITE_CHECKPOINT_TRUNCATE
      }
    var pages: Int32 = 0
    var moved: Int32 = 0
    let result = unsafe sqlite3_wal_checkpoint_v2(handle, nil, how, &pages, &moved)
    if result != SQLITE_OK, result & 0xff != SQLITE_BUSY {
      throw unsafe SQLiteError(connection: handle)
    }
    return Checkpoint(
      pages: Int(max(0, pages)), movedPages: Int(max(0, moved)),
      isComplete: result == SQLITE_OK && pages == moved)
  }
}
