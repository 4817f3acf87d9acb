import Access
import Ledger
import Testing

@Suite struct `The feed` {
  let place = try! LedgerFolder()

  func entries(after first: Int64 = 0, through last: Int64 = .max) throws -> [FeedEntry] {
    var found: [FeedEntry] = []
    try place.reader().forEachFeedEntry(after: first, through: last) {
      found.append($0)
      return true
    }
    return found
  }

  func transitions() throws -> [Transition] { try entries().map(\.transition) }

  func standing() throws -> [FeedEntry] {
    var found: [FeedEntry] = []
    try place.reader().forEachFinding {
      found.append($0)
      return true
    }
    return found
  }

  @Test func `tells of a finding once, however often it is judged`() throws {
    let ledger = try place.writer()
    for _ in 0..<3 { try ledger.tell([Sample.finding()]) }
    #expect(try transitions() == [.raised])
    #expect(try standing() == entries())
    #expect(try standing()[0].raisedAt == Sample.now)
    #expect(try standing()[0].finding == Sample.finding())
  }

  @Test(arguments: [Severity.info, .low, .high, .critical])
  func `tells of another severity`(_ severity: Severity) throws {
    let ledger = try place.writer()
    try ledger.tell([Sample.finding()])
    try ledger.tell([Sample.finding(severity: severity)])
    #expect(try transitions() == [.raised, .updated])
    #expect(try standing()[0].finding.severity == severity)
    #expect(try standing()[0].sequence == 2)
  }

  @Test func `tells of other VMs, and finds the finding by those it has now`() throws {
    let ledger = try place.writer()
    let all = EventTime.distantPast ... .distantFuture
    try ledger.tell([Sample.finding(vms: [Sample.vm(1), Sample.vm(2)])])
    try ledger.tell([Sample.finding(vms: [Sample.vm(2), Sample.vm(3)])])
    #expect(try transitions() == [.raised, .updated])
    let reader = try place.reader()
    #expect(try reader.findings(of: Sample.vm(1), in: all).isEmpty)
    #expect(try reader.findings(of: Sample.vm(2), in: all).count == 1)
    #expect(try reader.findings(of: Sample.vm(3), in: all).count == 1)
  }

  @Test func `tells that it is over`() throws {
    let ledger = try place.writer()
    var finding = Sample.finding()
    try ledger.tell([finding])
    finding.over = true
    try ledger.tell([finding])
    #expect(try entries().map(\.finding.over) == [false, true])
    #expect(try transitions() == [.raised, .updated])
  }

  @Test func `tells of a count that has doubled since it last spoke, otherwise the row changes`()
    throws
  {
    let ledger = try place.writer()
    for count in [3, 4, 5, 6, 11, 12, 2, 23, 24] {
      try ledger.tell([Sample.finding(count: count)])
      #expect(try standing().map(\.finding.count) == [count])
    }
    #expect(try entries().map(\.finding.count) == [3, 6, 12, 24])
    #expect(try transitions() == [.raised, .updated, .updated, .updated])
  }

  @Test func `says nothing of other words, and shows the new ones`() throws {
    let ledger = try place.writer()
    try ledger.tell([Sample.finding()])
    var finding = Sample.finding()
    finding.title = "Other"
    finding.explanation = "Other words."
    finding.occurredAt = Sample.now + .minutes(1)
    try ledger.tell([finding])
    #expect(try transitions() == [.raised])
    #expect(try entries()[0].finding == Sample.finding())
    #expect(try standing()[0].finding == finding)
    #expect(try standing()[0].sequence == 1)
    let found = try place.reader().findings(
      of: Sample.vm, in: finding.occurredAt...finding.occurredAt)
    #expect(found == [finding])
  }

