/// What a scan of one message found.
public struct ScanOutcome: Hashable, Sendable {
  /// The outermost form of a message.
  public enum Shape: Hashable, Sendable {
    /// An object whose array key holds the records.
    case keyed
    /// An array of records or of messages.
    case array
    /// One record by itself.
    case single
  }

  /// How far a message could be read.
  public enum Verdict: Hashable, Sendable {
    /// As far as its end.
    case complete
    /// As far as the error's offset: the records before it are whole and good.
    case damaged(JSONScanError)
    /// Not at all, or it holds nothing that could be a record.
    case unreadable(JSONScanError)
  }

  /// The outermost form; nil when there is none.
  public let shape: Shape?
  /// How far the message could be read.
  public let verdict: Verdict
  /// The number of records, that is of objects with members; each has a slot.
  public let records: Int
  /// The number of `{}` among the elements.
  public let emptyObjects: Int
  /// The number of elements that are no objects, such as `null` and `42`.
  public let nonObjects: Int
  /// The number of records whose own members are visibly malformed; their slots say so too.
  ///
  /// Their braces and strings close, so they are whole. A repair of the message may mend them.
  public let irregularRecords: Int

  /// Whether the message could be read as far as its end.
  public var isComplete: Bool { verdict == .complete }
}
