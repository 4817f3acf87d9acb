public import Access
internal import SQLite
internal import Timelines

/// Requests and windows as they hold at an instant.
extension LedgerReader {
  /// Visits the requests of a span that exist at an instant, by time, then id.
  ///
  /// The visit ends when the closure says false.
  public func forEachRequest(
    in span: ClosedRange<EventTime>, at instant: EventTime,
    _ body: (AccessRequest) -> Bool
  ) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      try rowsWhile(
        """
        SELECT body FROM request WHERE requested_at >= ? AND requested_at <= ?
        ORDER BY requested_at, id
        """,
        [.number(span.lowerBound.ticks), .number(min(span.upperBound, instant).ticks)]
      ) { row throws(SQLiteError) in
        guard let request = AccessRequest(canonical: row.blob(0)) else { return true }
        return body(try readable(asItWas(request, at: instant)))
      }
    }
  }

  /// The request of an id, or nil.
  public func request(id: String) throws(LedgerError) -> AccessRequest? {
    try guarded { () throws(SQLiteError) in
      var found: AccessRequest?
      // Ids carry no time; this is for people who ask for one.
      try rows("SELECT body FROM request WHERE id = ? LIMIT 1", [.text(id)]) {
        found = AccessRequest(canonical: $0.blob(0))
      }
      return try found.map { request throws(SQLiteError) in try readable(request) }
    }
  }

  func readable(_ request: AccessRequest) throws(SQLiteError) -> AccessRequest {
    var request = request
    for index in request.grants.indices {
      request.grants[index].vm = try shown(request.grants[index].vm)
    }
    return request
  }

  /// Visits the windows that open in a span and whose request exists at an instant, by opening,
  /// VM, port, request.
  public func forEachWindow(
    openingIn span: ClosedRange<EventTime>, at instant: EventTime,
    _ body: (AccessWindow) -> Bool
  ) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      try rowsWhile(
        """
        SELECT \(LedgerReader.windowColumns) FROM access_grant g
        JOIN request r ON r.seq = g.request JOIN resource v ON v.id = g.vm
        WHERE g.opens_at >= ? AND g.opens_at <= ? AND g.requested_at <= ?
          AND g.refused = 0 AND g.port >= 0
        ORDER BY g.opens_at, v.canonical, g.port, r.id
        """,
        [
          .number(span.lowerBound.ticks), .number(span.upperBound.ticks), .number(instant.ticks),
        ]
      ) { row throws(SQLiteError) in
        guard let window = try window(row, at: instant) else { return true }
        return body(window)
      }
    }
  }

  /// The windows of a VM that were or may be open at some instant of a span, requested by an
  /// instant: those requested in the 25 h before it or in it, longer ones, and those whose rule
  /// outlived them.
  public func windows(
    of vm: ResourceID, touching span: ClosedRange<EventTime>, at instant: EventTime
  ) throws(LedgerError) -> [AccessWindow] {
    try guarded { () throws(SQLiteError) in
      guard let number = try number(of: vm) else { return [] }
      var found: [AccessWindow] = []
      var seen: Set<Int64> = []
      for port in try ports(of: number) where port >= 0 {
        seen.removeAll(keepingCapacity: true)
        for sql in [
          LedgerReader.shortWindows, LedgerReader.longWindows, LedgerReader.lastingWindows,
        ] {
          try rows(
            sql,
            [
              .number(number), .number(Int64(port)),
              .number((span.lowerBound - GrantTable.short).ticks),
              .number(min(span.upperBound, instant).ticks), .number(span.lowerBound.ticks),
            ]
          ) { row throws(SQLiteError) in
            guard seen.insert(row.int64(4)).inserted else { return }
            if let window = try window(row, at: instant) { found.append(window) }
          }
        }
      }
      return found.sorted {
        ($0.opensAt, $0.port, $0.request) < ($1.opensAt, $1.port, $1.request)
      }
    }
  }

  static let windowColumns = """
    r.body, v.canonical, v.shown, g.port, r.seq
    """

  private static let ofLane = """
    SELECT \(windowColumns) FROM access_grant g JOIN request r ON r.seq = g.request
    JOIN resource v ON v.id = g.vm
    WHERE g.vm = ?1 AND g.port = ?2 AND g.refused = 0
    """

  private static let shortWindows =
    ofLane + " AND g.requested_at >= ?3 AND g.requested_at <= ?4 AND g.long = 0 AND ?5 IS NOT NULL"

  // The plus keeps SQLite from searching by the time of request, which is the lane's whole past.
  private static let longWindows =
    ofLane + " AND g.reach_end >= ?5 AND +g.requested_at <= ?4 AND g.long = 1 AND ?3 IS NOT NULL"

  // The names of columns are those of the index: SQLite compares the text of expressions.
  private static let lastingWindows = """
    SELECT \(windowColumns) FROM (
      SELECT vm, port, request FROM access_grant
      WHERE vm = ?1 AND port = ?2 AND refused = 0 AND \(GrantTable.isLasting)
        AND \(GrantTable.goneAt) >= ?5 AND requested_at <= ?4 AND ?3 IS NOT NULL) g
    JOIN request r ON r.seq = g.request JOIN resource v ON v.id = g.vm
    """

  func window(
    _ row: borrowing Statement, at instant: EventTime
  ) throws(SQLiteError) -> AccessWindow? {
    guard let stored = AccessRequest(canonical: row.blob(0)) else { return nil }
    let request = try asItWas(stored, at: instant)
    let vm = ResourceID(canonical: row.text(1), display: row.text(2))
    let port = row.int(3)
    guard let grant = request.grants.first(where: { $0.vm == vm && $0.port == port }),
      var window = WindowFold.window(of: grant, in: request, grace: try grace()),
      window.exists(at: instant)
    else { return nil }
    window.vm = vm
    return window
  }

  func number(of vm: ResourceID) throws(SQLiteError) -> Int64? {
    var number: Int64?
    try rows("SELECT id FROM resource WHERE canonical = ?", [.text(vm.canonical)]) {
      number = $0.int64(0)
    }
    return number
  }

  /// The ports that requests for a VM ever named, each found by one step through the key.
  func ports(of vm: Int64) throws(SQLiteError) -> [Int] {
    var ports: [Int] = []
    var last = -2
    while true {
      var next: Int?
      try rows(
        "SELECT port FROM access_grant WHERE vm = ? AND port > ? ORDER BY port LIMIT 1",
        [.number(vm), .number(Int64(last))]
      ) { next = $0.int(0) }
      guard let next else { return ports }
      ports.append(next)
      last = next
    }
  }

  /// A person's requests of a span, as they hold at an instant, by time.
  public func requests(
    by identity: String, in span: Range<EventTime>, at instant: EventTime
  ) throws(LedgerError) -> [AccessRequest] {
    try guarded { () throws(SQLiteError) in
      var found: [AccessRequest] = []
      try rows(
        """
        SELECT r.body FROM request r JOIN person p ON p.id = r.person
        WHERE p.identity = ? AND r.requested_at >= ? AND r.requested_at < ?
          AND r.requested_at <= ?
        """,
        [
          .text(identity), .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
          .number(instant.ticks),
        ]
      ) { row throws(SQLiteError) in
        guard let request = AccessRequest(canonical: row.blob(0)) else { return }
        found.append(try asItWas(request, at: instant))
      }
      return found.sorted(by: AccessRequest.precedes)
    }
  }

  /// The requests that name a VM and were made in a span, as they hold at an instant, by time:
  /// refused ones too.
  public func requests(
    naming vm: ResourceID, in span: ClosedRange<EventTime>, at instant: EventTime
  ) throws(LedgerError) -> [AccessRequest] {
    try guarded { () throws(SQLiteError) in
      guard let number = try number(of: vm) else { return [] }
      var found: [Int64: AccessRequest] = [:]
      for port in try ports(of: number) {
        try rows(
          """
          SELECT g.request, r.body FROM access_grant g JOIN request r ON r.seq = g.request
          WHERE g.vm = ? AND g.port = ? AND g.requested_at >= ? AND g.requested_at <= ?
          """,
          [
            .number(number), .number(Int64(port)), .number(span.lowerBound.ticks),
            .number(span.upperBound.ticks),
          ]
        ) { row throws(SQLiteError) in
          if found[row.int64(0)] == nil {
            found[row.int64(0)] = AccessRequest(canonical: row.blob(1))
          }
        }
      }
      var requests: [AccessRequest] = []
      for request in found.values.sorted(by: AccessRequest.precedes) {
        requests.append(try readable(asItWas(request, at: instant)))
      }
      return requests
    }
  }
}
