internal import CSQLite

/// How long a write-ahead log has become.
///
/// It is written by the hook that SQLite calls on the connection's own thread, after each commit.
final class LogLength {
  var pages = 0
}

extension Connection {
  /// Leaves the log of writes alone from now on, where SQLite would move it into the file within
  /// the commit that makes it long; `logPages` then says how long it is.
  public func ownCheckpoints() {
    let length = unsafe Unmanaged.passUnretained(logLength).toOpaque()
    unsafe sqlite3_wal_hook(
      handle,
      { length, _, _, pages in
        guard let length = unsafe length else { return SQLITE_OK }
        unsafe Unmanaged<LogLength>.fromOpaque(length).takeUnretainedValue().pages = Int(pages)
        return SQLITE_OK
      }, length)
  }

  /// The pages in the log of writes after the last commit, moved or not.
  public var logPages: Int { logLength.pages }
}
