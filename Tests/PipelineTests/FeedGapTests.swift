import Access
import Detection
import Kafka
import Ledger
import Testing

@testable import Pipeline

/// Gaps that no offset tells of, with a broker that comes and goes.
@Suite(.serialized, .timeLimit(.minutes(3))) struct `A feed that brings nothing` {
  static let start = EventTime(rfc3339: "2026-08-12T23:00:00Z")!
  static let day = TimeSpan.days(1)

  let feed = try! MockFeed(startingAt: start)

  /// Turns the clock on until a gap stands, and says it.
  private func gap(byLeaps: Bool = true) throws -> EvidenceGap {
    try feed.wait(turning: byLeaps ? .hours(1) : .minutes(1), byLeaps: byLeaps) {
      try !feed.gaps().isEmpty
    }
    return try #require(try feed.gaps().first)
  }

  private func expectMovedOn(_ gap: EvidenceGap) throws {
    try feed.wait(turning: .seconds(30)) { try feed.gaps()[0].to > gap.to }
    let moved = try feed.gaps()
    #expect(moved.count == 1 && moved[0].from == gap.from && moved[0].reason == gap.reason)
    #expect(moved[0].to - gap.to >= .minutes(1))
  }

  @Test func `has a gap while its broker is away for too long, and none once it is back`() throws {
    try feed.reading {
      try feed.send()
      try feed.wait { try feed.recordsRead() == 1 }
      try feed.cluster.stopBroker(1)
      let found = try gap()
      #expect(found.source == MockFeed.source && found.reason.contains("could not be reached"))
      #expect(found.from >= Self.start && found.to - found.from >= Self.day)
      try expectMovedOn(found)
      try feed.cluster.startBroker(1)
      try feed.wait { try feed.gaps().isEmpty }
      try feed.send()
      try feed.wait { try feed.recordsRead() == 2 }
      #expect(try feed.gaps().isEmpty)
    }
  }

  @Test func `keeps the gap of an outage over a restart`() throws {
    try feed.reading {
      try feed.send()
      try feed.wait { try feed.recordsRead() == 1 }
    }
    let newest = EventTime(rfc3339: "2026-08-12T22:41:07.101Z")
    try feed.cluster.stopBroker(1)
    var found: EvidenceGap?
    try feed.reading { found = try gap() }
    let first = try #require(found)
    #expect(first.from == newest && first.to - first.from >= Self.day)
    feed.clock.advance(by: .hours(5))
    try feed.reading {
      try expectMovedOn(first)
      try feed.cluster.startBroker(1)
      try feed.wait { try feed.gaps().isEmpty }
    }
  }

  @Test func `has the exact gap instead once it is known what is gone`() throws {
    try feed.send()
    try feed.change { ledger in
      try ledger.step { () throws(LedgerError) in
        var batch = LedgerBatch(source: MockFeed.source, receivedAt: Self.start)
        batch.partitions = [
          PartitionPosition(
            partition: 0, nextOffset: 900, endOffset: 900, newestAt: Self.start - .hours(2))
        ]
        _ = try ledger.store(batch)
      }
    }
    try feed.cluster.stopBroker(1)
    try feed.reading {
      let found = try gap()
      #expect(found.from == Self.start - .hours(2) && found.reason.contains("could not be"))
      try feed.cluster.startBroker(1)
      try feed.wait { try feed.recordsRead() == 1 }
      let gaps = try feed.gaps()
      #expect(gaps.count == 1 && gaps[0].from == found.from)
      #expect(gaps[0].reason.contains("the topic was made anew"), "\(gaps)")
    }
  }

  /// Two days with a record every ten minutes.
  private func fillHistory() throws {
    try feed.change { ledger in
      try ledger.step { () throws(LedgerError) in
        for minute in stride(from: -2880, through: -10, by: 10) {
          var batch = LedgerBatch(source: MockFeed.source, receivedAt: Self.start)
          batch.activity = FeedActivity(
            at: Self.start + .minutes(Int64(minute)), silenceStep: minute > -2880 ? 369 : nil)
          _ = try ledger.store(batch)
        }
      }
    }
  }

  @Test func `has a gap from the last record to the next where it is silent for too long`() throws {
    try fillHistory()
    try feed.reading {
      try feed.send()
      try feed.wait { try feed.recordsRead() == 1 }
      let found = try gap(byLeaps: false)
      // Four times the upper edge of the step: 40 min 17 s, and the clock goes by minutes.
      let threshold = TimeSpan(ticks: SilenceHistogram.upperEdge(of: 369).ticks * 4)
      #expect(found.from == Self.start && found.to - found.from >= threshold)
      #expect(threshold > .minutes(40) && threshold < .minutes(41))
      #expect(
        found.reason
          == "No record of the activity log came, where one usually comes within 11 min.")
      try expectMovedOn(found)
      feed.clock.advance(by: .seconds(7))
      let end = feed.clock.time
      try feed.send()
      try feed.wait { try feed.recordsRead() == 2 }
      #expect(try feed.gaps().map(\.from) == [Self.start])
      #expect(try feed.gaps().map(\.to) == [end])
      let ended = try feed.gaps()
      try feed.wait(turning: .minutes(1)) { try feed.gaps().count == 2 }
      #expect(try feed.gaps()[0] == ended[0] && feed.gaps()[1].from == end)
    }
    let ledger = try LedgerWriter(path: feed.path)
    let silence = try ledger.silence(of: MockFeed.source)
    // The last one of the history was cut by the start of the run, the newest is not over.
    #expect(silence.earlier.count == 287 + 1)
    #expect(silence.firstAt == Self.start - .days(2))
    let detectors = try DetectorSet(DetectionSettings())
    #expect(try Verification(LedgerReader(path: feed.path), by: detectors).differences.isEmpty)
  }

  @Test func `is silent also where foreign records come`() throws {
    try fillHistory()
    try feed.reading {
      try feed.send()
      try feed.wait { try feed.recordsRead() == 1 }
      try feed.sendMetric()
      try feed.wait { try feed.recordsRead() == 2 }
      let found = try gap(byLeaps: false)
      #expect(found.from == Self.start)
    }
  }
}
