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

  static func isInitiate(_ record: [String: Any]) -> Bool {
    (record["operationName"] as? String)?.lowercased() == RecordWriter.operation.lowercased()
  }
}
