import Foundation
import SQLite

/// How far a ledger has come, while somebody writes it; all 0 while there is none to be read.
struct LedgerCounts {
  private(set) var records = 0
  private(set) var messages = 0

  init(_ path: String) {
    guard FileManager.default.fileExists(atPath: path),
      let connection = try? Connection(path: path, mode: .readOnly)
    else { return }
    records = Self.number("SELECT coalesce(sum(records_read), 0) FROM source", connection)
    messages = Self.number(
      "SELECT coalesce(sum(next_offset), 0) FROM partition_position", connection)
  }

  private static func number(_ sql: String, _ connection: borrowing Connection) -> Int {
    guard let statement = try? connection.prepare(sql) else { return 0 }
    return (try? statement.firstRow { $0.int(0) }) ?? 0
  }
}
