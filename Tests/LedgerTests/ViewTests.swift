import Access
import Contract
import Foundation
import Ledger
import Testing
import Timelines

private let cases = ProcessInfo.processInfo.environment["CASES"].flatMap(Int.init) ?? 40

@Suite struct `A view` {
  let place = try! LedgerFolder()

  static let always = EventTime.distantPast...EventTime.distantFuture

  /// A ledger of random rows; says its stream time.
  func fill(seed: Int) throws -> EventTime {
    var generator = RequestGenerator(seed: UInt64(seed))
    let requests = (0..<12).map { generator.request($0) }
    let gaps = (0..<2).map { _ in generator.gap() }
    let streamTime = generator.instant()
    let ledger = try place.writer()
    let sorted = requests.sorted(by: AccessRequest.precedes)
    // What lies behind stream time is not folded yet.
    let reached = sorted.filter { $0.requestedAt <= streamTime }.map { request in
      var request = request
      request.grants = request.grants.map { $0.known(at: streamTime) }
      request.grants.removeAll { $0.inferred && $0.openings.isEmpty }
      return request
    }
    let rows =
      WindowFold.chained(reached, grace: AccessWindow.usualGrace)
      + sorted.dropFirst(reached.count)
    try ledger.step { () throws(LedgerError) in
      for request in rows { _ = try ledger.replace(nil, by: request, call: 1) }
      var batch = LedgerBatch(source: "kafka:logs", receivedAt: Sample.now)
      batch.gaps = gaps
      _ = try ledger.store(batch)
      try ledger.setStreamTime(streamTime)
      for number in 0..<6 {
        let slice = "slice \(number / 2)"
        let finding = generator.finding(number, slice: slice)
        try ledger.judge(
          JudgedSlice(slice: slice, day: number, rules: [finding.rule], findings: [finding]),
          now: generator.instant(), settings: 1)
      }
    }
    try place.edit(
      """
      INSERT INTO acknowledgement SELECT id, feed_seq * -7, 'o''x', 'a "note"' FROM finding
      WHERE feed_seq % 2 = 0
      """)
    return streamTime
  }

  /// The rows of the contract that a reader gives.
  func contract(_ view: String, at instant: EventTime) throws -> [ContractRow] {
    let reader = try place.reader()
    var rows: [ContractRow] = []
    func add(_ row: ContractRow) -> Bool {
      rows.append(row)
      return true
    }
    switch view {
    case "requests":
      try reader.forEachRequest(in: Self.always, at: instant) { add(.request($0, at: instant)) }
    case "windows":
      try reader.forEachWindow(openingIn: Self.always, at: instant) {
        add(.window($0, at: instant))
      }
    case "findings": try reader.forEachFinding { add(.alert($0)) }
    case "vms":
      for vm in try reader.vms(at: instant) {
        rows.append(.vm(try reader.summary(of: vm, at: instant)))
      }
    case "gaps": rows = try reader.gaps(touching: Self.always).map { .gap($0) }
    default: Issue.record("no view \(view)")
    }
    return rows
  }

  @Test(arguments: 0..<cases)
  func `shows what the contract says`(_ seed: Int) throws {
    let streamTime = try fill(seed: seed)
    for view in ["requests", "windows", "findings", "vms", "gaps"] {
      let wanted = try contract(view, at: streamTime).map(ViewRows.row)
      let shown = try ViewRows.shown(view, in: place)
      #expect(ViewRows.differences(shown, wanted) == [], "\(view) of seed \(seed)")
    }
  }

  @Test(arguments: 0..<cases)
  func `of people counts what each identity asked for`(_ seed: Int) throws {
    let streamTime = try fill(seed: seed)
    var requests: [String: [AccessRequest]] = [:]
    try place.reader().forEachRequest(in: Self.always, at: streamTime) {
      requests[$0.actorIdentity, default: []].append($0)
      return true
    }
    let people = requests.values.filter { $0.contains { $0.actor.kind == .user } }
    let wanted = people.map { requests -> ViewRows.Row in
      let newest = requests.sorted { ($1.requestedAt, $0.id) < ($0.requestedAt, $1.id) }
      return [
        "name": newest.lazy.compactMap(\.actor.name).first.map(ViewRows.normal),
        "object_id": newest.lazy.compactMap(\.actor.objectID).first,
        "requests": "\(requests.count)", "first_at": requests.first?.requestedAt.description,
        "last_at": requests.last?.requestedAt.description,
      ]
    }
    let differences = try ViewRows.differences(ViewRows.shown("people", in: place), wanted)
    #expect(differences == [], "seed \(seed)")
  }

