import Access
import Foundation
import Testing

@testable import Simulation

@Suite struct `The log of a story` {
  @Test func `is the same for the same seed, byte for byte`() throws {
    let (one, other) = (try Log(), try Log())
    #expect(one.messages == other.messages)
    #expect(one.partitions == other.partitions)
    #expect(try Log { $0.seed = 2 }.messages != one.messages)
  }

  @Test func `has as many records as were asked for`() throws {
    let log = try Log()
    #expect(log.totals.records == 2000)
    #expect(log.totals.messages == log.messages.count)
    #expect(log.totals.bytes == Int64(log.messages.map(\.count).reduce(0, +)))
    #expect(try log.records().count == 2000)
    #expect(log.totals.isComplete)
  }

  @Test(arguments: [(0.0, 0), (0.001, 4), (0.005, 20), (0.1, 400), (1.0, 4000)])
  func `keeps to the share of JIT records exactly`(share: Double, expected: Int) throws {
    let log = try Log {
      $0.records = 4000
      $0.jitShare = share
    }
    let told = try log.records().count(where: Log.isAboutAccess)
    #expect(told == expected)
    #expect(log.totals.jitRecords == expected)
  }

  @Test func `gives every initiate record a correlation id, a known phase and a time`() throws {
    let log = try Log()
    for record in try log.records() where Log.isInitiate(record) {
      let phases = ["Start", "Accept", "Success", "Failure", "Succeeded"]
      #expect(phases.contains(try #require(record["resultType"] as? String)))
      #expect(try #require(record["correlationId"] as? String).utf8.count == 36)
      let time = EventTime(rfc3339: try #require(record["time"] as? String))
      #expect(try #require(time) <= log.story.newest)
    }
  }

  @Test func `is newest where the story says so`() throws {
    for share in [0.4, 1.0] {
      let log = try Log { $0.jitShare = share }
      let times = try log.records().compactMap { $0["time"] as? String }
      #expect(times.compactMap { EventTime(rfc3339: $0) }.max() == log.story.newest)
    }
  }

  @Test func `holds bodies that can be read`() throws {
    let log = try Log()
    var bodies = 0
    for record in try log.records() where Log.isInitiate(record) {
      guard let body = try Log.body(of: record) else { continue }
      bodies += 1
      #expect(body.keys.contains { $0.lowercased() == "virtualmachines" })
    }
    #expect(bodies > 150)
  }

  @Test func `is about as large as a real one`() throws {
    let log = try Log { $0.jitShare = 0.005 }
    let mean = Double(log.totals.bytes) / Double(log.totals.records)
    #expect((2000...4000).contains(mean))
  }

  @Test func `has both shapes, duplicates, late records and every partition`() throws {
    let log = try Log {
      $0.duplicateShare = 0.1
      $0.lateShare = 0.1
    }
    let records = try log.records()
    let initiates = records.filter(Log.isInitiate)
    #expect(initiates.contains { $0["category"] as? String == "Action" })
    #expect(initiates.contains { $0["category"] as? String == "Administrative" })
    #expect(Set(log.partitions) == [0, 1, 2, 3])
    let texts = try records.map { record in
      try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys])
    }
    #expect(texts.count - Set(texts).count > 100)
    let times = records.compactMap { EventTime(rfc3339: $0["time"] as? String ?? "") }
    let backwards = zip(times, times.dropFirst()).count { $1 < $0 - .hours(1) }
    #expect(backwards > 20)
  }

  @Test func `has noise in which nothing is an initiate or evidence of later versions`() throws {
    let log = try Log { $0.jitShare = 0 }
    let evidence = [
      "microsoft.network/networksecuritygroups/write", "microsoft.network/azurefirewalls/write",
      "microsoft.security/locations/jitnetworkaccesspolicies/write", "runcommand", "serialconsole",
      "extensions/write", "diagnosticsettings", "microsoft.eventhub", "securityrules",
    ]
    var withoutOperation = 0
    for record in try log.records() {
      guard let operation = (record["operationName"] as? String)?.lowercased() else {
        withoutOperation += 1
        continue
      }
      #expect(!evidence.contains { operation.contains($0) }, "\(operation)")
      #expect(!Log.isInitiate(record))
    }
    #expect(withoutOperation > 0)
  }

  @Test func `stops after a whole message when it is told to, or when the sink throws`() throws {
    struct Full: Error {}
    var writer = StoryWriter(try Log().story)
    var count = 0
    let totals = try writer.write(isStopped: { count == 3 }, to: { _, _ in count += 1 })
    #expect(totals.messages == 3)
    #expect(!totals.isComplete)
    #expect(throws: Full.self) { try writer.write { _, _ in throw Full() } }
  }

  @Test func `keeps to a rate`() throws {
    let story = Story(SimulationOptions.of(records: 400))
    var writer = StoryWriter(story)
    let clock = ContinuousClock()
    let start = clock.now
    _ = try writer.write(rate: 2000) { _, _ in }
    #expect(clock.now - start > .milliseconds(150))
  }
}

extension SimulationOptions {
  static func of(records: Int) -> SimulationOptions {
    var options = SimulationOptions()
    options.records = records
    return options
  }
}
