import Access
import Ledger
import SQLite
import Testing

@Suite struct `Reading a ledger` {
  let place = try! LedgerFolder()

  static let always = EventTime.distantPast...EventTime.distantFuture

  enum Visit: String, CaseIterable { case evidence, rejects, requests, windows, findings, feed }

  func fill(_ ledger: LedgerWriter) throws {
    try ledger.take(Sample.batch(0..<300))
    try ledger.take(Sample.rejects((0..<300).map { "bad \($0)" }))
    try ledger.step { () throws(LedgerError) in
      for number in 0..<300 {
        let request = Sample.request(number, at: Sample.now + .minutes(Int64(number * 61)))
        _ = try ledger.replace(nil, by: request, call: 1)
      }
    }
    for number in 0..<300 { try ledger.tell([Sample.finding()], day: number) }
  }

  /// Visits everything of a kind until the closure says false; says how much was visited.
  func visit(_ visit: Visit, _ reader: LedgerReader, _ goOn: () -> Bool) throws -> Int {
    var count = 0
    func next() -> Bool {
      count += 1
      return goOn()
    }
    switch visit {
    case .evidence: try reader.forEachEvidence { _, _ in next() }
    case .rejects: try reader.forEachReject { _ in next() }
    case .requests:
      try reader.forEachRequest(in: Self.always, at: .distantFuture) { _ in next() }
    case .windows:
      try reader.forEachWindow(openingIn: Self.always, at: .distantFuture) { _ in next() }
    case .findings: try reader.forEachFinding { _ in next() }
    case .feed: try reader.forEachFeedEntry(after: 0, through: .max) { _ in next() }
    }
    return count
  }

  @Test func `hands rows on as it finds them, and stops when told to`() throws {
    let ledger = try place.writer()
    try fill(ledger)
    for kind in Visit.allCases {
      let reader = try place.reader()
      #expect(try visit(kind, reader) { true } == 300, "\(kind)")
      // A row that is handed on while the rest is not read yet keeps the log from being cut.
      let other = try Connection(path: place.path, mode: .readWrite, busyTimeout: .zero)
      try ledger.step { () throws(LedgerError) in try ledger.setStreamTime(Sample.now) }
      var isReading = false
      let seen = try visit(kind, reader) {
        isReading = (try? other.checkpoint(.truncate).isComplete) == false
        return false
      }
      #expect(seen == 1, "\(kind)")
      #expect(isReading, "\(kind)")
      #expect(try other.checkpoint(.truncate).isComplete, "\(kind)")
    }
  }

  @Test(arguments: [
    ("SELECT body FROM request ORDER BY requested_at, id", "requests"),
    ("SELECT * FROM finding f JOIN feed e ON e.seq = f.feed_seq ORDER BY f.feed_seq", "findings"),
    (
      """
      SELECT * FROM access_grant g JOIN request r ON r.seq = g.request
      JOIN resource v ON v.id = g.vm WHERE g.opens_at >= 0 AND g.opens_at <= 1
      ORDER BY g.opens_at, v.canonical, g.port, r.id
      """, "windows"
    ),
  ])
  func `sorts no more than what lies at one instant`(_ query: (sql: String, name: String)) throws {
    do { _ = try place.writer() }
    let plan = try place.rows("EXPLAIN QUERY PLAN \(query.sql)", columns: 4).compactMap { $0[3] }
    #expect(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "\(query.name): \(plan)")
  }

  @Test(arguments: [
    (
      "DELETE FROM raw_block WHERE first_seq IN (SELECT first_seq FROM raw_block "
        + "WHERE received_at < 9 ORDER BY received_at LIMIT 9)", "raw_block_by_time"
    ),
    (
      "SELECT seq, length(bytes) FROM reject WHERE bytes IS NOT NULL ORDER BY received_at, seq "
        + "LIMIT 9", "reject_kept"
    ),
    (
      "SELECT seq, length(bytes) FROM reject WHERE bytes IS NOT NULL AND received_at < 9 "
        + "ORDER BY received_at, seq LIMIT 9", "reject_kept"
    ),
  ])
  func `finds what retention takes without looking at the rest`(
    _ query: (sql: String, index: String)
  ) throws {
    do { _ = try place.writer() }
    let plan = try place.rows("EXPLAIN QUERY PLAN \(query.sql)", columns: 4).compactMap { $0[3] }
    #expect(plan.contains { $0.contains(query.index) }, "\(plan)")
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
  }

  @Test func `tells requests by time, then id, of a span and up to an instant`() throws {
    let ledger = try place.writer()
    let times = [3, 1, 2, 2, 5].map { Sample.now + .hours($0) }
    try ledger.step { () throws(LedgerError) in
      for (number, time) in times.enumerated() {
        _ = try ledger.replace(nil, by: Sample.request(number, at: time), call: 1)
      }
    }
    let reader = try place.reader()
    func ids(_ span: ClosedRange<EventTime>, at instant: EventTime) throws -> [String] {
      var ids: [String] = []
      try reader.forEachRequest(in: span, at: instant) {
        ids.append($0.id)
        return true
      }
      return ids
    }
    #expect(try ids(Self.always, at: .distantFuture) == ["r1", "r2", "r3", "r0", "r4"])
    #expect(try ids(Self.always, at: times[2]) == ["r1", "r2", "r3"])
    #expect(try ids(times[2]...times[0], at: .distantFuture) == ["r2", "r3", "r0"])
    #expect(try ids(times[4]...times[4], at: times[0]).isEmpty)
    #expect(try reader.request(id: "r3")?.requestedAt == times[3])
    #expect(try reader.request(id: "r9") == nil)
  }

  @Test func `knows only the ports that were asked for by an instant`() throws {
    let ledger = try place.writer()
    var later = Sample.request(2, at: Sample.now + .hours(2))
    later.grants[0].port = 3389
    try ledger.step { () throws(LedgerError) in
      _ = try ledger.replace(nil, by: Sample.request(1), call: 1)
      _ = try ledger.replace(nil, by: later, call: 1)
    }
    let reader = try place.reader()
    #expect(try reader.summary(of: Sample.vm, at: Sample.now).ports == [22])
    #expect(try reader.summary(of: Sample.vm, at: later.requestedAt).ports == [22, 3389])
  }
}
