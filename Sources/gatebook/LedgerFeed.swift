internal import Access
internal import Alerting
internal import Ledger

/// The ledger's feed as sinks read it: rows that no power loss can take back, and their cursors.
struct LedgerFeed: AlertFeed {
  private let reader: LedgerReader
  private let cursors: CursorWriter

  init(path: String) throws(LedgerError) {
    reader = try LedgerReader(path: path)
    cursors = try CursorWriter(path: path)
  }

  func head() throws -> Int64 { try reader.durableFeedHead() }

  func entries(after sequence: Int64, limit: Int) throws -> [FeedEntry] {
    var entries: [FeedEntry] = []
    try reader.forEachFeedEntry(after: sequence, through: try head()) { entry in
      entries.append(entry)
      return entries.count < limit
    }
    return entries
  }

  func cursor(of sink: String) throws -> Int64? { try reader.cursor(of: sink) }

  func save(cursor sequence: Int64, of sink: String) throws {
    try cursors.save(sequence, of: sink)
  }
}
