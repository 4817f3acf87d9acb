internal import Access
internal import Contract

/// Rows of the feed as lines of the contract.
enum AlertRows {
  static func lines(_ entries: some Sequence<FeedEntry>) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      ContractRow.alert(entry).appendJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

/// What a line of alerts says about its place in the feed.
struct AlertMark: Hashable {
  let sequence: Int64
  let finding: String

  /// The mark of a line, nil for one that is no row of alerts.
  init?(line: [UInt8]) {
    guard let value = try? ContractValue(json: line), case .object(let row) = value,
      case .number(let sequence)? = row["seq"], case .text(let finding)? = row["id"]
    else { return nil }
    self.sequence = sequence
    self.finding = finding
  }

  /// True where the feed has this row.
  func isIn(_ feed: any AlertFeed) throws -> Bool {
    let entries = try feed.entries(after: sequence - 1, limit: 1)
    guard let entry = entries.first, entry.sequence == sequence else { return false }
    return "\(entry.finding.id)" == finding
  }
}
