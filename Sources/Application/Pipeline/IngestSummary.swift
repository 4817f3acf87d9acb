public import Access

/// What a run or an import has done, as its last lines on stderr say.
public struct IngestSummary: Sendable {
  /// What became of the records.
  public var counts = RecordCounts()
  /// Bytes of messages.
  public var bytes: Int64 = 0
  /// Messages or files' pieces.
  public var messages: Int64 = 0
  /// Seconds on the clock.
  public var seconds: Double = 0
  /// Files that were known and not read again.
  public var filesUnchanged = 0
  /// Files that were read.
  public var filesRead = 0
  /// Files that could not be read, each with a sentence.
  public var problems: [String] = []

  /// Nothing done yet.
  public init() {}
}
