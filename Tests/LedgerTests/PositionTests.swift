import Access
import Ledger
import Testing

@Suite struct `Positions` {
  let place = try! LedgerFolder()

  static func file(_ path: String, inode: Int64 = 7, head: String = "aa", next: Int64 = 5)
    -> FilePosition
  {
    FilePosition(
      path: path, device: 3, inode: inode, head: head, size: 10, modified: -4,
      nextOffset: next, tail: "bb", decoder: 2)
  }

  @Test func `of partitions come back as they were set last, for their source`() throws {
    let partitions = (0..<3).map { number in
      PartitionPosition(
        partition: Int32(number), nextOffset: 1 << 40 + Int64(number), endOffset: .max,
        newestAt: number == 1 ? nil : EventTime(ticks: -1))
    }
    do {
      let ledger = try place.writer()
      var batch = Sample.batch([1], source: "kafka:a")
      batch.partitions = partitions
      try ledger.take(batch)
      batch = Sample.batch([2], source: "kafka:b")
      batch.partitions = [partitions[2]]
      try ledger.take(batch)
    }
    let ledger = try place.writer()
    #expect(try ledger.partitions(of: "kafka:a") == partitions)
    #expect(try ledger.partitions(of: "kafka:b") == [partitions[2]])
    var batch = LedgerBatch(source: "kafka:a", receivedAt: Sample.now)
    batch.partitions = [
      PartitionPosition(partition: 1, nextOffset: 8, endOffset: 9, newestAt: Sample.now)
    ]
    try ledger.take(batch)
    #expect(
      try ledger.partitions(of: "kafka:a") == [partitions[0], batch.partitions[0], partitions[2]])
    #expect(try place.reader().sources()[0].lag?[1] == 1)
  }

  @Test func `are not made by asking for them`() throws {
    let ledger = try place.writer()
    #expect(try ledger.partitions(of: "kafka:new").isEmpty)
    #expect(try place.reader().sources().map(\.source) == [nil])
    #expect(try place.number("SELECT count(*) FROM source") == 0)
  }

  @Test func `of files are found by path, else by inode, always with the same beginning`() throws {
    let ledger = try place.writer()
    var batch = LedgerBatch(source: "import", receivedAt: Sample.now)
    batch.files = [Self.file("/logs/it's a \"log\".json"), Self.file("/logs/b", inode: 8)]
    try ledger.take(batch)
    #expect(try ledger.file(batch.files[0]) == batch.files[0])
    #expect(try ledger.file(batch.files[1]) == batch.files[1])
    #expect(try ledger.file(Self.file("/logs/renamed", inode: 8)) == batch.files[1])
    #expect(try ledger.file(Self.file("/logs/b", inode: 8, head: "cc")) == nil)
    #expect(try ledger.file(Self.file("/logs/b", inode: 99)) == batch.files[1])
    #expect(try ledger.file(Self.file("/logs/c", inode: 99)) == nil)
    batch.files = [Self.file("/logs/b", inode: 8, next: 10)]
    try ledger.take(batch)
    #expect(try ledger.file(batch.files[0]) == batch.files[0])
    #expect(try place.number("SELECT count(*) FROM file_position") == 2)
    #expect(try place.reader().decoderVersions() == [2])
    #expect(try place.reader().sources()[0].lag == nil)
  }

  @Test func `of sources keep their number, and one that failed leaves none`() throws {
    do {
      let ledger = try place.writer()
      try ledger.take(Sample.batch([1], source: "a"))
      #expect(throws: LedgerError.self) {
        try ledger.step { () throws(LedgerError) in
          _ = try ledger.store(Sample.batch([2], source: "b"))
          throw LedgerError(.other, "Made up.")
        }
      }
      try ledger.take(Sample.batch([3], source: "c"))
      try ledger.take(Sample.batch([4], source: "b"))
    }
    try place.writer().take(Sample.batch([5], source: "b"))
    #expect(
      try place.rows(
        "SELECT s.name FROM evidence e JOIN source s ON s.id = e.source ORDER BY seq", columns: 1)
        == [["a"], ["c"], ["b"], ["b"]])
    #expect(try place.number("SELECT count(*) FROM source") == 3)
  }

  @Test func `of judging that is due are kept in order until they are settled`() throws {
    let ledger = try place.writer()
    let rows = [
      DueRow(stage: .requests, slice: "a,b", from: .distantPast, to: Sample.now),
      DueRow(stage: .name, slice: "o'brien", from: .epoch, to: .distantFuture),
    ]
    try ledger.step { () throws(LedgerError) in for row in rows { try ledger.addDue(row) } }
    #expect(try ledger.dueCount() == 2)
    #expect(try place.reader().dueCount() == 2)
    let first = try #require(try ledger.oldestDue())
    #expect(first.slice == "a,b")
    #expect(first.from == .distantPast)
    try ledger.settle(first, at: .epoch)
    #expect(try ledger.oldestDue()?.from == .epoch)
    #expect(try ledger.oldestDue()?.id == first.id)
    try ledger.settle(first, at: nil)
    #expect(try ledger.oldestDue()?.slice == "o'brien")
    #expect(try ledger.oldestDue()?.stage == .name)
    #expect(try ledger.oldestDue()?.to == .distantFuture)
  }

  @Test func `of time come back to the tick`() throws {
    let ledger = try place.writer()
    #expect(try ledger.streamTime() == nil)
    #expect(try ledger.importNewest() == nil)
    try ledger.step { () throws(LedgerError) in
      try ledger.setStreamTime(EventTime(ticks: -3))
      try ledger.setImportNewest(.distantFuture)
    }
    #expect(try ledger.streamTime() == EventTime(ticks: -3))
    #expect(try place.reader().streamTime() == EventTime(ticks: -3))
    #expect(try ledger.importNewest() == .distantFuture)
  }

  @Test func `of settings are the newest ones`() throws {
    let ledger = try place.writer()
    #expect(try ledger.storedSettings() == nil)
    let first = try ledger.storeSettings("[\"a\"]", at: Sample.now)
    let second = try ledger.storeSettings("[\"b\"]", at: Sample.now)
    #expect(second > first)
    #expect(try #require(try ledger.storedSettings()) == (second, "[\"b\"]"))
    #expect(try place.reader().settings() == "[\"b\"]")
  }
}
