import Access
import Foundation
import SQLite
import Testing

@testable import Ledger

@Suite struct `A full disk` {
  let place = try! LedgerFolder()

  func pages() throws -> Int { try #require(try place.number("PRAGMA page_count")) }

  @Test func `ends a step, of which nothing is kept, and the writer goes on when there is room`()
    throws
  {
    let ledger = try place.writer()
    try ledger.take(Sample.batch([1]))
    try ledger.tell([Sample.finding("a")])
    let before = try place.reader().ledgerStatus()
    _ = try ledger.connection.pragma("max_page_count = \(try pages() + 3)")
    let error = try #require(throws: LedgerError.self) {
      try ledger.take(Sample.batch(2..<3000))
    }
    #expect(error.code == .diskFull)
    #expect(error.description.contains("is full"))
    #expect(error.description.contains(place.path))
    let isStuck = ledger.connection.isInTransaction
    #expect(!isStuck)
    let after = try place.reader().ledgerStatus()
    #expect(after.chainHead == before.chainHead)
    #expect(try place.number("SELECT count(*) FROM evidence") == 1)
    _ = try ledger.connection.pragma("max_page_count = 1000000")
    #expect(try ledger.take(Sample.batch(2..<3000)).counts.evidence == 2998)
    try ledger.tell([Sample.finding("a"), Sample.finding("b")])
    #expect(try place.reader().durableFeedHead() == 2)
    #expect(try place.reader().verifyChain() == nil)
    #expect(try place.reader().evidence(Sample.id(2999))?.raw == Sample.raw(2999))
    #expect(try place.reader().sources()[0].counts.reconciles)
  }

  @Test func `that refuses to write the log is told the same way`() async throws {
    do { try place.writer().take(Sample.batch([1])) }
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      let ledger = try LedgerWriter(path: path)
      try ledger.take(Sample.batch([2]))
      // Writing beyond the limit then fails instead of killing the process.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 200_000, rlim_max: rlim_t(UInt32.max))
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let error = #expect(throws: LedgerError.self) { try ledger.take(Sample.batch(3..<2000)) }
      #expect(error?.code == .diskFull)
      limit.rlim_cur = rlim_t(UInt32.max)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      try ledger.take(Sample.batch(3..<2000))
    }
    #expect(try place.number("SELECT count(*) FROM evidence") == 1999)
    #expect(try place.reader().verifyChain() == nil)
  }

  @Test func `after a step that was kept fails the next one, not that one`() throws {
    let ledger = try place.writer()
    try ledger.tell([Sample.finding("a")])
    // The head of the feed cannot be stored, as on a disk that fills up right after a commit.
    try ledger.connection.execute(
      """
      CREATE TEMP TRIGGER full BEFORE INSERT ON main.state WHEN new.key = 'durable_feed'
      BEGIN SELECT RAISE(ABORT, 'no room'); END
      """)
    try ledger.tell([Sample.finding("a"), Sample.finding("b")])
    #expect(try place.reader().durableFeedHead() == 1)
    #expect(throws: LedgerError.self) { try ledger.take(Sample.batch([1])) }
    #expect(try place.number("SELECT count(*) FROM evidence") == 0)
    try ledger.connection.execute("DROP TRIGGER full")
    try ledger.take(Sample.batch([1]))
    #expect(try place.reader().durableFeedHead() == 2)
  }
}
