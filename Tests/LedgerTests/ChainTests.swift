import Access
import Ledger
import Testing

@Suite struct `The chain` {
  let place = try! LedgerFolder()

  /// Three steps with evidence, rejects and positions, all of them tampered with by one case.
  func fill() throws {
    let ledger = try place.writer()
    for step in 0..<3 {
      var batch = Sample.batch([step * 2, step * 2 + 1])
      batch.rejects = [
        LedgerBatch.Reject(input: Sample.rejected("bad \(step)"), position: "0/\(step)")
      ]
      batch.partitions = [
        PartitionPosition(
          partition: 1, nextOffset: Int64(step), endOffset: 9, newestAt: nil)
      ]
      try ledger.take(batch)
    }
  }

  @Test func `of an empty ledger is the hash of nothing`() throws {
    do { _ = try place.writer() }
    let status = try place.reader().ledgerStatus()
    #expect(
      status.chainHead == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(status.chainCount == 0)
    #expect(try place.reader().verifyChain() == nil)
  }

  @Test func `has a new head after each step that took anything in`() throws {
    let ledger = try place.writer()
    var heads: [String] = []
    func note() throws { heads.append(try place.reader().ledgerStatus().chainHead) }
    try note()
    try ledger.take(Sample.batch([1]))
    try note()
    try ledger.take(Sample.rejects(["bad"]))
    try note()
    var positions = LedgerBatch(source: "kafka:logs", receivedAt: Sample.now)
    positions.partitions = [
      PartitionPosition(partition: 0, nextOffset: 5, endOffset: 5, newestAt: nil)
    ]
    try ledger.take(positions)
    try note()
    #expect(Set(heads).count == 4)
    try ledger.step { () throws(LedgerError) in try ledger.setStreamTime(Sample.now) }
    try ledger.take(Sample.batch([1]))
    try note()
    #expect(heads[4] == heads[3])
    #expect(try place.reader().ledgerStatus().chainCount == 2)
    #expect(try place.reader().verifyChain() == nil)
  }

  @Test func `goes on where it was when the ledger is opened again`() throws {
    let whole = try LedgerFolder()
    let ledger = try whole.writer()
    for number in 0..<4 {
      try ledger.take(Sample.batch([number]))
      try place.writer().take(Sample.batch([number]))
    }
    #expect(
      try place.reader().ledgerStatus().chainHead == whole.reader().ledgerStatus().chainHead)
    #expect(try place.reader().verifyChain() == nil)
  }

  @Test(arguments: [
    "UPDATE evidence SET hash = zeroblob(32) WHERE seq = 3",
    "UPDATE evidence SET hash = x'00' WHERE seq = 1",
    "DELETE FROM evidence WHERE seq = 2",
    "DELETE FROM evidence WHERE seq = 6",
    "UPDATE evidence SET seq = 60 WHERE seq = 6",
    "INSERT INTO evidence SELECT 7, day, hash, call, received_at, source, position, record, "
      + "canonical FROM evidence WHERE seq = 1",
    "INSERT INTO evidence SELECT -1, day, hash, call, received_at, source, position, record, "
      + "canonical FROM evidence WHERE seq = 1",
    "UPDATE reject SET id = zeroblob(32) WHERE seq = 2",
    "UPDATE reject SET reason = 'Nothing.' WHERE seq = 1",
    "UPDATE reject SET bytes = CAST('bad 9' AS BLOB) WHERE seq = 3",
    "UPDATE reject SET kind = 'record' WHERE seq = 3",
    "UPDATE reject SET offset = 4 WHERE seq = 3",
    "UPDATE reject SET position = '0/7' WHERE seq = 1",
    "UPDATE reject SET source = 9 WHERE seq = 1",
    "DELETE FROM reject WHERE seq = 1",
    "INSERT INTO reject SELECT 4, zeroblob(32), kind, reason, source, position, offset, "
      + "received_at, size, bytes, retried, header FROM reject WHERE seq = 1",
    "UPDATE source SET name = 'kafka:other'",
    "UPDATE chain SET positions = replace(positions, '=1', '=2') WHERE step = 2",
    "UPDATE chain SET positions = '' WHERE step = 3",
    "UPDATE chain SET count = count + 1 WHERE step = 3",
    "UPDATE chain SET count = 0 WHERE step = 1",
    "UPDATE chain SET head = zeroblob(32) WHERE step = 1",
    "UPDATE chain SET head = x'' WHERE step = 3",
    "UPDATE chain SET last_evidence = 3 WHERE step = 1",
    "UPDATE chain SET first_reject = 1 WHERE step = 3",
    "UPDATE chain SET last_evidence = 9223372036854775807 WHERE step = 1",
    "DELETE FROM chain WHERE step = 1",
    "DELETE FROM chain WHERE step = 3",
  ])
  func `shows every change behind its back`(_ sql: String) throws {
    try fill()
    #expect(try place.reader().verifyChain() == nil)
    try place.edit(sql)
    let difference = try #require(try place.reader().verifyChain())
    #expect(difference.stored != difference.recomputed)
  }

  @Test func `says at which step it first differs`() throws {
    try fill()
    try place.edit("UPDATE evidence SET hash = zeroblob(32) WHERE seq = 3")
    let difference = try #require(try place.reader().verifyChain())
    #expect(difference.step == 2)
    #expect(
      try place.rows("SELECT lower(hex(head)) FROM chain WHERE step = 2", columns: 1)
        == [[difference.stored]])
  }

  @Test func `says which step took in a reject that was changed`() throws {
    try fill()
    try place.edit("UPDATE reject SET reason = 'Nothing.' WHERE seq = 3")
    #expect(try place.reader().verifyChain()?.step == 3)
  }
}
