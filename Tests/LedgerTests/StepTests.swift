import Access
import Ledger
import Testing
import Timelines

@Suite struct `A step` {
  let place = try! LedgerFolder()

  static let failure = LedgerError(.other, "Made up.")

  /// Everything that a step can leave behind, as text.
  func contents() throws -> [[String?]] {
    let tables = [
      "evidence", "evidence_key", "raw_block", "request", "access_grant", "resource", "person",
      "finding", "finding_vm", "feed", "reject", "gap", "source", "partition_position",
      "file_position", "due", "chain", "settings", "state",
    ]
    return try tables.flatMap { try place.rows("SELECT '\($0)', count(*) FROM \($0)", columns: 2) }
      + place.rows("SELECT key, value FROM state", columns: 2)
      + place.rows("SELECT * FROM source", columns: 10)
      + place.rows("SELECT canonical, shown FROM resource", columns: 2)
  }

  func everything(_ ledger: LedgerWriter, _ number: Int) throws(LedgerError) {
    var batch = Sample.batch([number, number + 1, number])
    batch.rejects = [
      LedgerBatch.Reject(input: Sample.rejected("bad \(number)"), position: "0/\(number)")
    ]
    batch.partitions = [
      PartitionPosition(
        partition: 0, nextOffset: Int64(number), endOffset: 100, newestAt: Sample.now)
    ]
    batch.gaps = [
      EvidenceGap(from: .epoch, to: Sample.now, source: "kafka:logs", reason: "Aged out.")
    ]
    _ = try ledger.store(batch)
    _ = try ledger.replace(nil, by: Sample.request(number), call: 7)
    try ledger.judge(
      JudgedSlice(
        slice: "slice", day: 20_000, rules: ["wide-source"],
        findings: [Sample.finding("k\(number)")]),
      now: Sample.now, settings: 1)
    try ledger.setStreamTime(Sample.now + .minutes(Int64(number)))
    try ledger.addDue(DueRow(stage: .requests, slice: "", from: .epoch, to: Sample.now))
    _ = try ledger.storeSettings("[]", at: Sample.now)
  }

  @Test func `leaves nothing when it fails in the middle, and the next one works`() throws {
    let ledger = try place.writer()
    try ledger.step { () throws(LedgerError) in try everything(ledger, 1) }
    let before = try contents()
    let head = try place.reader().ledgerStatus().chainHead
    for _ in 0..<2 {
      #expect(throws: LedgerError.self) {
        try ledger.step { () throws(LedgerError) in
          try everything(ledger, 10)
          throw Self.failure
        }
      }
      #expect(try contents() == before)
    }
    #expect(try place.reader().ledgerStatus().chainHead == head)
    try ledger.step { () throws(LedgerError) in try everything(ledger, 10) }
    #expect(try place.reader().verifyChain() == nil)
    #expect(
      try place.rows("SELECT seq FROM evidence ORDER BY seq", columns: 1).map { $0[0] }
        == ["1", "2", "3", "4"])
    #expect(try place.rows("SELECT seq FROM reject ORDER BY seq", columns: 1) == [["1"], ["2"]])
    // The second one withdraws what the first one raised.
    #expect(try place.rows("SELECT seq FROM feed", columns: 1) == [["1"], ["2"], ["3"]])
    #expect(
      try place.number("SELECT count(*) FROM access_grant g JOIN resource r ON r.id = g.vm") == 2)
    #expect(
      try place.number("SELECT count(*) FROM request q JOIN person p ON p.id = q.person") == 2)
    #expect(try place.reader().evidence(Sample.id(10))?.raw == Sample.raw(10))
    #expect(try place.reader().sources()[0].counts.reconciles)
  }

  @Test func `comes to the same chain as if the failed one had never been`() throws {
    let (ledger, other) = (try place.writer(), try LedgerFolder())
    try ledger.take(Sample.batch([1]))
    #expect(throws: LedgerError.self) {
      try ledger.step { () throws(LedgerError) in
        _ = try ledger.store(Sample.batch([2, 3], source: "kafka:others"))
        throw Self.failure
      }
    }
    try ledger.take(Sample.batch([4]))
    let straight = try other.writer()
    try straight.take(Sample.batch([1]))
    try straight.take(Sample.batch([4]))
    #expect(
      try place.reader().ledgerStatus().chainHead == other.reader().ledgerStatus().chainHead)
    #expect(try place.reader().sources().map(\.source) == ["kafka:logs"])
  }

  @Test func `is seen by a reader as a whole or not at all`() throws {
    let ledger = try place.writer()
    try ledger.take(Sample.batch([1]))
    let reader = try place.reader()
    try ledger.step { () throws(LedgerError) in
      _ = try ledger.store(Sample.batch([2, 3]))
      let counts = try reader.sources()[0].counts
      #expect(counts.evidence == 1)
    }
    #expect(try reader.sources()[0].counts.evidence == 3)
  }

  @Test func `does not change what a reader sees within one snapshot`() throws {
    let ledger = try place.writer()
    try ledger.take(Sample.batch([1]))
    let reader = try place.reader()
    try reader.snapshot { () throws(LedgerError) in
      #expect(try reader.ledgerStatus().chainCount == 1)
      try ledger.step { () throws(LedgerError) in _ = try ledger.store(Sample.batch([2])) }
      #expect(try reader.ledgerStatus().chainCount == 1)
    }
    #expect(try reader.ledgerStatus().chainCount == 2)
  }
}
