internal import Access
internal import SQLite
internal import Timelines

/// Requests: one row each, found by call, by time, by person, and by name where that matters.
final class RequestTable {
  private let insert: Statement
  private let update: Statement
  private let delete: Statement
  private let bySequence: Statement
  private let byCall: Statement
  private let byTime: Statement
  private let byPerson: Statement
  private let countByPerson: Statement
  private let sightingBefore: Statement
  private let sightingAfter: Statement
  private let unresolved: Statement
  private let sightings: Statement
  private let bodylessOfPolicy: Statement
  private let texts: InternedTexts

  private static let insertion = """
    INSERT INTO request (day, call, id, requested_at, person, name, object_id, refused, policy,
      vms, body, bodyless) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq
    """
  private static let withoutBody = """
    SELECT seq, call, body FROM request
    WHERE bodyless = 1 AND policy = ? AND requested_at >= ? AND requested_at <= ?
    """
  private static let change = """
    UPDATE request SET day = ?, call = ?, id = ?, requested_at = ?, person = ?, name = ?,
      object_id = ?, refused = ?, policy = ?, vms = ?, body = ?, bodyless = ?
    WHERE seq = ?
    """

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare(RequestTable.insertion)
    update = try connection.prepare(RequestTable.change)
    delete = try connection.prepare("DELETE FROM request WHERE seq = ?")
    bySequence = try connection.prepare("SELECT seq, call, body FROM request WHERE seq = ?")
    byCall = try connection.prepare(
      "SELECT seq, call, body FROM request WHERE day = ? AND call = ?")
    byTime = try connection.prepare(
      """
      SELECT seq, call, body FROM request WHERE requested_at > ? AND requested_at <= ?
      ORDER BY requested_at LIMIT ?
      """)
    byPerson = try connection.prepare(
      """
      SELECT seq, call, body FROM request
      WHERE person = ? AND requested_at >= ? AND requested_at <= ? ORDER BY requested_at
      """)
    countByPerson = try connection.prepare(
      """
      SELECT count(*) FROM (SELECT 1 FROM request
      WHERE person = ? AND requested_at >= ? AND requested_at <= ? LIMIT ?)
      """)
    sightingBefore = try connection.prepare(
      """
      SELECT requested_at, object_id FROM request
      WHERE name = ? AND object_id IS NOT NULL AND requested_at <= ? AND requested_at >= ?
      ORDER BY requested_at DESC LIMIT 1
      """)
    sightingAfter = try connection.prepare(
      """
      SELECT requested_at, object_id FROM request
      WHERE name = ? AND object_id IS NOT NULL AND requested_at > ? AND requested_at <= ?
      ORDER BY requested_at LIMIT 1
      """)
    unresolved = try connection.prepare(
      """
      SELECT seq, call, body FROM request WHERE name = ? AND object_id IS NULL
      AND requested_at >= ? AND requested_at <= ? ORDER BY requested_at LIMIT ?
      """)
    sightings = try connection.prepare(
      """
      SELECT seq, call, body FROM request
      WHERE name = ? AND object_id IS NOT NULL AND requested_at = ?
      """)
    bodylessOfPolicy = try connection.prepare(RequestTable.withoutBody)
  }

  /// Requests on a policy in a span that have neither a readable body nor a Failure.
  func bodyless(
    on policy: ResourceID, in span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [StoredRequest] {
    bodylessOfPolicy.bind(try texts.number(of: policy), at: 1)
    bodylessOfPolicy.bind(span.lowerBound.ticks, at: 2)
    bodylessOfPolicy.bind(span.upperBound.ticks, at: 3)
    return try collect(bodylessOfPolicy)
  }

  func insert(_ request: AccessRequest, call: Int64) throws(SQLiteError) -> Int64 {
    try bind(request, call: call, to: insert)
    return try insert.firstRow { $0.int64(0) } ?? 0
  }

  func update(_ request: AccessRequest, call: Int64, at seq: Int64) throws(SQLiteError) {
    try bind(request, call: call, to: update)
    update.bind(seq, at: 13)
    try update.run()
  }

  func delete(_ seq: Int64) throws(SQLiteError) {
    delete.bind(seq, at: 1)
    try delete.run()
  }

  /// The requests that the calls of a key made on some days.
  func ofCall(
    _ call: Int64, days: ClosedRange<Int>
  ) throws(SQLiteError) -> [StoredRequest] {
    var rows: [StoredRequest] = []
    for day in days {
      byCall.bind(day, at: 1)
      byCall.bind(call, at: 2)
      rows += try collect(byCall)
    }
    return rows
  }

  /// A request by its number.
  func at(_ seq: Int64) throws(SQLiteError) -> StoredRequest? {
    bySequence.bind(seq, at: 1)
    return try collect(bySequence).first
  }

  /// Requests after one instant up to another, by time.
  func between(
    _ from: EventTime, _ to: EventTime, limit: Int
  ) throws(SQLiteError) -> [StoredRequest] {
    byTime.bind(from.ticks, at: 1)
    byTime.bind(to.ticks, at: 2)
    byTime.bind(limit, at: 3)
    return try collect(byTime)
  }

  /// A person's requests from one instant to another, both included.
  func of(
    identity: String, from: EventTime, to: EventTime
  ) throws(SQLiteError) -> [StoredRequest] {
    guard let person = try texts.knownNumber(of: identity) else { return [] }
    byPerson.bind(person, at: 1)
    byPerson.bind(from.ticks, at: 2)
    byPerson.bind(to.ticks, at: 3)
    return try collect(byPerson)
  }

  /// How many requests a person made from one instant to another, counted up to a limit.
  func count(
    of identity: String, from: EventTime, to: EventTime, limit: Int
  ) throws(SQLiteError) -> Int {
    guard let person = try texts.knownNumber(of: identity) else { return 0 }
    countByPerson.bind(person, at: 1)
    countByPerson.bind(from.ticks, at: 2)
    countByPerson.bind(to.ticks, at: 3)
    countByPerson.bind(limit, at: 4)
    return try countByPerson.firstRow { $0.int(0) } ?? 0
  }

  private func bind(
    _ request: AccessRequest, call: Int64, to statement: borrowing Statement
  ) throws(SQLiteError) {
    let name = request.actor.name?.lowercased()
    let isSighting = name != nil && name != request.actor.objectID
    statement.bind(request.requestedAt.day, at: 1)
    statement.bind(call, at: 2)
    statement.bind(request.id, at: 3)
    statement.bind(request.requestedAt.ticks, at: 4)
    statement.bind(try texts.number(of: request.actorIdentity), at: 5)
    statement.bind(try number(of: isSighting ? name : nil), at: 6)
    statement.bind(try number(of: request.actor.objectID), at: 7)
    statement.bind(request.isRefused ? 1 : 0, at: 8)
    statement.bind(try texts.number(of: request.policy), at: 9)
    statement.bind(try texts.numbers(of: request.grants.map(\.vm)), at: 10)
    statement.bind(request.canonical, at: 11)
    statement.bind(!request.hasBody && request.refusedAt == nil ? 1 : 0, at: 12)
  }

  private func number(of text: String?) throws(SQLiteError) -> Int64? {
    guard let text else { return nil }
    return try texts.number(of: text)
  }

  private func collect(_ statement: borrowing Statement) throws(SQLiteError) -> [StoredRequest] {
    var rows: [StoredRequest] = []
    try statement.forEachRow { row throws(SQLiteError) in
      guard let request = AccessRequest(canonical: row.blob(2)) else { return }
      rows.append(StoredRequest(seq: row.int64(0), call: row.int64(1), request: request))
    }
    return rows
  }
}

