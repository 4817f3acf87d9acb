internal import Access
internal import Kafka
internal import Ledger

/// How far each partition of a topic has been read.
///
/// A pure value.
struct TopicReading {
  private(set) var clock: StreamClock
  private var positions: [Int32: PartitionPosition] = [:]
  private var changed: Set<Int32> = []
  private var goals: [Int32: Int64] = [:]
  /// Large until messages have shown their size: the first step must not take the whole queue.
  private var averageBytes = 131_072.0

  /// How many bytes of messages one step takes in, about: where every record is evidence, a tenth of
  /// a second's work, and tens of megabytes with all that is made of them.
  private static let batchBytes = 2.0 * 1_048_576

  init(topic: String, lateness: TimeSpan) { clock = StreamClock(lateness: lateness) }

  var partitions: Set<Int32> { Set(positions.keys) }

  /// Takes a partition in at its position; one that is new to the ledger is a change.
  mutating func add(_ position: PartitionPosition) {
    positions[position.partition] = position
    clock.add(position.partition, newest: position.newestAt)
  }

  /// Sets the end that reading until the end goes to.
  mutating func setGoal(_ end: Int64, of partition: Int32) { goals[partition] = end }

  /// True when every partition has been read to its goal.
  var hasReachedGoal: Bool {
    goals.allSatisfy { partition, end in positions[partition]?.nextOffset ?? 0 >= end }
  }

  /// Whether every partition has been read as far as its broker said that it goes.
  ///
  /// Unlike for stream time the broker need not have said "nothing more" since the last record:
  /// where foreign records come all the time it never does.
  var isAtEnd: Bool {
    !positions.isEmpty && positions.values.allSatisfy { $0.nextOffset >= $0.endOffset }
  }

  /// How many messages to ask for: about 2 MiB of what messages were of late.
  var batchLimit: Int { max(16, min(50_000, Int(TopicReading.batchBytes / averageBytes))) }

  mutating func note(
    _ partition: Int32, offset: Int64, bytes: Int, newest: EventTime?
  ) {
    averageBytes += (Double(bytes) - averageBytes) / 64
    averageBytes = max(averageBytes, 64)
    positions[partition]?.nextOffset = offset + 1
    clock.note(newest, on: partition)
    positions[partition]?.newestAt = clock.newest(of: partition)
    changed.insert(partition)
  }

  /// Notes that a partition has no more records at an offset, if it was read as far as that.
  mutating func noteEnd(of partition: Int32, at offset: Int64) {
    guard var position = positions[partition], position.nextOffset <= offset else { return }
    // Offsets between may hold no record (transaction marks, compaction): the end is reached.
    if position.nextOffset != offset || position.endOffset != offset {
      position.nextOffset = offset
      position.endOffset = offset
      positions[partition] = position
      changed.insert(partition)
    }
    clock.noteEnd(of: partition)
  }

  /// Takes over what is known of the partitions' ends.
  mutating func noteEnds(_ watermarks: (Int32) -> Watermarks?) {
    for (partition, position) in positions {
      let end = max(watermarks(partition)?.high ?? 0, position.nextOffset)
      if end > position.endOffset { positions[partition]?.endOffset = end }
    }
  }

  mutating func move(_ partition: Int32, to offset: Int64) {
    positions[partition]?.nextOffset = offset
    changed.insert(partition)
  }

  func position(of partition: Int32) -> PartitionPosition? { positions[partition] }

  /// The positions that changed since the last call.
  mutating func takeChangedPositions() -> [PartitionPosition] {
    defer { changed.removeAll(keepingCapacity: true) }
    return changed.sorted().compactMap { positions[$0] }
  }

  func committedOffsets() -> [Int32: Int64] { positions.mapValues(\.nextOffset) }
}
