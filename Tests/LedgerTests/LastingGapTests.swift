import Access
import Ledger
import Testing

@Suite struct `A gap that goes on` {
  let place = try! LedgerFolder()
  static let source = "kafka:logs"

  static func gap(_ minutes: Int64, from: EventTime = Sample.now) -> EvidenceGap {
    EvidenceGap(
      from: from, to: Sample.now + .minutes(minutes), source: source, reason: "It is away.")
  }

  private func shown() throws -> [EvidenceGap] {
    try place.reader().gaps(touching: .distantPast ... .distantFuture)
  }

  @Test(arguments: [LastingGap.outage, .silence])
  func `is one row, which is moved on`(kind: LastingGap) throws {
    let ledger = try place.writer()
    for minutes: Int64 in [1, 3, 2] {
      try ledger.change([.stands(kind, Self.gap(minutes))], of: Self.source)
    }
    try ledger.change([.stands(kind, Self.gap(9, from: Sample.now + .minutes(1)))], of: Self.source)
    #expect(try shown() == [Self.gap(9)])
    #expect(try ledger.gap(kind, of: Self.source) == Self.gap(9))
    #expect(try place.reader().sources().map(\.gaps) == [[Self.gap(9)]])
    #expect(try place.number("SELECT count(*) FROM gaps") == 1)
  }

  @Test func `is one of a source and a kind`() throws {
    let ledger = try place.writer()
    for kind in [LastingGap.outage, .silence] {
      for source in ["kafka:a", "kafka:b"] {
        try ledger.change([.stands(kind, Self.gap(1))], of: source)
      }
    }
    try ledger.change([.removed(.outage)], of: "kafka:a")
    #expect(try shown().map(\.source) == ["kafka:b", "kafka:a", "kafka:b"])
    #expect(try ledger.gap(.outage, of: "kafka:a") == nil)
    #expect(try ledger.gap(.silence, of: "kafka:a") != nil)
    #expect(try ledger.gap(.outage, of: "kafka:c") == nil)
  }

  @Test(
    arguments: [(nil, 3), (Sample.now + .minutes(4), 4), (Sample.now - .hours(1), 0)]
      as [(EventTime?, Int64)])
  func `stays with its end, and another may follow`(instant: EventTime?, minutes: Int64) throws {
    let ledger = try place.writer()
    try ledger.change([.stands(.silence, Self.gap(3))], of: Self.source)
    try ledger.change([.ended(.silence, at: instant)], of: Self.source)
    #expect(try shown() == [Self.gap(minutes)])
    #expect(try ledger.gap(.silence, of: Self.source) == nil)
    try ledger.change([.ended(.silence, at: Sample.now + .hours(9))], of: Self.source)
    try ledger.change([.removed(.silence)], of: Self.source)
    #expect(try shown() == [Self.gap(minutes)])
    let next = Self.gap(20, from: Sample.now + .minutes(10))
    try ledger.change([.stands(.silence, next)], of: Self.source)
    #expect(try shown() == [Self.gap(minutes), next])
  }

  @Test func `changes with its batch or not at all`() throws {
    let ledger = try place.writer()
    try ledger.change([.stands(.outage, Self.gap(3))], of: Self.source)
    var batch = Sample.batch([1], source: Self.source)
    batch.gaps = [Self.gap(7)]
    batch.gapChanges = [.removed(.outage)]
    batch.activity = FeedActivity(at: Sample.now, silenceStep: 9)
    #expect(throws: LedgerError.self) {
      try ledger.step { () throws(LedgerError) in
        _ = try ledger.store(batch)
        throw LedgerError(.other, "Made up.")
      }
    }
    #expect(try shown() == [Self.gap(3)])
    #expect(try ledger.silence(of: Self.source) == FeedSilence())
    try ledger.take(batch)
    #expect(try shown() == [Self.gap(7)])
    #expect(try ledger.silence(of: Self.source).earlier.count == 1)
  }

  @Test func `is in a batch that is not empty`() {
    var batch = LedgerBatch(source: Self.source, receivedAt: Sample.now)
    #expect(batch.isEmpty)
    batch.gapChanges = [.removed(.outage)]
    #expect(!batch.isEmpty)
  }
}

@Suite struct `The silences of a source` {
  @Test func `come back as they were counted, for their source`() throws {
    let place = try LedgerFolder()
    var known = FeedSilence()
    do {
      let ledger = try place.writer()
      for minutes: Int64 in [0, 10, 20, 25, 400] {
        var batch = LedgerBatch(source: "kafka:a", receivedAt: Sample.now)
        batch.activity = known.note(batchAt: Sample.now + .minutes(minutes), isAtEnd: true)
        try ledger.take(batch)
      }
      var other = LedgerBatch(source: "kafka:b", receivedAt: Sample.now)
      other.activity = FeedActivity(at: Sample.now)
      try ledger.take(other)
    }
    let ledger = try place.writer()
    let stored = try ledger.silence(of: "kafka:a")
    #expect(stored.earlier == known.earlier && stored.earlier.count == 4)
    #expect(stored.firstAt == Sample.now && stored.lastAt == Sample.now + .minutes(400))
    #expect(stored.since == nil)
    #expect(
      try ledger.silence(of: "kafka:b") == FeedSilence(firstAt: Sample.now, lastAt: Sample.now))
    #expect(try ledger.silence(of: "import") == FeedSilence())
  }
}
