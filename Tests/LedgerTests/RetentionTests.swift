import Access
import Ledger
import Testing

@Suite struct `Raw bytes` {
  let place = try! LedgerFolder()

  func raw(_ number: Int) throws -> [UInt8]? {
    try #require(try place.reader().evidence(Sample.id(number))).raw
  }

  @Test func `come back for every record, whatever block it is in`() throws {
    let ledger = try place.writer()
    try ledger.take(Sample.batch(0..<150))
    try ledger.take(Sample.batch(150..<153))
    #expect(try place.number("SELECT count(*) FROM raw_block") == 4)
    for number in 0..<153 { #expect(try raw(number) == Sample.raw(number)) }
  }

  @Test func `fill a block by size too`() throws {
    let ledger = try place.writer()
    let items = (0..<5).map { number in
      var item = Sample.item([number])
      item.raw = [UInt8](repeating: UInt8(number), count: 600_000)
      return item
    }
    try ledger.take(Sample.batch(items))
    #expect(try place.number("SELECT count(*) FROM raw_block") == 3)
    for number in 0..<5 { #expect(try raw(number) == items[number].raw) }
  }

  @Test func `are those of the record for each of its pieces, and may be none`() throws {
    let ledger = try place.writer()
    var empty = Sample.item([9])
    empty.raw = []
    try ledger.take(Sample.batch([Sample.item([1, 2, 3]), empty]))
    for number in 1...3 { #expect(try raw(number) == Sample.raw(1)) }
    #expect(try raw(9) == [])
    // A record of which only a part is new keeps its own bytes for that part.
    try ledger.take(Sample.batch([Sample.item([3, 4])]))
    #expect(try raw(3) == Sample.raw(1))
    #expect(try raw(4) == Sample.raw(3))
  }

  @Test func `are not kept where the settings say so`() throws {
    do { try place.writer().take(Sample.batch([1])) }
    do { try place.writer(LedgerOptions(keepsRaw: false)).take(Sample.batch([2, 3])) }
    try place.writer().take(Sample.batch([4]))
    #expect(try place.number("SELECT count(*) FROM raw_block") == 2)
    #expect(try raw(1) == Sample.raw(1))
    #expect(try raw(2) == nil)
    #expect(try raw(3) == nil)
    #expect(try raw(4) == Sample.raw(4))
  }

  @Test(arguments: [
    "UPDATE raw_block SET bytes = x'00'", "UPDATE raw_block SET bytes = zeroblob(60)",
    "UPDATE raw_block SET sizes = '[[1,9223372036854775807],[2,9223372036854775807]]'",
    "UPDATE raw_block SET sizes = '[[1,-5],[2,7]]'", "UPDATE raw_block SET sizes = 'x'",
    "UPDATE raw_block SET sizes = '[[1]]'", "UPDATE raw_block SET sizes = '[]'",
    "UPDATE raw_block SET sizes = '[[1,1000]]'",
  ])
  func `that are damaged are none`(_ sql: String) throws {
    try place.writer().take(Sample.batch([1, 2]))
    try place.edit(sql)
    #expect(try raw(1) == nil)
    #expect(try raw(2) == nil)
  }

  @Test func `go with time, and nothing else does`() throws {
    let ledger = try place.writer()
    for hour in 0..<4 {
      let receivedAt = Sample.now + .hours(Int64(hour))
      try ledger.take(Sample.batch([hour], receivedAt: receivedAt))
      try ledger.take(Sample.rejects(["bad \(hour)"], receivedAt: receivedAt))
    }
    let before = try place.reader().ledgerStatus()
    let counts = try place.reader().sources()[0].counts
    #expect(try ledger.retire(before: Sample.now) == false)
    #expect(try raw(0) != nil)
    #expect(try ledger.retire(before: Sample.now + .hours(2)) == false)
    #expect(try (0..<4).map { try raw($0) != nil } == [false, false, true, true])
    var kept: [Bool] = []
    try place.reader().forEachReject {
      kept.append($0.hasBytes)
      return true
    }
    #expect(kept == [false, false, true, true])
    #expect(try place.reader().ledgerStatus().chainHead == before.chainHead)
    #expect(try place.reader().ledgerStatus().chainCount == 8)
    #expect(try place.reader().sources()[0].counts == counts)
    #expect(try place.reader().verifyChain() == nil)
    // What was retired is known again all the same.
    #expect(try ledger.take(Sample.batch([0, 1])).counts.duplicates == 2)
    #expect(try raw(0) == nil)
  }

  @Test func `go in steps of a size, the oldest first`() throws {
    let ledger = try place.writer(LedgerOptions(rejectBytesLimit: 20))
    for minute in 0..<5 {
      let receivedAt = Sample.now + .minutes(Int64(minute))
      try ledger.take(Sample.batch([minute], receivedAt: receivedAt))
    }
    #expect(try ledger.retire(before: .distantFuture, limit: 2))
    #expect(try (0..<5).map { try raw($0) != nil } == [false, false, true, true, true])
    #expect(try ledger.retire(before: .distantFuture, limit: 2))
    #expect(try ledger.retire(before: .distantFuture, limit: 2) == false)
    #expect(try place.number("SELECT count(*) FROM raw_block") == 0)
    // The room of retired rejects is there for new ones.
    try ledger.take(Sample.rejects(["12345678", "abcdefgh"]))
    try ledger.retire(before: .distantFuture)
    try ledger.take(Sample.rejects(["x", "y", "another 20 bytes one"]))
    #expect(try place.number("SELECT count(bytes) FROM reject") == 1)
  }
}