extension RequestTable {
  /// The sightings of a name next to an instant: the newest before or at it, the first after it.
  ///
  /// Sightings later than the stream time do not count yet.
  func sightings(
    of name: String, around instant: EventTime, reach: TimeSpan, until streamTime: EventTime
  ) throws(SQLiteError) -> (before: NameSightings.Sighting?, after: NameSightings.Sighting?) {
    guard let number = try texts.knownNumber(of: name) else { return (nil, nil) }
    let before = try ticks(of: number, upTo: min(instant, streamTime), notBefore: instant - reach)
    let after = try ticks(of: number, after: instant, upTo: min(instant + reach, streamTime))
    return (
      try before.map { ticks throws(SQLiteError) in try sighting(number, ticks) },
      try after.map { ticks throws(SQLiteError) in try sighting(number, ticks) }
    )
  }

  /// When a name was seen last before a span and first after it, without reading those requests.
  func sightingInstants(
    of name: String, around span: ClosedRange<EventTime>, reach: TimeSpan,
    until streamTime: EventTime
  ) throws(SQLiteError) -> (before: EventTime?, after: EventTime?) {
    guard let number = try texts.knownNumber(of: name) else { return (nil, nil) }
    let before = span.lowerBound - TimeSpan(ticks: 1)
    let (from, to) = (before - reach, min(span.upperBound + reach, streamTime))
    return (
      try ticks(of: number, upTo: min(before, streamTime), notBefore: from)
        .map { EventTime(ticks: $0) },
      try ticks(of: number, after: span.upperBound, upTo: to).map { EventTime(ticks: $0) }
    )
  }

  private func ticks(
    of name: Int64, upTo end: EventTime, notBefore start: EventTime
  ) throws(SQLiteError) -> Int64? {
    sightingBefore.bind(name, at: 1)
    sightingBefore.bind(end.ticks, at: 2)
    sightingBefore.bind(start.ticks, at: 3)
    return try sightingBefore.firstRow { $0.int64(0) }
  }

  private func ticks(
    of name: Int64, after start: EventTime, upTo end: EventTime
  ) throws(SQLiteError) -> Int64? {
    sightingAfter.bind(name, at: 1)
    sightingAfter.bind(start.ticks, at: 2)
    sightingAfter.bind(end.ticks, at: 3)
    return try sightingAfter.firstRow { $0.int64(0) }
  }

  /// Requests of a name without an object id from one instant to another.
  func unresolved(
    name: String, from: EventTime, to: EventTime, limit: Int
  ) throws(SQLiteError) -> [StoredRequest] {
    guard let number = try texts.knownNumber(of: name) else { return [] }
    unresolved.bind(number, at: 1)
    unresolved.bind(from.ticks, at: 2)
    unresolved.bind(to.ticks, at: 3)
    unresolved.bind(limit, at: 4)
    return try collect(unresolved)
  }

  /// The sighting at an instant; of several the first in the order of ties.
  private func sighting(
    _ name: Int64, _ ticks: Int64
  ) throws(SQLiteError) -> NameSightings.Sighting {
    sightings.bind(name, at: 1)
    sightings.bind(ticks, at: 2)
    let first = try collect(sightings).map(\.request).min(by: AccessRequest.precedes)
    return NameSightings.Sighting(
      at: EventTime(ticks: ticks), objectID: first?.actor.objectID ?? "")
  }
}
