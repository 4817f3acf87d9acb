internal import Access

/// Whether a broker has been away for longer than its topic is sure to keep records.
///
/// A pure value.
struct SourceOutage: Hashable {
  let retention: TimeSpan
  /// When the broker was last heard of.
  private(set) var heardAt: EventTime
  /// Whether it did not answer when it was last asked.
  private(set) var isUnreachable = false

  init(retention: TimeSpan, heardAt: EventTime) {
    self.retention = retention
    self.heardAt = heardAt
  }

  /// The broker answered, or records came.
  mutating func noteHeard(at now: EventTime) {
    heardAt = now
    isUnreachable = false
  }

  /// The broker did not answer.
  mutating func noteUnreachable() { isUnreachable = true }

  /// Whether records may be gone by now that nobody has read.
  func mayHaveLost(by now: EventTime) -> Bool { isUnreachable && now - heardAt >= retention }
}
