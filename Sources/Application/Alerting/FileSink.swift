public import Access

/// Rows of alerts as NDJSON at the end of a file, each of them once.
///
/// The file itself says how far it has come: after a crash delivery goes on after its last whole
/// row. Rows are on the disk before they count as delivered. A file that was moved away is noticed
/// and a new one begun, also without being told.
public final class FileSink: AlertSink {
  private let path: String
  private var file: AppendedFile?
  /// The sequence up to which this sink has written; a row that is handed to it again is not.
  private var written: Int64 = 0

  /// So many rows are looked up before a file counts as having nothing of the feed.
  private static let lookupLimit = 10_000

  /// A sink for a file, which is made, for its owner only, when it is first needed.
  public init(path: String) { self.path = path }

  /// Cuts a torn last line and finds the last row that file and feed both have.
  public func resumption(in feed: any AlertFeed) throws -> Resumption {
    let file = try opened()
    var resumption = Resumption()
    resumption.cutBytes = file.cutBytes
    let head = try feed.head()
    var lines = try file.linesFromEnd()
    var lookups = 0
    while let line = try lines.next(), lookups < FileSink.lookupLimit {
      let mark = AlertMark(line: line)
      // A row beyond the head cannot be in the feed; of those there may be many.
      if let mark, mark.sequence <= head {
        lookups += 1
        if try mark.isIn(feed) {
          resumption.after = mark.sequence
          break
        }
      }
      resumption.foreignRows += 1
    }
    written = resumption.after ?? 0
    return resumption
  }

  /// Appends the rows that it has not yet, and waits until they are on the disk.
  public func deliver(_ entries: [FeedEntry]) throws {
    let news = entries.filter { $0.sequence > written }
    guard let last = news.last else { return }
    let file = try opened()
    try file.append(AlertRows.lines(news))
    written = last.sequence
  }

  /// Closes the file; the next row opens what is at its path then.
  public func reopen() { file = nil }

  private func opened() throws -> AppendedFile {
    if let file, file.isAtItsPath { return file }
    let opened = try AppendedFile(path: path)
    file = opened
    return opened
  }
}