  @Test func `withdraws what is not said any more, of the rules that were judged`() throws {
    let ledger = try place.writer()
    var other = Sample.finding("other")
    other.rule = "first-access"
    try ledger.step { () throws(LedgerError) in
      try ledger.judge(
        JudgedSlice(slice: "slice", day: 20_000, rules: ["first-access"], findings: [other]),
        now: Sample.now, settings: 1)
    }
    try ledger.tell([Sample.finding("a"), Sample.finding("b")])
    try ledger.tell([Sample.finding("b")])
    #expect(try transitions() == [.raised, .raised, .raised, .withdrawn])
    #expect(try entries().last?.finding == Sample.finding("a"))
    #expect(try standing().map(\.finding) == [other, Sample.finding("b")])
    try ledger.tell([Sample.finding("a"), Sample.finding("b")])
    #expect(try entries().last?.transition == .raised)
    #expect(
      try place.reader().findings(of: Sample.vm, in: .distantPast ... .distantFuture).count == 3)
  }

  @Test func `withdraws a rule piece by piece`() throws {
    let ledger = try place.writer()
    for day in 1...5 { try ledger.tell([Sample.finding("\(day)")], day: day) }
    var day: Int? = 0
    var steps = 0
    while let from = day {
      steps += 1
      try ledger.step { () throws(LedgerError) in
        day = try ledger.withdraw(
          rule: "wide-source", fromDay: from, limit: 2, now: Sample.now, settings: 2)
      }
    }
    #expect(steps == 3)
    #expect(try standing().isEmpty)
    #expect(try transitions().count { $0 == .withdrawn } == 5)
  }

  @Test func `never uses a number again`() throws {
    do {
      let ledger = try place.writer()
      try ledger.tell([Sample.finding("a"), Sample.finding("b")])
      try ledger.tell([])
    }
    try place.edit("DELETE FROM feed")
    try place.writer().tell([Sample.finding("a")])
    #expect(try entries().map(\.sequence) == [5])
  }

  @Test func `has a durable head that is its newest row after each step that told`() throws {
    let ledger = try place.writer()
    let reader = try place.reader()
    #expect(try reader.durableFeedHead() == 0)
    for count in 1...4 {
      try ledger.tell([Sample.finding(count: count)])
      #expect(try reader.durableFeedHead() == entries().last?.sequence)
    }
    #expect(try reader.durableFeedHead() == 3)
  }

  @Test func `catches its durable head up when the ledger is opened, and before the next step`()
    throws
  {
    do { try place.writer().tell([Sample.finding()]) }
    try place.edit("UPDATE state SET value = 0 WHERE key = 'durable_feed'")
    let ledger = try place.writer()
    #expect(try place.reader().durableFeedHead() == 1)
    try ledger.step {}
    #expect(try place.reader().durableFeedHead() == 1)
  }

  @Test func `is read from a number to a number, and no further than wanted`() throws {
    let ledger = try place.writer()
    for number in 0..<6 { try ledger.tell([Sample.finding()], day: number) }
    #expect(try entries(after: 2, through: 4).map(\.sequence) == [3, 4])
    #expect(try entries(after: 4, through: 4).isEmpty)
    #expect(try entries(after: 5).map(\.sequence) == [6])
    var seen: [Int64] = []
    try place.reader().forEachFeedEntry(after: 0, through: .max) {
      seen.append($0.sequence)
      return seen.count < 2
    }
    #expect(seen == [1, 2])
  }

  @Test func `is read by each sink from where that one is`() throws {
    let ledger = try place.writer()
    try ledger.tell([Sample.finding()])
    let cursors = try CursorWriter(path: place.path)
    let reader = try place.reader()
    #expect(try reader.cursor(of: "webhook") == nil)
    try cursors.save(1, of: "webhook")
    try cursors.save(4, of: "webhook")
    try cursors.save(2, of: "file 'x'")
    #expect(try reader.cursor(of: "webhook") == 4)
    #expect(try reader.cursor(of: "file 'x'") == 2)
    try ledger.tell([])
    #expect(try reader.cursor(of: "webhook") == 4)
  }
}
