import Access
import Foundation

@testable import Simulation

/// A log that was written into memory.
struct Log {
  let story: Story
  let totals: SimulationTotals
  let messages: [[UInt8]]
  let partitions: [Int]

  init(_ change: (inout SimulationOptions) -> Void = { _ in }) throws {
    var options = SimulationOptions()
    options.records = 2000
    options.jitShare = 0.4
    change(&options)
    try self.init(Story(options))
  }

  init(_ story: Story) throws {
    var writer = StoryWriter(story)
    var messages: [[UInt8]] = []
    var partitions: [Int] = []
    totals = try writer.write { message, partition in
      messages.append(message)
      partitions.append(partition)
    }
    self.story = story
    self.messages = messages
    self.partitions = partitions
  }

  /// The records of all messages, read by somebody else's parser.
  func records() throws -> [[String: Any]] {
    try messages.flatMap { message in
      let root = try JSONSerialization.jsonObject(with: Data(message)) as? [String: Any]
      return root?["records"] as? [[String: Any]] ?? []
    }
  }

  /// Whether a record tells of access or of what surrounds it, by its operation.
  static func isAboutAccess(_ record: [String: Any]) -> Bool {
    let operation = (record["operationName"] as? String)?.lowercased() ?? ""
    return isInitiate(record)
      || [
        "networksecuritygroups/write", "/securityrules/", "jitnetworkaccesspolicies/write",
        "jitnetworkaccesspolicies/delete", "bastionhost/connect", "/runcommand/", "/serialports/",
        "virtualmachines/extensions/", "/diagnosticsettings/",
      ].contains(where: operation.contains)
  }

  /// The body of a record, as whichever key and in whichever form it is there.
  static func body(of record: [String: Any]) throws -> [String: Any]? {
    guard let properties = record["properties"] as? [String: Any],
      let value = properties.first(where: { $0.key.lowercased().hasSuffix("body") })?.value
    else { return nil }
    let text = (value as? String).map { Data($0.utf8) }
    return try (text.map { try JSONSerialization.jsonObject(with: $0) } ?? value) as? [String: Any]
  }

  static func isInitiate(_ record: [String: Any]) -> Bool {
    (record["operationName"] as? String)?.lowercased() == RecordWriter.operation.lowercased()
  }
}
