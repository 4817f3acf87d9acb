/// Input that could not be used, kept with its reason.
public struct RejectedInput: Hashable, Sendable {
  /// How much of the input is concerned.
  public enum Kind: String, Sendable {
    /// A message, or the damaged rest of one.
    case message
    /// One record of a readable message.
    case record
    /// The body inside a record that is evidence otherwise.
    case body
  }

  /// How much of the input is concerned.
  public var kind: Kind
  /// One plain sentence.
  public var reason: String
  /// Where in the message the rejected bytes begin.
  public var offset: Int
  /// The bytes themselves.
  public var bytes: [UInt8]
  /// The first row of the table that it is a row of, without which a row cannot be read; it is no
  /// part of what was rejected.
  public var header: [UInt8]?

  /// Rejected bytes with the reason.
  public init(
    kind: Kind, reason: String, offset: Int, bytes: [UInt8], header: [UInt8]? = nil
  ) {
    self.kind = kind
    self.reason = reason
    self.offset = offset
    self.bytes = bytes
    self.header = header
  }
}

/// What became of the records that were read, per source: they always add up.
public struct RecordCounts: Hashable, Sendable {
  /// Records of readable messages.
  public var recordsRead = 0
  /// Records that say nothing about access.
  public var irrelevant = 0
  /// Records that are new evidence.
  public var evidence = 0
  /// Records whose evidence was known.
  public var duplicates = 0
  /// Records that say something but cannot be used.
  public var rejected = 0
  /// Messages, or damaged rests of messages, that cannot be read.
  public var messagesRejected = 0
  /// Bodies that cannot be read, of records that are evidence otherwise.
  public var rejectedBodies = 0
  /// Messages that were read after an unambiguous repair.
  public var repaired = 0

  /// Nothing read yet.
  public init() {}

  /// Adds the counts of another batch.
  public static func += (left: inout RecordCounts, right: RecordCounts) {
    left.recordsRead += right.recordsRead
    left.irrelevant += right.irrelevant
    left.evidence += right.evidence
    left.duplicates += right.duplicates
    left.rejected += right.rejected
    left.messagesRejected += right.messagesRejected
    left.rejectedBodies += right.rejectedBodies
    left.repaired += right.repaired
  }

  /// True when what was read equals what became of it.
  public var reconciles: Bool { recordsRead == irrelevant + evidence + duplicates + rejected }
}

/// Where a message came from.
public struct SourcePosition: Hashable, Sendable {
  /// The source: `kafka:TOPIC` or `import`.
  public var source: String
  /// Partition and offset, or file and byte offset, as text.
  public var position: String

  /// A place in a source.
  public init(source: String, position: String) {
    self.source = source
    self.position = position
  }
}

/// A span without evidence, and why.
public struct EvidenceGap: Hashable, Sendable {
  /// From when on nothing is known.
  public var from: EventTime
  /// Until when nothing is known.
  public var to: EventTime
  /// The source that has the gap.
  public var source: String
  /// One plain sentence.
  public var reason: String

  /// A span without evidence.
  public init(from: EventTime, to: EventTime, source: String, reason: String) {
    self.from = from
    self.to = to
    self.source = source
    self.reason = reason
  }
}
