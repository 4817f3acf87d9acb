internal import Access
internal import SQLite
internal import Timelines

/// One row per VM × port of a request; those not refused are windows.
final class GrantTable {
  private let insert: Statement
  private let delete: Statement
  private let supersede: Statement
  private let earlier: Statement
  private let earlierLong: Statement
  private let later: Statement
  private let body: Statement
  private let ports: Statement
  private let naming: Statement
  private let texts: InternedTexts

  /// Windows up to this length are found by request time alone.
  static let short = TimeSpan.hours(25)

  /// One window as superseding sees it, with its place.
  struct Row {
    let request: Int64
    let claim: WindowFold.Claim
    let taken: AccessWindow.Superseding?
  }

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare(
      """
      INSERT INTO access_grant (vm, port, requested_at, request, person, refused, opens_at,
        ends_at, presumed_end, long, sources, inferred)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    delete = try connection.prepare(
      "DELETE FROM access_grant WHERE vm = ? AND port = ? AND requested_at = ? AND request = ?")
    supersede = try connection.prepare(
      """
      UPDATE access_grant SET superseded_requested = ?, superseded_opens = ?
      WHERE vm = ? AND port = ? AND requested_at = ? AND request = ?
      """)
    let columns = """
      g.request, g.requested_at, g.opens_at, g.presumed_end, r.id, g.superseded_requested,
      g.superseded_opens
      """
    let lane = """
      SELECT \(columns) FROM access_grant g JOIN request r ON r.seq = g.request
      WHERE g.vm = ? AND g.port = ? AND g.person = ? AND g.refused = 0
      """
    earlier = try connection.prepare(
      lane + " AND g.requested_at >= ? AND g.requested_at <= ? AND g.long = 0")
    // The plus keeps SQLite from searching by the time of request, which is the lane's whole past.
    earlierLong = try connection.prepare(
      lane + " AND g.presumed_end > ? AND +g.requested_at <= ? AND g.long = 1")
    body = try connection.prepare("SELECT body FROM request WHERE seq = ?")
    ports = try connection.prepare(
      "SELECT port FROM access_grant WHERE vm = ? AND port > ? ORDER BY port LIMIT 1")
    naming = try connection.prepare(
      """
      SELECT request FROM access_grant
      WHERE vm = ? AND port = ? AND requested_at >= ? AND requested_at <= ?
      """)
    later = try connection.prepare(
      lane + " AND g.requested_at >= ? AND g.requested_at < ?")
  }

  func insert(_ grant: AccessGrant, of stored: StoredRequest) throws(SQLiteError) {
    let request = stored.request
    insert.bind(try texts.number(of: grant.vm), at: 1)
    insert.bind(grant.port ?? -1, at: 2)
    insert.bind(request.requestedAt.ticks, at: 3)
    insert.bind(stored.seq, at: 4)
    insert.bind(try texts.number(of: request.actorIdentity), at: 5)
    insert.bind(request.isRefused ? 1 : 0, at: 6)
    insert.bind(grant.opensAt.ticks, at: 7)
    insert.bind(grant.windowEndsAt?.ticks, at: 8)
    insert.bind(grant.presumedEnd.ticks, at: 9)
    insert.bind(GrantTable.isLong(grant, in: request) ? 1 : 0, at: 10)
    insert.bindText(CanonicalJSON.array(grant.sources), at: 11)
    insert.bind(grant.inferred ? 1 : 0, at: 12)
    try insert.run()
  }

  /// The requests that name a VM with a port and were made in a span, by their numbers.
  func requests(
    naming vm: ResourceID, in span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> Set<Int64> {
    let number = try texts.number(of: vm)
    var found: Set<Int64> = []
    var port = -1
    while true {
      ports.bind(number, at: 1)
      ports.bind(port, at: 2)
      guard let next = try ports.firstRow({ $0.int(0) }) else { return found }
      naming.bind(number, at: 1)
      naming.bind(next, at: 2)
      naming.bind(span.lowerBound.ticks, at: 3)
      naming.bind(span.upperBound.ticks, at: 4)
      try naming.forEachRow { row throws(SQLiteError) in found.insert(row.int64(0)) }
      port = next
    }
  }

  func delete(_ grant: AccessGrant, of stored: StoredRequest) throws(SQLiteError) {
    delete.bind(try texts.number(of: grant.vm), at: 1)
    delete.bind(grant.port ?? -1, at: 2)
    delete.bind(stored.request.requestedAt.ticks, at: 3)
    delete.bind(stored.seq, at: 4)
    try delete.run()
  }

  /// Judges again which newer request takes over each window that a claim can touch: those of
  /// the lane that were made before it and had not ended, and its own.
  func supersede(in lane: Lane, around claim: EventTime) throws(SQLiteError) {
    let rows = try touched(lane, at: claim)
    for row in rows {
      let (window, later) = try placed(row, among: claims(after: row, in: lane))
      let taken = WindowFold.superseding(window, among: later)
      if taken == row.taken { continue }
      supersede.bind(taken?.requestedAt.ticks, at: 1)
      supersede.bind(taken?.opensAt.ticks, at: 2)
      supersede.bind(lane.vm, at: 3)
      supersede.bind(lane.port, at: 4)
      supersede.bind(row.claim.requestedAt.ticks, at: 5)
      supersede.bind(row.request, at: 6)
      try supersede.run()
    }
  }

  /// One VM × port of one actor.
  struct Lane: Hashable {
    let vm: Int64
    let port: Int
    let person: Int64
    let identity: String
  }

  func lane(of grant: AccessGrant, in request: AccessRequest) throws(SQLiteError) -> Lane {
    Lane(
      vm: try texts.number(of: grant.vm), port: grant.port ?? -1,
      person: try texts.number(of: request.actorIdentity), identity: request.actorIdentity)
  }

  private static func isLong(_ grant: AccessGrant, in request: AccessRequest) -> Bool {
    grant.presumedEnd - request.requestedAt > short
  }

  private func touched(_ lane: Lane, at instant: EventTime) throws(SQLiteError) -> [Row] {
    bind(lane, to: earlier)
    earlier.bind((instant - GrantTable.short).ticks, at: 4)
    earlier.bind(instant.ticks, at: 5)
    var rows = try collect(earlier, lane)
    bind(lane, to: earlierLong)
    earlierLong.bind(instant.ticks, at: 4)
    earlierLong.bind(instant.ticks, at: 5)
    rows += try collect(earlierLong, lane)
    return rows.filter { $0.claim.presumedEnd > instant || $0.claim.requestedAt == instant }
  }

  private func claims(
    after row: Row, in lane: Lane
  ) throws(SQLiteError) -> [Row] {
    bind(lane, to: later)
    later.bind(row.claim.requestedAt.ticks, at: 4)
    later.bind(row.claim.presumedEnd.ticks, at: 5)
    return try collect(later, lane)
  }

  /// Gives a window, and the claims of its very instant, their places among each other; requests
  /// of one instant are rare, so that no place is stored.
  private func placed(
    _ row: Row, among rows: [Row]
  ) throws(SQLiteError) -> (WindowFold.Claim, [WindowFold.Claim]) {
    func place(_ row: Row) throws(SQLiteError) -> WindowFold.Claim {
      var claim = row.claim
      body.bind(row.request, at: 1)
      let request = try body.firstRow { AccessRequest(canonical: $0.blob(0)) } ?? nil
      claim.place = request?.place ?? claim.place
      return claim
    }
    let instant = row.claim.requestedAt
    let tied = rows.contains { $0.claim.requestedAt == instant && $0.request != row.request }
    guard tied else { return (row.claim, rows.map(\.claim)) }
    var claims: [WindowFold.Claim] = []
    for other in rows {
      claims.append(other.claim.requestedAt == instant ? try place(other) : other.claim)
    }
    return (try place(row), claims)
  }

  private static func superseding(_ row: borrowing Statement) -> AccessWindow.Superseding? {
    guard let requested = row.optionalInt64(5), let opens = row.optionalInt64(6) else {
      return nil
    }
    return AccessWindow.Superseding(
      requestedAt: EventTime(ticks: requested), opensAt: EventTime(ticks: opens))
  }

  private func bind(_ lane: Lane, to statement: borrowing Statement) {
    statement.bind(lane.vm, at: 1)
    statement.bind(lane.port, at: 2)
    statement.bind(lane.person, at: 3)
  }

  private func collect(
    _ statement: borrowing Statement, _ lane: Lane
  ) throws(SQLiteError) -> [Row] {
    var rows: [Row] = []
    try statement.forEachRow { row throws(SQLiteError) in
      rows.append(
        Row(
          request: row.int64(0),
          claim: WindowFold.Claim(
            requestedAt: EventTime(ticks: row.int64(1)), request: row.text(4),
            actorIdentity: lane.identity, opensAt: EventTime(ticks: row.int64(2)),
            presumedEnd: EventTime(ticks: row.int64(3))),
          taken: GrantTable.superseding(row)))
    }
    return rows
  }
}
