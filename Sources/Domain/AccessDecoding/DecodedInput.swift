public import Access

/// What one message held: the evidence, what had to be rejected, and the counts of both.
///
/// `counts.evidence`, `counts.duplicates` and `counts.rejectedBodies` stay 0: only who keeps the
/// evidence knows what is new.
public struct DecodedInput: Sendable {
  /// The records that are evidence, in the order of the message.
  public var records: [DecodedRecord] = []
  /// The messages and records that cannot be used; bodies are with their records.
  public var rejects: [RejectedInput] = []
  /// What became of the records.
  public var counts = RecordCounts()
  /// The newest readable activity-log record that stream time may follow, evidence or not.
  public var newestOccurredAt: EventTime?
  /// How many readable activity-log records there were.
  public var activityRecords = 0
  /// Records later than this do not count for `newestOccurredAt`: the time of receipt + 5 min.
  public var newestAllowed = EventTime.distantFuture

  /// Nothing decoded yet.
  public init() {}

  /// Forgets what was decoded, and keeps the memory and `newestAllowed`.
  public mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    rejects.removeAll(keepingCapacity: true)
    counts = RecordCounts()
    newestOccurredAt = nil
    activityRecords = 0
  }

  /// True when every record that was read is irrelevant, rejected or evidence.
  public var reconciles: Bool {
    counts.recordsRead == counts.irrelevant + counts.rejected + records.count
  }

  mutating func noteActivity(at time: EventTime) {
    activityRecords += 1
    guard time <= newestAllowed else { return }
    if let newest = newestOccurredAt, newest >= time { return }
    newestOccurredAt = time
  }

  mutating func rejectMessage(_ bytes: [UInt8], at offset: Int, because reason: String) {
    counts.messagesRejected += 1
    rejects.append(
      RejectedInput(kind: .message, reason: reason, offset: offset, bytes: bytes))
  }

  mutating func rejectRecord(_ bytes: [UInt8], at offset: Int, because reason: String) {
    counts.rejected += 1
    rejects.append(RejectedInput(kind: .record, reason: reason, offset: offset, bytes: bytes))
  }
}

/// One record that is evidence.
public struct DecodedRecord: Hashable, Sendable {
  /// What the record says; at least one piece.
  public var evidence: [Evidence]
  /// The bytes of the record, from brace to brace.
  public var raw: [UInt8]
  /// Where the record begins in the message; in one that was repaired, in the repaired text.
  public var offset: Int
  /// The bodies that cannot be read; to be counted and kept only when the evidence is new.
  public var bodyRejects: [RejectedInput]

  /// How many pieces of the evidence are without a body that the record has.
  public var rejectedBodies: Int { bodyRejects.count }

  /// A record that is evidence.
  public init(
    evidence: [Evidence], raw: [UInt8], offset: Int, bodyRejects: [RejectedInput] = []
  ) {
    self.evidence = evidence
    self.raw = raw
    self.offset = offset
    self.bodyRejects = bodyRejects
  }
}
