import Access
import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct `The lock of a ledger` {
  let place = try! LedgerFolder()

  func refusal(_ path: String) throws -> LedgerError {
    try #require(throws: LedgerError.self) { _ = try LedgerWriter(path: path) }
  }

  @Test func `keeps a second writer out and says who holds it`() throws {
    let first = try place.writer()
    let error = try refusal(place.path)
    #expect(error.code == .inUse)
    #expect(error.description.contains("(process \(ProcessInfo.processInfo.processIdentifier))"))
    #expect(error.description.contains(place.path))
    try first.take(Sample.batch([1]))
    #expect(try place.number("SELECT count(*) FROM evidence") == 1)
  }

  @Test func `is free when the writer is gone`() throws {
    do { _ = try place.writer() }
    try place.writer().take(Sample.batch([1]))
    #expect(try place.number("SELECT count(*) FROM evidence") == 1)
  }

  @Test func `is one for all names of a file`() throws {
    let link = place.folder.path("link.db")
    let ledger = try place.writer()
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "gatebook.db")
    #expect(try refusal(link).code == .inUse)
    #expect(!FileManager.default.fileExists(atPath: link + "-lock"))
    withExtendedLifetime(ledger) {}
  }

  @Test func `does not keep readers and sinks out`() throws {
    let ledger = try place.writer()
    try ledger.tell([Sample.finding()])
    let reader = try place.reader()
    let cursors = try CursorWriter(path: place.path)
    try cursors.save(1, of: "file")
    try ledger.take(Sample.batch([1]))
    #expect(try reader.cursor(of: "file") == 1)
    #expect(try reader.sources()[0].counts.evidence == 1)
  }

  @Test func `is let go when its holder is killed`() throws {
    do { _ = try place.writer() }
    // The program of the system takes the very lock that a writer takes.
    let holder = try RunningCommand(
      "/usr/bin/flock", ["--no-fork", "-x", place.path + "-lock", "sleep", "600"])
    let isHeld = holder.wait { _ in (try? place.writer()) == nil }
    #expect(isHeld)
    #expect(try refusal(place.path).code == .inUse)
    holder.send(SIGKILL)
    _ = try holder.finish()
    _ = try place.writer()
  }

  @Test func `is let go by a writer that dies within a step, of which nothing is left`()
    async throws
  {
    do { try place.writer().take(Sample.batch([1])) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = place.path as String] in
      let ledger = try LedgerWriter(path: path)
      try ledger.take(Sample.batch([2]))
      try ledger.step { () throws(LedgerError) in
        _ = try ledger.store(Sample.batch(3..<200))
        kill(getpid(), SIGKILL)
      }
    }
    let ledger = try place.writer()
    #expect(try place.number("SELECT count(*) FROM evidence") == 2)
    #expect(try place.reader().verifyChain() == nil)
    try ledger.take(Sample.batch([3]))
    #expect(try place.reader().evidence(Sample.id(3))?.raw == Sample.raw(3))
  }
}
