public import Access

/// What one step takes in: decoded records, rejected input, counts and positions.
public struct LedgerBatch: Sendable {
  /// One relevant record.
  public struct Item: Sendable {
    /// What it says; never empty.
    public var pieces: [Evidence]
    /// The record's own bytes.
    public var raw: [UInt8]
    /// Where it was read.
    public var position: String
    /// Its bodies that could not be read.
    public var rejectedBodies: [RejectedInput]
    /// False for a record that was counted when it was first read, and is read again for its body.
    public var isCounted = true

    /// A relevant record.
    public init(
      pieces: [Evidence], raw: [UInt8], position: String, rejectedBodies: [RejectedInput]
    ) {
      self.pieces = pieces
      self.raw = raw
      self.position = position
      self.rejectedBodies = rejectedBodies
    }
  }

  /// One rejected record, message or rest of a message.
  public struct Reject: Sendable {
    /// What was rejected.
    public var input: RejectedInput
    /// Where it was read.
    public var position: String

    /// Rejected input at a place.
    public init(input: RejectedInput, position: String) {
      self.input = input
      self.position = position
    }
  }

  /// The source, `kafka:TOPIC` or `import`.
  public var source: String
  /// When it was read, by our clock.
  public var receivedAt: EventTime
  /// The relevant records.
  public var items: [Item] = []
  /// What was rejected, other than bodies.
  public var rejects: [Reject] = []
  /// The counts that do not depend on what the ledger knows; evidence, duplicates and rejected
  /// bodies are added by it.
  public var counts = RecordCounts()
  /// Where reading of partitions goes on.
  public var partitions: [PartitionPosition] = []
  /// Where reading of files ended.
  public var files: [FilePosition] = []
  /// Spans that turned out to be without evidence.
  public var gaps: [EvidenceGap] = []
  /// What becomes of gaps that are going on.
  public var gapChanges: [GapChange] = []
  /// That it has readable records of the activity log; nil where it has none, and of imports.
  public var activity: FeedActivity?
  /// The ids of rejects that this batch was read from, at last.
  public var retried: [String] = []

  /// An empty batch of a source.
  public init(source: String, receivedAt: EventTime) {
    self.source = source
    self.receivedAt = receivedAt
  }

  /// True when nothing was read.
  public var isEmpty: Bool {
    items.isEmpty && rejects.isEmpty && counts == RecordCounts() && partitions.isEmpty
      && files.isEmpty && gaps.isEmpty && retried.isEmpty
      && gapChanges.isEmpty && activity == nil
  }
}
