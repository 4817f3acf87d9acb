public import Access
internal import SQLite

/// Judging that is still to be done: a stage, its slice, and the span of time that is left.
public struct DueRow: Hashable, Sendable {
  /// What kind of judging it is.
  public enum Stage: String, Sendable {
    /// All requests of the span, by the rules that the slice lists (empty = all).
    case requests
    /// Requests of the span whose actor's name the slice is.
    case name
    /// Findings of the rule that the slice is, which was switched off.
    case withdraw
    /// Requests of the span on the policy that the slice is, of which another version holds.
    case policy
    /// The rules of the group that the slice is: at least up to the end, and until nothing differs.
    case rules
    /// The doors of the VM name that the slice is.
    case doors
  }

  /// The row.
  public var id: Int64
  /// What kind of judging it is.
  public var stage: Stage
  /// Which part of the stage.
  public var slice: String
  /// After this instant.
  public var from: EventTime
  /// Up to this instant.
  public var to: EventTime

  /// A row that is not stored yet.
  public init(stage: Stage, slice: String, from: EventTime, to: EventTime) {
    id = 0
    self.stage = stage
    self.slice = slice
    self.from = from
    self.to = to
  }
}

final class DueTable {
  private let insert: Statement
  private let advance: Statement
  private let delete: Statement
  private let selectOldest: Statement
  private let countRows: Statement
  private let firstSweep: Statement
  private let ofSlice: Statement
  private let widen: Statement

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    insert = try connection.prepare(
      "INSERT INTO due (stage, slice, from_at, to_at) VALUES (?, ?, ?, ?)")
    advance = try connection.prepare("UPDATE due SET from_at = ? WHERE id = ?")
    delete = try connection.prepare("DELETE FROM due WHERE id = ?")
    selectOldest = try connection.prepare(
      "SELECT id, stage, slice, from_at, to_at FROM due ORDER BY id LIMIT 1")
    firstSweep = try connection.prepare(
      "SELECT min(from_at) FROM due WHERE stage = 'requests' AND slice = ''")
    ofSlice = try connection.prepare(
      "SELECT id, stage, slice, from_at, to_at FROM due WHERE stage = ? AND slice = ? LIMIT 1")
    widen = try connection.prepare(
      "UPDATE due SET from_at = min(from_at, ?), to_at = max(to_at, ?) WHERE id = ?")
    countRows = try connection.prepare("SELECT count(*) FROM due")
  }

  func insert(_ row: DueRow) throws(SQLiteError) {
    insert.bind(row.stage.rawValue, at: 1)
    insert.bind(row.slice, at: 2)
    insert.bind(row.from.ticks, at: 3)
    insert.bind(row.to.ticks, at: 4)
    try insert.run()
  }

  func advance(_ row: DueRow, to instant: EventTime) throws(SQLiteError) {
    advance.bind(instant.ticks, at: 1)
    advance.bind(row.id, at: 2)
    try advance.run()
  }

  func delete(_ row: DueRow) throws(SQLiteError) {
    delete.bind(row.id, at: 1)
    try delete.run()
  }

  func oldest() throws(SQLiteError) -> DueRow? { try selectOldest.firstRow(DueTable.row) ?? nil }

  /// What is due of a slice, where that is one row.
  func row(_ stage: DueRow.Stage, of slice: String) throws(SQLiteError) -> DueRow? {
    ofSlice.bind(stage.rawValue, at: 1)
    ofSlice.bind(slice, at: 2)
    return try ofSlice.firstRow(DueTable.row) ?? nil
  }

  /// Makes a row reach over a span as well.
  func widen(_ row: DueRow, over span: ClosedRange<EventTime>) throws(SQLiteError) {
    widen.bind(span.lowerBound.ticks, at: 1)
    widen.bind(span.upperBound.ticks, at: 2)
    widen.bind(row.id, at: 3)
    try widen.run()
  }

  private static func row(_ row: borrowing Statement) -> DueRow? {
    guard let stage = DueRow.Stage(rawValue: row.text(1)) else { return nil }
    var due = DueRow(
      stage: stage, slice: row.text(2), from: EventTime(ticks: row.int64(3)),
      to: EventTime(ticks: row.int64(4)))
    due.id = row.int64(0)
    return due
  }

  /// From when on requests were not yet looked at at all, where there are such.
  func sweepsFrom() throws(SQLiteError) -> EventTime? {
    try firstSweep.firstRow { $0.optionalInt64(0).map { EventTime(ticks: $0) } } ?? nil
  }

  func count() throws(SQLiteError) -> Int { try countRows.firstRow { $0.int(0) } ?? 0 }
}
