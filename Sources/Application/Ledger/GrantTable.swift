internal import Access
internal import SQLite
internal import Timelines

/// One row per VM × port of a request; those not refused, or opened by a rule, are windows.
final class GrantTable {
  private let insert: Statement
  private let delete: Statement
  private let ports: Statement
  private let naming: Statement
  private let short: Statement
  private let long: Statement
  private let insertOpening: Statement
  private let deleteOpening: Statement
  private let texts: InternedTexts
  /// How long after a window's end its rule may still stand.
  var grace = AccessWindow.usualGrace

  /// Windows up to this length are found by request time alone.
  static let short = TimeSpan.hours(25)

  /// When the rule of a window was gone, in SQL; the end of time while it stands.
  static let goneAt = "ifnull(removed_at, 9223372036854775807)"
  /// Whether the rule of a window stood so long that the time of the request does not find it.
  static let isLasting = """
    seen_at IS NOT NULL AND (removed_at IS NULL OR removed_at > requested_at + \(short.ticks))
    """

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare(
      """
      INSERT INTO access_grant (vm, port, requested_at, request, person, refused, opens_at,
        ends_at, presumed_end, long, sources, inferred, superseded_requested, superseded_opens,
        seen_at, removed_at, removal_presumed, overdue_from, reach_end)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    delete = try connection.prepare(
      "DELETE FROM access_grant WHERE vm = ? AND port = ? AND requested_at = ? AND request = ?")
    ports = try connection.prepare(
      "SELECT port FROM access_grant WHERE vm = ? AND port > ? ORDER BY port LIMIT 1")
    naming = try connection.prepare(
      """
      SELECT request FROM access_grant
      WHERE vm = ? AND port = ? AND requested_at >= ? AND requested_at <= ?
      ORDER BY requested_at LIMIT ?
      """)
    short = try connection.prepare(
      """
      SELECT request FROM access_grant WHERE vm = ? AND port = ? AND requested_at >= ?
        AND requested_at < ? AND reach_end > ? AND long = 0
      """)
    // The plus keeps SQLite from searching by the time of request, which is the lane's whole past.
    long = try connection.prepare(
      """
      SELECT request FROM access_grant WHERE vm = ? AND port = ? AND reach_end > ?
        AND +requested_at < ? AND long = 1
      """)
    insertOpening = try connection.prepare(
      "INSERT OR IGNORE INTO opening (nsg, began, request) VALUES (?, ?, ?)")
    deleteOpening = try connection.prepare(
      "DELETE FROM opening WHERE nsg = ? AND began = ? AND request = ?")
  }

  func insert(_ grant: AccessGrant, of stored: StoredRequest) throws(SQLiteError) {
    let request = stored.request
    let window = WindowFold.window(of: grant, in: request, grace: grace)
    let doors = window?.doors(at: .distantFuture)
    let reach = doors.flatMap { window?.supersedableUntil($0) } ?? grant.presumedEnd
    let isRefused = request.refusedAt != nil && grant.openings.isEmpty
    insert.bind(try texts.number(of: grant.vm), at: 1)
    insert.bind(grant.port ?? -1, at: 2)
    insert.bind(request.requestedAt.ticks, at: 3)
    insert.bind(stored.seq, at: 4)
    insert.bind(try texts.number(of: request.actorIdentity), at: 5)
    insert.bind(isRefused ? 1 : 0, at: 6)
    insert.bind(grant.opensAt.ticks, at: 7)
    insert.bind(grant.windowEndsAt?.ticks, at: 8)
    insert.bind(grant.presumedEnd.ticks, at: 9)
    let end = max(reach, grant.presumedEnd)
    insert.bind(end - request.requestedAt > GrantTable.short ? 1 : 0, at: 10)
    insert.bindText(CanonicalJSON.array(grant.sources), at: 11)
    insert.bind(grant.inferred ? 1 : 0, at: 12)
    insert.bind(grant.supersededBy?.requestedAt.ticks, at: 13)
    insert.bind(grant.supersededBy?.opensAt.ticks, at: 14)
    insert.bind(grant.openings.map(\.from).min()?.ticks, at: 15)
    insert.bind(doors?.removal?.at.ticks, at: 16)
    insert.bind(doors?.removal?.isPresumed == true ? 1 : 0, at: 17)
    insert.bind(window?.overdueFrom.ticks ?? 0, at: 18)
    insert.bind(end.ticks, at: 19)
    try insert.run()
    for opening in grant.openings {
      insertOpening.bind(try texts.number(of: opening.nsg), at: 1)
      insertOpening.bind(opening.began.ticks, at: 2)
      insertOpening.bind(stored.seq, at: 3)
      try insertOpening.run()
    }
  }

  func delete(_ grant: AccessGrant, of stored: StoredRequest) throws(SQLiteError) {
    delete.bind(try texts.number(of: grant.vm), at: 1)
    delete.bind(grant.port ?? -1, at: 2)
    delete.bind(stored.request.requestedAt.ticks, at: 3)
    delete.bind(stored.seq, at: 4)
    try delete.run()
    for opening in grant.openings {
      deleteOpening.bind(try texts.number(of: opening.nsg), at: 1)
      deleteOpening.bind(opening.began.ticks, at: 2)
      deleteOpening.bind(stored.seq, at: 3)
      try deleteOpening.run()
    }
  }

  /// The requests that name a VM with a port and were made in a span, by their numbers.
  func requests(
    naming vm: ResourceID, in span: ClosedRange<EventTime>, limit: Int = .max
  ) throws(SQLiteError) -> Set<Int64> {
    let number = try texts.number(of: vm)
    var found: Set<Int64> = []
    for port in try portNumbers(of: number) {
      naming.bind(number, at: 1)
      naming.bind(port, at: 2)
      naming.bind(span.lowerBound.ticks, at: 3)
      naming.bind(span.upperBound.ticks, at: 4)
      naming.bind(limit, at: 5)
      try naming.forEachRow { row throws(SQLiteError) in found.insert(row.int64(0)) }
    }
    return found
  }

  /// The requests for a VM made before an instant whose windows reach over it.
  func requests(
    reaching instant: EventTime, of vm: ResourceID
  ) throws(SQLiteError) -> Set<Int64> {
    let number = try texts.number(of: vm)
    var found: Set<Int64> = []
    for port in try portNumbers(of: number) where port >= 0 {
      short.bind(number, at: 1)
      short.bind(port, at: 2)
      short.bind((instant - GrantTable.short).ticks, at: 3)
      short.bind(instant.ticks, at: 4)
      short.bind(instant.ticks, at: 5)
      try short.forEachRow { row throws(SQLiteError) in found.insert(row.int64(0)) }
      long.bind(number, at: 1)
      long.bind(port, at: 2)
      long.bind(instant.ticks, at: 3)
      long.bind(instant.ticks, at: 4)
      try long.forEachRow { row throws(SQLiteError) in found.insert(row.int64(0)) }
    }
    return found
  }

  private func portNumbers(of vm: Int64) throws(SQLiteError) -> [Int] {
    var found: [Int] = []
    var last = -2
    while true {
      ports.bind(vm, at: 1)
      ports.bind(last, at: 2)
      guard let next = try ports.firstRow({ $0.int(0) }) else { return found }
      found.append(next)
      last = next
    }
  }
}
