public import Access
internal import SQLite
internal import Timelines

/// What people could reach, over all VMs.
extension LedgerReader {
  /// The windows of some people over all VMs that were or may be open at some instant of a span,
  /// requested by an instant; nil = of everybody.
  public func windows(
    of people: Set<String>?, touching span: ClosedRange<EventTime>, at instant: EventTime
  ) throws(LedgerError) -> [AccessWindow] {
    try guarded { () throws(SQLiteError) in
      var list: String?
      if let people {
        list = "[\(try persons(people).map { String($0) }.joined(separator: ","))]"
      }
      let upper = min(span.upperBound, instant)
      var found = try windows(
        requestedIn: span.lowerBound - GrantTable.short...max(upper, span.lowerBound), by: list,
        at: instant)
      var seen = Set(found.map { WindowKey($0) })
      for sql in LedgerReader.windowsOfAll(byPeople: list != nil) {
        try rows(
          sql,
          [.number(span.lowerBound.ticks), .number(upper.ticks)] + (list.map { [.text($0)] } ?? [])
        ) { row throws(SQLiteError) in
          guard let window = try window(row, at: instant),
            seen.insert(WindowKey(window)).inserted
          else { return }
          found.append(window)
        }
      }
      return found.sorted(by: AccessWindow.precedes)
    }
  }

  private struct WindowKey: Hashable {
    let vm: ResourceID
    let port: Int
    let request: String

    init(_ window: AccessWindow) {
      vm = window.vm
      port = window.port
      request = window.request
    }
  }

  /// All windows of requests that were made in a span.
  private func windows(
    requestedIn span: ClosedRange<EventTime>, by people: String?, at instant: EventTime
  ) throws(SQLiteError) -> [AccessWindow] {
    var stored: [AccessRequest] = []
    try rows(
      """
      SELECT body FROM request WHERE requested_at >= ? AND requested_at <= ?
        \(people == nil ? "" : "AND person IN (SELECT value FROM json_each(?))")
      """,
      [.number(span.lowerBound.ticks), .number(span.upperBound.ticks)]
        + (people.map { [.text($0)] } ?? [])
    ) { row throws(SQLiteError) in
      if let request = AccessRequest(canonical: row.blob(0)) { stored.append(request) }
    }
    let grace = try grace()
    var found: [AccessWindow] = []
    for request in stored where request.requestedAt <= instant {
      let request = try readable(asItWas(request, at: instant))
      found += WindowFold.windows(of: [request], grace: grace).filter { $0.exists(at: instant) }
    }
    return found
  }

  /// Longer windows, and those whose rule outlived them.
  private static func windowsOfAll(byPeople: Bool) -> [String] {
    let joins = "JOIN request r ON r.seq = g.request JOIN resource v ON v.id = g.vm"
    let areTheirs = byPeople ? " AND g.person IN (SELECT value FROM json_each(?3))" : ""
    return [
      """
      SELECT \(windowColumns) FROM access_grant g INDEXED BY access_grant_long \(joins)
      WHERE g.long = 1 AND g.reach_end >= ?1 AND g.refused = 0 AND g.port >= 0
        AND g.requested_at <= ?2\(areTheirs)
      """,
      """
      SELECT \(windowColumns) FROM (
        SELECT vm, port, request, person FROM access_grant INDEXED BY access_grant_lasting
        WHERE \(GrantTable.isLasting) AND \(GrantTable.goneAt) >= ?1 AND requested_at <= ?2
          AND refused = 0 AND port >= 0) g \(joins)
      WHERE 1\(areTheirs)
      """,
    ]
  }

  /// The numbers of people whose names or object ids are given in lower case.
  private func persons(_ words: Set<String>) throws(SQLiteError) -> [Int64] {
    var found: Set<Int64> = []
    for word in words {
      guard let number = try textNumber(of: word) else { continue }
      found.insert(number)
      // A name that came with an object id means whoever has that.
      try rows(
        """
        SELECT DISTINCT object_id FROM request WHERE name = ? AND object_id IS NOT NULL
        """, [.number(number)]
      ) { found.insert($0.int64(0)) }
    }
    return found.sorted()
  }
}