  @Test(arguments: 0..<cases)
  func `of windows agrees with the fold of all requests at once`(_ seed: Int) throws {
    let streamTime = try fill(seed: seed)
    var requests: [AccessRequest] = []
    try place.reader().forEachRequest(in: Self.always, at: streamTime) {
      requests.append($0)
      return true
    }
    let wanted = WindowFold.windows(of: requests).map { window in
      ViewRows.row(.window(window, at: streamTime))
    }
    let differences = try ViewRows.differences(ViewRows.shown("windows", in: place), wanted)
    #expect(differences == [], "seed \(seed)")
  }

  @Test(arguments: [
    ("requests", RowKind.requests), ("windows", .windows), ("findings", .alerts), ("vms", .vms),
    ("gaps", .gap),
  ])
  func `has the contract's keys as columns, in their order`(_ view: (String, RowKind)) throws {
    do { _ = try place.writer() }
    let actor = ["actor_kind", "actor_name", "actor_object_id", "actor_app_id"]
    let wanted = view.1.keys.flatMap { $0 == "actor" ? actor : [ViewRows.snake($0)] }
    #expect(try place.columns(of: view.0) == wanted)
  }

  @Test func `of people and of the contract has its columns too`() throws {
    do { _ = try place.writer() }
    #expect(
      try place.columns(of: "people") == ["name", "object_id", "requests", "first_at", "last_at"])
    #expect(try place.columns(of: "contract") == ["version"])
    #expect(try place.rows("SELECT * FROM contract", columns: 1) == [["1"]])
  }

  @Test func `of what holds at stream time is empty while there is none`() throws {
    _ = try fill(seed: 1)
    try place.edit("DELETE FROM state WHERE key = 'stream_time'")
    for view in ["requests", "windows", "vms", "people"] {
      #expect(try place.number("SELECT count(*) FROM \(view)") == 0, "\(view)")
    }
    #expect(try place.number("SELECT count(*) FROM findings") ?? 0 > 0)
    #expect(try place.number("SELECT count(*) FROM gaps") == 2)
  }

  @Test(arguments: [
    "1969-12-31T23:59:59.9999999Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.9999999Z", "2026-02-28T23:59:59.5Z", "1901-12-13T20:45:52.000001Z",
    "2000-02-29T00:00:00.1Z", "1600-03-01T12:00:00.0000001Z",
  ])
  func `writes instants as the contract does`(_ text: String) throws {
    let ledger = try place.writer()
    try ledger.step { () throws(LedgerError) in
      _ = try ledger.replace(nil, by: Sample.request(1, at: Sample.time(text)), call: 1)
      try ledger.setStreamTime(.distantFuture)
    }
    #expect(try place.rows("SELECT requested_at, id FROM requests", columns: 2) == [[text, "r1"]])
    #expect(try place.rows("SELECT opens_at FROM windows", columns: 1) == [[text]])
    #expect(try place.rows("SELECT first_at, last_at FROM people", columns: 2) == [[text, text]])
  }

  @Test func `shows ids in the most readable case and compares them in lower case of any script`()
    throws
  {
    let ledger = try place.writer()
    let id = "/subscriptions/S/resourceGroups/ÄRZTE/providers/Microsoft.Compute/virtualMachines/Öl"
    var request = Sample.request(1)
    request.grants[0].vm = ResourceID(id.uppercased())
    var other = Sample.request(2)
    other.grants[0].vm = ResourceID(id)
    try ledger.step { () throws(LedgerError) in
      _ = try ledger.replace(nil, by: request, call: 1)
      _ = try ledger.replace(nil, by: other, call: 2)
      try ledger.setStreamTime(Sample.now)
    }
    #expect(try place.rows("SELECT vm, vm_name FROM vms", columns: 2) == [[id.lowercased(), "Öl"]])
    let grants = try place.rows("SELECT grants ->> '$[0].vmName' FROM requests", columns: 1)
    #expect(grants == [["Öl"], ["Öl"]])
  }
}
