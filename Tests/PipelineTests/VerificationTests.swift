import Access
import Detection
import Ledger
import Pipeline
import SQLite
import TestSupport
import Testing

@Suite struct `Verifying a ledger` {
  let folder = try! TemporaryFolder()
  let detectors = try! DetectorSet(DetectionSettings())

  /// A ledger with requests, windows and findings, of which nothing is due.
  func fill() throws {
    var generator = EvidenceGenerator(seed: 7)
    let evidence = generator.evidence(count: 40)
    let now = EventTime(seconds: 1_800_000_000)
    let judge = Judge(
      ledger: try LedgerWriter(path: folder.path("gatebook.db")), detectors: detectors,
      settings: 1, clock: { now })
    var batch = LedgerBatch(source: "kafka:logs", receivedAt: now)
    batch.items = evidence.map {
      LedgerBatch.Item(pieces: [$0], raw: [1], position: "0", rejectedBodies: [])
    }
    batch.counts.recordsRead = evidence.count
    try judge.take(batch, movingTo: evidence.map(\.occurredAt).max())
    while try judge.workOnDue() {}
  }

  func differences() throws -> [VerificationDifference] {
    try Verification(LedgerReader(path: folder.path("gatebook.db")), by: detectors).differences
  }

  @Test func `finds nothing in one that nobody touched`() throws {
    try fill()
    #expect(try differences().isEmpty)
  }

  @Test(arguments: [
    "UPDATE evidence SET canonical = CAST(replace(CAST(canonical AS TEXT), 'vm1', 'vm2') AS BLOB)",
    "UPDATE evidence SET canonical = x'7b7d' WHERE seq = 2",
    "UPDATE evidence SET canonical = x'' WHERE seq = 40",
    "UPDATE evidence SET day = day + 1 WHERE seq = 3",
    "UPDATE evidence SET hash = zeroblob(32) WHERE seq = 4",
    "UPDATE evidence SET hash = x'' WHERE seq = 4",
    "DELETE FROM evidence WHERE seq = 5",
    "DELETE FROM chain",
    "DELETE FROM request WHERE seq = (SELECT min(seq) FROM request)",
    "UPDATE request SET body = CAST(replace(CAST(body AS TEXT), '203.0', '204.0') AS BLOB)",
    "DELETE FROM access_grant WHERE refused = 0",
    "UPDATE request SET body = CAST(replace(CAST(body AS TEXT), '\"superseded\":[\"2', '\"superseded\":[\"1') AS BLOB)",
    "UPDATE finding SET body = CAST(replace(CAST(body AS TEXT), '\"over\":false', "
      + "'\"over\":true') AS BLOB)",
    "DELETE FROM finding WHERE feed_seq = 1",
  ])
  func `finds every change of what counts`(_ sql: String) throws {
    try fill()
    try Connection(path: folder.path("gatebook.db"), mode: .readWrite).execute(sql)
    #expect(try !differences().isEmpty)
  }
}
