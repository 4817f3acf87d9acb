internal import Access

extension ContractValue {
  /// What a table shows: safe for a terminal, on one line, a hyphen for nothing.
  var shown: String {
    switch self {
    case .null: "-"
    case .bool(let flag): flag ? "yes" : "no"
    case .number(let number): String(number)
    case .text(let text): text.isEmpty ? "-" : TerminalText.neutralised(text)
    case .instant(let instant): instant.shown
    case .list(let values):
      values.isEmpty ? "-" : values.map(\.shown).joined(separator: ", ")
    case .object(let row):
      row.fields.isEmpty
        ? "-"
        : row.fields.map { "\(TerminalText.neutralised($0.name)) \($0.value.shown)" }
          .joined(separator: ", ")
    }
  }

  /// The field of an object, or null.
  func field(_ name: String) -> ContractValue {
    guard case .object(let row) = self else { return .null }
    return row[name] ?? .null
  }

  /// The values of a list, or none.
  var values: [ContractValue] {
    guard case .list(let values) = self else { return [] }
    return values
  }
}

extension ContractRow {
  /// The value of a key, or null.
  func value(_ name: String) -> ContractValue { self[name] ?? .null }
}

extension EventTime {
  /// The instant as people read it, to the second: `2026-08-12 22:41:07Z`.
  var shown: String {
    let text = description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))Z"
  }
}
