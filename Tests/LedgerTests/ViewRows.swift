import Access
import Contract
import Foundation

/// Rows of the contract as the SQL views are to show them, and as they show them.
enum ViewRows {
  /// One row as texts by column, lists and objects in one form.
  typealias Row = [String: String?]

  /// What the views make of a row of the contract: keys in snake case, an actor in four columns,
  /// true and false as 1 and 0, lists and objects as JSON.
  static func row(_ contract: ContractRow) -> Row {
    var row: Row = [:]
    for field in contract.fields {
      if field.name == "actor" {
        for key in ["kind", "name", "objectId", "appId"] {
          var value: ContractValue = .null
          if case .object(let actor) = field.value { value = actor[key] ?? .null }
          row["actor_" + snake(key)] = .some(text(value))
        }
      } else {
        row[snake(field.name)] = .some(text(field.value))
      }
    }
    return row
  }

  /// The rows that a view shows.
  static func shown(_ view: String, in place: LedgerFolder) throws -> [Row] {
    let columns = try place.columns(of: view)
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    return try place.rows("SELECT \(names) FROM \(view)", columns: columns.count).map { values in
      Row(uniqueKeysWithValues: zip(columns, values.map { $0.map(normal) }))
    }
  }

  /// What is in one of two lists of rows and not in the other, in readable form.
  static func differences(_ shown: [Row], _ wanted: [Row]) -> [String] {
    let (shown, wanted) = (shown.map(description), wanted.map(description))
    var surplus = shown
    var missing: [String] = []
    for row in wanted {
      if let index = surplus.firstIndex(of: row) {
        surplus.remove(at: index)
      } else {
        missing.append("missing \(row)")
      }
    }
    return surplus.map { "surplus \($0)" } + missing
  }

  /// `requestedAt` as `requested_at`.
  static func snake(_ key: String) -> String {
    key.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }

  private static func description(_ row: Row) -> String {
    row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value ?? "NULL")" }.joined(separator: "|")
  }

  private static func text(_ value: ContractValue) -> String? {
    switch value {
    case .null: nil
    case .bool(let flag): flag ? "1" : "0"
    case .number(let number): String(number)
    case .text(let text): normal(text)
    case .instant(let instant): instant.description
    case .list, .object: normal(value.json)
    }
  }

  /// JSON lists and objects may differ in escapes and in the order of keys; other text may not.
  static func normal(_ text: String) -> String {
    // A NUL is the one character that the views do not show.
    let text = text.replacing("\\u0000", with: "\u{FFFD}").replacing("\0", with: "\u{FFFD}")
    guard text.first == "[" || text.first == "{",
      let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
      let data = try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
    else { return text }
    return String(decoding: data, as: UTF8.self)
  }
}
