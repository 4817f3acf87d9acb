internal import CSQLite

extension Connection {
  /// When a transaction takes its lock.
  public enum TransactionKind: Sendable {
    /// Takes the write lock at once, so that later statements cannot fail for want of it.
    case immediate
    /// Takes a snapshot with the first read: what a reader wants.
    case deferred
  }

  /// True between begin and the commit or rollback that ends it.
  ///
  /// SQLite ends a transaction by itself after some failures, such as a full disk.
  public var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// Begins a transaction.
  public func begin(_ kind: TransactionKind = .immediate) throws(SQLiteError) {
    switch kind {
    case .immediate: try execute("BEGIN IMMEDIATE")
    case .deferred: try execute("BEGIN DEFERRED")
    }
  }

  /// Commits the transaction; when this fails with `isBusy` the transaction is still open.
  public func commit() throws(SQLiteError) {
    try execute("COMMIT")
  }

  /// Undoes the transaction, if one is still open.
  public func rollback() throws(SQLiteError) {
    if isInTransaction { try execute("ROLLBACK") }
  }

  /// Runs the body in a transaction: commits when it returns, rolls back when it throws.
  public func transaction<Result>(
    _ kind: TransactionKind = .immediate, _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    try begin(kind)
    do throws(SQLiteError) {
      let result = try body()
      try commit()
      return result
    } catch {
      // The first failure is the one to report; a rollback that fails too leaves nothing to do,
      // because SQLite rolls back when the connection closes.
      try? rollback()
      throw error
    }
  }
}
