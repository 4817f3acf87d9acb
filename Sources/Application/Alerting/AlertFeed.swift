public import Access

/// What sinks need of the ledger: the rows of the feed, and how far each sink has come.
///
/// Every sink opens one of its own on its own thread and keeps it there, so it need not be safe
/// between threads.
public protocol AlertFeed {
  /// The sequence of the newest row that a power loss cannot take back; 0 in an empty feed.
  func head() throws -> Int64

  /// The rows after a sequence, in order, at most so many, none beyond the head.
  ///
  /// An empty answer means that there is nothing more to tell now.
  func entries(after sequence: Int64, limit: Int) throws -> [FeedEntry]

  /// The sequence up to which a sink has been served, nil for one that is new.
  func cursor(of sink: String) throws -> Int64?

  /// Notes that a sink has been served up to a sequence.
  func save(cursor sequence: Int64, of sink: String) throws
}
