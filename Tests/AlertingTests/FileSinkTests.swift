import Access
import Alerting
import Foundation
import Testing

@Suite struct `A file sink` {
  private let folder = TemporaryFolder()
  private let feed = MemoryFeed(entries(1...5))
  private let log = LogLines()
  private var plan: SinkPlan { .file(folder.file) }
  private var name: String { plan.name }

  @Test func `holds each row of the contract on a line of its own`() throws {
    feed.set(cursor: 0, of: name)
    try drain(plan, feed, log)
    #expect(folder.read() == lines(entries(1...5)))
    #expect(feed.cursor(of: name) == 5)
    try drain(plan, feed, log)
    #expect(folder.read() == lines(entries(1...5)))
  }

  @Test func `is for its owner only`() throws {
    try drain(plan, feed)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func `begins at the head when it is new, and at that place when it was killed then`() throws
  {
    try drain(plan, feed)
    #expect(folder.read().isEmpty)
    #expect(feed.cursor(of: name) == 5)
    feed.append(entries(6...7))
    try drain(plan, feed)
    #expect(folder.read() == lines(entries(6...7)))
  }

  @Test func `goes on after its tail when it was killed before the cursor was saved`() throws {
    try folder.write(lines(entries(1...4)))
    feed.set(cursor: 1, of: name)
    try drain(plan, feed, log)
    #expect(folder.read() == lines(entries(1...5)))
    #expect(!log.contains("WARN"))
  }

  @Test func `holds each row once, wherever the process was killed while it wrote`() throws {
    let whole = Array(lines(entries(1...3)).utf8)
    let three = MemoryFeed(entries(1...3))
    for length in 0...whole.count {
      let rows = whole.prefix(length).count { $0 == UInt8(ascii: "\n") }
      for cursor in Set([0, Int64(rows)]) {
        try folder.write(Array(whole.prefix(length)))
        three.set(cursor: cursor, of: name)
        // An empty file has no tail: there the cursor alone tells.
        let first = rows == 0 ? cursor : 0
        try drain(plan, three)
        #expect(
          folder.read() == lines(entries((first + 1)...3)), "\(length) bytes, cursor \(cursor)")
      }
    }
  }

  @Test func `reports that a torn line was cut`() throws {
    try folder.write(lines(entries(1...2)) + #"{"seq":3,"transi"#)
    try drain(plan, feed, log)
    #expect(folder.read() == lines(entries(1...5)))
    #expect(log.contains("A torn last line was cut"))
    #expect(log.contains("bytes=16"))
  }

  @Test func `cuts the zeros that a power loss leaves`() throws {
    try folder.write(Array(lines(entries(1...2)).utf8) + [UInt8](repeating: 0, count: 5000))
    try drain(plan, feed)
    #expect(folder.read() == lines(entries(1...5)))
  }

  @Test func `never cuts a line that is not its own`() throws {
    try folder.write("somebody's notes")
    feed.set(cursor: 3, of: name)
    try drain(plan, feed, log)
    #expect(folder.read() == "somebody's notes\n" + lines(entries(4...5)))
    #expect(log.contains("The newest alerts of a sink are not those of this ledger."))
  }

  @Test func `reports a foreign tail and goes on after the last row that both have`() throws {
    let foreign = lines(entries(3...4, story: "other"))
    try folder.write(lines(entries(1...2)) + foreign)
    feed.set(cursor: 4, of: name)
    try drain(plan, feed, log)
    #expect(folder.read() == lines(entries(1...2)) + foreign + lines(entries(3...5)))
    #expect(log.contains("foreignRows=2 continuesAfter=2"))
  }

  @Test func `passes over rows that a ledger put back from a backup does not have yet`() throws {
    let newer = lines(entries(6...9))
    try folder.write(lines(entries(1...5)) + newer)
    try drain(plan, feed, log)
    feed.append(entries(6...7, story: "other"))
    try drain(plan, feed, log)
    #expect(
      folder.read() == lines(entries(1...5)) + newer + lines(entries(6...7, story: "other")))
    #expect(log.contains("foreignRows=4 continuesAfter=5"))
  }

  @Test func `goes by the cursor when it shares no row with the feed`() throws {
    let foreign = lines(entries(1...3, story: "other"))
    try folder.write(foreign)
    try drain(plan, feed, log)
    #expect(folder.read() == foreign)
    #expect(log.contains("foreignRows=3 continuesAfter=5"))
    feed.append(entries(6...6))
    try drain(plan, feed, log)
    #expect(folder.read() == foreign + lines(entries(6...6)))
  }

  @Test func `finds its tail behind lines longer than it reads at once`() throws {
    var long = entries(4...4)
    long[0].finding.explanation = String(repeating: "x", count: 200_000)
    try folder.write(lines(entries(1...3)) + lines(long) + String(repeating: "\n", count: 3))
    try drain(plan, feed, log)
    #expect(folder.read().hasSuffix("\n\n\n" + lines(entries(5...5))))
    #expect(log.contains("foreignRows=3 continuesAfter=4"))
  }

  @Test func `leaves gaps where its filter does`() throws {
    feed.append(entries(6...6, severity: .info) + entries(7...7))
    feed.set(cursor: 4, of: name)
    try drain(plan, feed, log)
    #expect(folder.read() == lines(entries(5...5) + entries(7...7)))
    #expect(feed.cursor(of: name) == 7)
  }

  @Test func `goes on in a new file once the old one was moved away`() throws {
    let sink = FileSink(path: folder.file)
    try sink.deliver(entries(1...2))
    try FileManager.default.moveItem(atPath: folder.file, toPath: folder.file + ".1")
    try sink.deliver(entries(3...4))
    #expect(folder.read() == lines(entries(3...4)))
    #expect(folder.read(folder.file + ".1") == lines(entries(1...2)))
    sink.reopen()
    try sink.deliver(entries(4...5))
    #expect(folder.read() == lines(entries(3...5)))
  }

  @Test func `goes on at the beginning of a file that was emptied`() throws {
    let sink = FileSink(path: folder.file)
    try sink.deliver(entries(1...2))
    let handle = try #require(FileHandle(forWritingAtPath: folder.file))
    try handle.truncate(atOffset: 0)
    try handle.close()
    try sink.deliver(entries(3...3))
    #expect(folder.read() == lines(entries(3...3)))
  }

  @Test(arguments: [
    ("/nonexistent/alerts", "Could not open /nonexistent/alerts: No such file or directory"),
    ("/dev/full", "Could not append to /dev/full: No space left on device"),
  ])
  func `says what the system said`(path: String, text: String) throws {
    #expect {
      try FileSink(path: path).deliver(entries(1...1))
    } throws: { "\($0)" == text }
  }
}
