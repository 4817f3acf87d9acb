import Access
import Ledger
import Testing

@Suite struct `Rejected input` {
  let place = try! LedgerFolder()

  func stored() throws -> [StoredReject] {
    var found: [StoredReject] = []
    try place.reader().forEachReject {
      found.append($0)
      return true
    }
    return found
  }

  @Test func `is kept with its reason, its place and its bytes`() throws {
    let ledger = try place.writer()
    try ledger.take(Sample.rejects(["not json", ""]))
    let found = try stored()
    #expect(found.map(\.input) == [Sample.rejected("not json"), Sample.rejected("")])
    #expect(found.map(\.position.position) == ["0/0", "0/1"])
    #expect(found.allSatisfy { $0.position.source == "kafka:logs" && $0.hasBytes && !$0.retried })
    #expect(found.allSatisfy { $0.receivedAt == Sample.now && $0.id.count == 64 })
    #expect(found[0].id != found[1].id)
  }

  @Test func `is one row when it is read again, and another one at another place`() throws {
    let ledger = try place.writer()
    try ledger.take(Sample.rejects(["bad"]))
    let ids = try stored().map(\.id)
    try ledger.take(Sample.rejects(["bad"], receivedAt: Sample.now + .hours(1)))
    #expect(try stored().map(\.id) == ids)
    #expect(try place.reader().ledgerStatus().chainCount == 1)
    try ledger.take(Sample.rejects(["new", "bad"]))
    #expect(try stored().count == 3)
  }

  @Test func `keeps 64 KiB and is known by all of its bytes`() throws {
    let ledger = try place.writer()
    let text = String(repeating: "x", count: 70_000)
    try ledger.take(Sample.rejects([text + "1"]))
    try ledger.take(Sample.rejects([text + "2"]))
    let found = try stored()
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.input.bytes.count == 65_536 })
    #expect(try place.rows("SELECT size FROM reject", columns: 1) == [["70001"], ["70001"]])
  }

  @Test func `of a table keeps its header, which is no part of its id`() throws {
    func batch(_ header: String?, _ texts: String...) -> LedgerBatch {
      var batch = Sample.rejects(texts)
      for index in batch.rejects.indices {
        batch.rejects[index].input.header = header.map { Array($0.utf8) }
      }
      return batch
    }
    let long = String(repeating: "h", count: 65_537)
    let ledger = try place.writer()
    try ledger.take(batch("a,b", "1,2", "3"))
    // What is known stays as it was first read.
    try ledger.take(batch("c,d", "1,2", "3", "4"))
    try ledger.take(batch("a,b", "1", "2", "3", "5"))
    try ledger.take(batch(long, "1", "2", "3", "4", "6"))
    try ledger.take(batch(nil, "1", "2", "3", "4", "5", "7"))
    let found = try stored()
    let headers = found.map { $0.input.header.map { String(decoding: $0, as: UTF8.self) } }
    #expect(headers == ["a,b", "a,b", "c,d", "a,b", "a,b", "a,b", "a,b", nil, nil, nil, nil])
    let reader = try place.reader()
    let retriable = try reader.rejectsToRetry(
      after: 0, through: try reader.newestReject(), limit: 100)
    #expect(retriable.map(\.stored.input.header) == found.map(\.input.header))
    #expect(try place.rows("SELECT count(*) FROM table_header", columns: 1) == [["2"]])
    #expect(try reader.verifyChain() == nil)
    let plain = try LedgerFolder()
    try plain.writer().take(Sample.rejects(["1,2", "3"]))
    var ids: [String] = []
    try plain.reader().forEachReject {
      ids.append($0.id)
      return true
    }
    #expect(ids == found.prefix(2).map(\.id))
  }

  @Test func `loses the oldest bytes beyond the limit of all together`() throws {
    do {
      let ledger = try place.writer(LedgerOptions(rejectBytesLimit: 100))
      let texts = (0..<10).map { String(repeating: "\($0)", count: 30) }
      try ledger.take(Sample.rejects(texts))
      #expect(
        try stored().map(\.hasBytes) == Array(repeating: false, count: 7) + [true, true, true])
    }
    // The count of bytes is kept, so the limit holds in the next process too.
    let ledger = try place.writer(LedgerOptions(rejectBytesLimit: 100))
    try ledger.take(Sample.rejects([String(repeating: "y", count: 40)]))
    #expect(try stored().map(\.hasBytes) == Array(repeating: false, count: 8) + [true, true, true])
    #expect(try stored().count == 11)
    #expect(try place.reader().verifyChain() == nil)
  }

  @Test func `goes at once when it alone is more than the limit`() throws {
    let ledger = try place.writer(LedgerOptions(rejectBytesLimit: 10))
    try ledger.take(Sample.rejects(["a much longer text", ""]))
    #expect(try stored().map(\.hasBytes) == [false, true])
  }

  @Test func `of a body counts only when its evidence is new`() throws {
    let ledger = try place.writer()
    let body = Sample.rejected("{", kind: .body, reason: "The body ends early.")
    let counts = try ledger.take(Sample.batch([Sample.item([1], bodies: [body])])).counts
    #expect(counts.rejectedBodies == 1)
    var moved = Sample.item([1], bodies: [body])
    moved.position = "0/99"
    let again = try ledger.take(Sample.batch([moved])).counts
    #expect(again.rejectedBodies == 0)
    #expect(again.duplicates == 1)
    #expect(try stored().map(\.input) == [body])
    #expect(try stored()[0].position.position == "0/1")
  }

  @Test func `is counted by when it came, bodies by themselves`() throws {
    let ledger = try place.writer()
    let body = Sample.rejected("{", kind: .body)
    try ledger.take(Sample.batch([Sample.item([1], bodies: [body])]))
    try ledger.take(Sample.rejects(["a", "b"], receivedAt: Sample.now + .hours(2)))
    let reader = try place.reader()
    let all = try reader.unreadableCount(receivedIn: Sample.now...(Sample.now + .hours(2)))
    #expect(all == (messages: 2, bodies: 1))
    let early = try reader.unreadableCount(receivedIn: Sample.now...(Sample.now + .hours(1)))
    #expect(early == (messages: 0, bodies: 1))
  }
}
