internal import CSQLite

/// A connection to one database file, closed when it goes out of scope.
///
/// SQLite's own locks are off: a connection and its statements belong to one thread at a time.
/// Only an ``Interrupter`` may be used from another one.
@safe
public struct Connection: ~Copyable {
  /// What a connection may do with its file.
  public enum Mode: Sendable {
    /// Reads an existing database.
    case readOnly
    /// Reads a database that nobody writes to meanwhile, without any lock or file beside it: what
    /// is still in a write-ahead log is not seen.
    case immutable
    /// Reads and writes an existing database.
    case readWrite
    /// Reads and writes, and makes the database if there is none.
    case readWriteCreate
  }

  let handle: OpaquePointer
  let logLength = LogLength()
  /// The handle with which another thread may stop this connection.
  public let interrupter: Interrupter

  /// Opens a database file.
  ///
  /// `cacheKiB` is how much of it the connection may keep in memory, `busyTimeout` how long a call
  /// waits for another connection's lock before it fails with an error that `isBusy`.
  public init(
    path: String, mode: Mode = .readWriteCreate, cacheKiB: Int = 2048,
    busyTimeout: Duration = .seconds(5)
  ) throws(SQLiteError) {
    let handle = try unsafe Self.open(path, mode, cacheKiB, busyTimeout)
    unsafe self.handle = handle
    interrupter = unsafe Interrupter(handle)
  }

  deinit {
    interrupter.invalidate()
    // Waits for statements that outlive the connection, where plain close would fail.
    unsafe sqlite3_close_v2(handle)
  }

  /// Runs statements that return no rows one after the other, without parameters.
  public func execute(_ sql: String) throws(SQLiteError) {
    if unsafe sqlite3_exec(handle, sql, nil, nil, nil) != SQLITE_OK {
      throw unsafe SQLiteError(connection: handle, sql: sql)
    }
  }

  /// Compiles one statement, to be kept and run many times.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(sql, on: self)
  }

  /// How many rows the last INSERT, UPDATE or DELETE changed.
  public var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

  /// The row id of the last row that was inserted.
  public var lastInsertRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Stops the statement that runs on this connection, if one does.
  public func interrupt() { interrupter.interrupt() }

  private static func open(
    _ path: String, _ mode: Mode, _ cacheKiB: Int, _ busyTimeout: Duration
  ) throws(SQLiteError) -> OpaquePointer {
    let access =
      switch mode {
      case .readOnly: SQLITE_OPEN_READONLY
      case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      case .readWrite: SQLITE_OPEN_READWRITE
      case .readWriteCreate: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var handle: OpaquePointer?
    let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let name = mode == .immutable ? immutable(path) : plain(path)
    var result = unsafe sqlite3_open_v2(name, &handle, flags, nil)
    guard let opened = unsafe handle else {
      throw SQLiteError(extendedCode: result, message: "\(path): out of memory")
    }
    if result == SQLITE_OK {
      unsafe sqlite3_busy_timeout(opened, milliseconds(busyTimeout))
      // Reads the file for the first time, and so finds out whether it is a database.
      let cache = "PRAGMA cache_size = \(-max(cacheKiB, 1))"
      result = unsafe sqlite3_exec(opened, cache, nil, nil, nil)
    }
    if result == SQLITE_OK { return unsafe opened }
    // A connection that could not be opened holds the message and wants to be closed.
    let failure = unsafe SQLiteError(connection: opened)
    unsafe sqlite3_close_v2(opened)
    throw SQLiteError(
      extendedCode: failure.extendedCode, message: "\(path): \(failure.message)")
  }

  /// Distributions switch URIs on for all paths, and a file may well be called `file:…`.
  private static func plain(_ path: String) -> String {
    path.hasPrefix("file:") ? "./" + path : path
  }

  /// The one way to say so is a URI, in which every byte but the plainest is written in hex.
  private static func immutable(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var name = path.hasPrefix("/") ? "file://" : "file:"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."):
        name.append(Character(UnicodeScalar(byte)))
      default:
        name += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return name + "?immutable=1"
  }

  private static func milliseconds(_ duration: Duration) -> Int32 {
    let parts = duration.components
    let (whole, fraction) = (parts.seconds, parts.attoseconds / 1_000_000_000_000_000)
    guard whole < Int64(Int32.max) / 1000 else { return .max }
    return Int32(max(0, whole * 1000 + fraction))
  }
}
