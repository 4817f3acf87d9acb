public import Access
internal import Hashing
internal import SQLite

/// A read-only view of a ledger, which never blocks the writer.
///
/// It belongs to one thread.
public final class LedgerReader {
  /// Where the ledger lies.
  public let path: String
  let connection: Connection
  let statements = StatementCache()
  var knownRules: [Int64: NetworkRule] = [:]
  private var shownNames: [String: String] = [:]
  var laterNotes: (instant: EventTime, ids: Set<EvidenceID>)?
  var knownListings: (instant: EventTime, byVM: [Int64: [(policy: ResourceID, at: EventTime)]])?

  private var knownGrace: TimeSpan?

  /// How long after a window's end its rule may still stand.
  func grace() throws(SQLiteError) -> TimeSpan {
    if let knownGrace { return knownGrace }
    let grace = try state(.grace).map { TimeSpan(ticks: $0) } ?? AccessWindow.usualGrace
    knownGrace = grace
    return grace
  }

  /// Opens a ledger for reading.
  ///
  /// One that does not exist is an error and is not made.
  public init(path: String) throws(LedgerError) {
    self.path = path
    guard FileSystemKind.exists(path) else {
      throw LedgerError(
        .notFound,
        "There is no ledger at \(path); name one with --ledger, or make one with `gatebook run` "
          + "or `gatebook import`.")
    }
    connection = try LedgerFile.openForReading(path)
    let found = try LedgerFile.examine(connection, path: path)
    guard found.version == LedgerSchema.version else {
      throw LedgerError(
        .olderVersion,
        found.isNew
          ? "\(path) is empty; `gatebook run` or `gatebook import` makes a ledger of it."
          : "The ledger \(path) is of version \(found.version); `gatebook run` migrates it to "
            + "version \(LedgerSchema.version).")
    }
  }

  /// Runs reads that must see one and the same state of the ledger.
  public func snapshot<Value>(
    _ work: () throws(LedgerError) -> Value
  ) throws(LedgerError) -> Value {
    try guarded { () throws(SQLiteError) in try connection.begin(.deferred) }
    // A read transaction has nothing to lose: ending it cannot fail in a way that matters.
    defer { try? connection.rollback() }
    return try work()
  }

  func guarded<Value>(
    _ work: () throws(SQLiteError) -> Value
  ) throws(LedgerError) -> Value {
    do throws(SQLiteError) { return try work() } catch { throw LedgerError(error, path: path) }
  }

  /// A value that a query is asked with.
  enum Parameter {
    case number(Int64)
    case text(String)
    case bytes([UInt8])
  }

  /// Visits the rows of a query.
  func rows(
    _ sql: String, _ parameters: [Parameter] = [],
    _ body: (borrowing Statement) throws(SQLiteError) -> Void
  ) throws(SQLiteError) {
    try rowsWhile(sql, parameters) { row throws(SQLiteError) in
      try body(row)
      return true
    }
  }

  /// Visits the rows of a query until the closure says false.
  func rowsWhile(
    _ sql: String, _ parameters: [Parameter] = [],
    _ body: (borrowing Statement) throws(SQLiteError) -> Bool
  ) throws(SQLiteError) {
    try statements.withStatement(sql, on: connection) { statement throws(SQLiteError) in
      for (index, parameter) in parameters.enumerated() {
        switch parameter {
        case .number(let number): statement.bind(number, at: index + 1)
        case .text(let text): statement.bind(text, at: index + 1)
        case .bytes(let bytes): statement.bind(bytes, at: index + 1)
        }
      }
      while try statement.step() {
        if try !body(statement) { return }
      }
    }
  }

  func state(_ key: StateTable.Key) throws(SQLiteError) -> Int64? {
    var value: Int64?
    try rows("SELECT value FROM state WHERE key = ?", [.text(key.rawValue)]) {
      value = $0.int64(0)
    }
    return value
  }

  /// How far the evidence is known to be complete, or nil while nothing was read.
  public func streamTime() throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in
      try state(.streamTime).map { EventTime(ticks: $0) }
    }
  }

  /// The newest instant that anything tells of; what is asked of a ledger without an activity log,
  /// which holds sessions or policies only, is answered as of then.
  public func newestInstant() throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in
      var newest: EventTime?
      try rows(
        """
        SELECT max(at) FROM (SELECT max(at) AS at FROM reached
          UNION ALL SELECT max(at) FROM policy_version UNION ALL SELECT max(at) FROM rule_call
          UNION ALL SELECT max(requested_at) FROM request)
        """
      ) { newest = $0.optionalInt64(0).map { EventTime(ticks: $0) } }
      return newest
    }
  }

  /// How many judgements are due.
  public func dueCount() throws(LedgerError) -> Int {
    try guarded { () throws(SQLiteError) in
      var count = 0
      try rows("SELECT count(*) FROM due") { count = $0.int(0) }
      return count
    }
  }

  /// The settings that verdicts are judged by, as canonical text.
  public func settings() throws(LedgerError) -> String? {
    try guarded { () throws(SQLiteError) in
      var canonical: String?
      try rows("SELECT canonical FROM settings ORDER BY id DESC LIMIT 1") {
        canonical = $0.text(0)
      }
      return canonical
    }
  }

  /// An id in the most readable case that any record has.
  func shown(_ vm: ResourceID) throws(SQLiteError) -> ResourceID {
    if let name = shownNames[vm.canonical] {
      return ResourceID(canonical: vm.canonical, display: name)
    }
    var name = vm.display
    try rows("SELECT shown FROM resource WHERE canonical = ?", [.text(vm.canonical)]) {
      name = $0.text(0)
    }
    if shownNames.count > 50_000 { shownNames.removeAll() }
    shownNames[vm.canonical] = name
    return ResourceID(canonical: vm.canonical, display: name)
  }
}
