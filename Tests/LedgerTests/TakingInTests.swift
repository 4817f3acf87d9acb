import Access
import Ledger
import Testing
import Timelines

@Suite struct `Taking evidence in` {
  let place = try! LedgerFolder()

  @Test func `stores what comes twice as one row and counts the duplicate`() throws {
    let ledger = try place.writer()
    let first = try ledger.take(Sample.batch([1, 2]))
    #expect(first.counts.evidence == 2)
    #expect(first.touched.count == 2)
    let second = try ledger.take(Sample.batch([2, 3, 3]))
    #expect(second.counts.evidence == 1)
    #expect(second.counts.duplicates == 2)
    #expect(second.touched.map(\.key) == [Sample.evidence(3)].map { CallKey($0) })
    #expect(try place.number("SELECT count(*) FROM evidence") == 3)
    #expect(try place.number("SELECT count(*) FROM evidence_key") == 3)
    let status = try place.reader().sources()
    #expect(status.count == 1)
    #expect(status[0].counts.recordsRead == 5)
    #expect(status[0].counts.evidence == 3)
    #expect(status[0].counts.duplicates == 2)
    #expect(status[0].counts.reconciles)
  }

  @Test func `knows evidence again after it was opened anew, also of another source`() throws {
    do { try place.writer().take(Sample.batch([1, 2])) }
    let counts = try place.writer().take(Sample.batch([2, 1], source: "import")).counts
    #expect(counts.duplicates == 2)
    #expect(try place.number("SELECT count(*) FROM evidence") == 2)
    #expect(try place.reader().sources().map(\.source) == ["import", "kafka:logs"])
  }

  @Test func `counts a record with several pieces once`() throws {
    let ledger = try place.writer()
    let first = try ledger.take(Sample.batch([Sample.item([1, 2, 3])]))
    #expect(first.counts.evidence == 1)
    #expect(first.touched.count == 3)
    let again = try ledger.take(Sample.batch([Sample.item([1, 2, 3])]))
    #expect(again.counts.evidence == 0)
    #expect(again.counts.duplicates == 1)
    #expect(again.touched.isEmpty)
    let partly = try ledger.take(Sample.batch([Sample.item([3, 4])]))
    #expect(partly.counts.evidence == 1)
    #expect(partly.counts.duplicates == 0)
    #expect(try place.number("SELECT count(*) FROM evidence") == 4)
  }

  @Test func `adds the counts it is given to those it finds`() throws {
    let ledger = try place.writer()
    var batch = Sample.batch([1, 1, 2])
    batch.counts.recordsRead = 10
    batch.counts.irrelevant = 6
    batch.counts.rejected = 1
    batch.counts.messagesRejected = 2
    batch.counts.repaired = 3
    let counts = try ledger.take(batch).counts
    #expect(counts.reconciles)
    #expect(counts.evidence == 2)
    try ledger.take(batch)
    let stored = try place.reader().sources()[0].counts
    #expect(stored.reconciles)
    #expect(stored.recordsRead == 20)
    #expect(stored.duplicates == 4)
    #expect(stored.repaired == 6)
    #expect(stored.messagesRejected == 4)
  }

  @Test func `says where and when each piece was read`() throws {
    let ledger = try place.writer()
    try ledger.take(Sample.batch([Sample.item([7, 8])]))
    let reader = try place.reader()
    for number in [7, 8] {
      let id = Sample.id(number)
      let stored = try #require(try reader.evidence(id))
      #expect(stored.identified.evidence == Sample.evidence(number))
      #expect(stored.receivedAt == Sample.now)
      #expect(stored.position == SourcePosition(source: "kafka:logs", position: "0/7"))
      let beginning = String(id.description.dropFirst(9).prefix(7))
      #expect(try reader.evidenceIDs(beginning: beginning, day: id.day, limit: 5) == [id])
    }
    #expect(try reader.evidence(Sample.id(9)) == nil)
  }

  @Test func `finds the records of a call again, and those of no other`() throws {
    let ledger = try place.writer()
    var answer = Sample.evidence(1)
    answer.phase = .accept
    answer.occurredAt = answer.occurredAt + .hours(20)
    let item = LedgerBatch.Item(pieces: [answer], raw: [], position: "1", rejectedBodies: [])
    try ledger.take(Sample.batch([2]))
    try ledger.take(Sample.batch([1]))
    let call = try #require(try ledger.take(Sample.batch([item])).touched.first)
    #expect(call.day == answer.occurredAt.day)
    #expect(Set(try ledger.component(of: call).map(\.evidence)) == [answer, Sample.evidence(1)])
  }
}
