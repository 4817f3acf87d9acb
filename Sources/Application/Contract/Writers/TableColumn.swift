/// One column of a table: its title, what it shows, and whether it may be made narrower.
struct TableColumn: Sendable {
  enum Alignment { case left, right }

  let title: String
  let alignment: Alignment
  /// How narrow it may become; nil for words that say nothing once they are cut.
  let minimum: Int?
  /// True for what is left out where there is no room.
  let isOptional: Bool
  /// True for words that have a colour.
  let isPainted: Bool
  /// True for sentences, which go on in further lines instead of being cut; the last column only.
  let isWrapped: Bool
  let cell: @Sendable (ContractRow) -> String

  init(
    _ title: String, _ alignment: Alignment = .left, minimum: Int? = nil,
    optional: Bool = false, painted: Bool = false, wrapped: Bool = false,
    cell: @escaping @Sendable (ContractRow) -> String
  ) {
    self.title = title
    self.alignment = alignment
    self.minimum = minimum
    isOptional = optional
    isPainted = painted
    isWrapped = wrapped
    self.cell = cell
  }

  /// A column that shows one key.
  static func key(
    _ title: String, _ name: String, _ alignment: Alignment = .left, minimum: Int? = nil,
    optional: Bool = false, painted: Bool = false
  ) -> TableColumn {
    TableColumn(
      title, alignment, minimum: minimum, optional: optional, painted: painted
    ) { $0.value(name).shown }
  }

  /// The first of several keys that a row has and that has a value.
  static func first(
    _ title: String, _ names: [String], _ alignment: Alignment = .left, minimum: Int? = nil,
    painted: Bool = false
  ) -> TableColumn {
    TableColumn(title, alignment, minimum: minimum, painted: painted) { row in
      (names.lazy.compactMap { row[$0] }.first { $0 != .null } ?? .null).shown
    }
  }

  /// One key, or several one after the other, as sentences; what is absent is left out.
  static func sentences(_ title: String, minimum: Int, _ names: String...) -> TableColumn {
    TableColumn(title, minimum: minimum, wrapped: true) { row in
      let texts = names.map(row.value).filter { $0 != .null }.map(\.shown)
      // What a library says may end without a full stop.
      let sentences = texts.dropLast().map { ".!?".contains($0.last ?? ".") ? $0 : $0 + "." }
      return texts.isEmpty ? "-" : (sentences + texts.suffix(1)).joined(separator: " ")
    }
  }

  /// The name of an actor, else one of its ids.
  static func actor(optional: Bool = false, or other: String = "actor") -> TableColumn {
    TableColumn("ACTOR", minimum: 8, optional: optional) { row in
      let actor = row["actor"] ?? row.value(other)
      for name in ["name", "objectId", "appId"] where actor.field(name) != .null {
        return actor.field(name).shown
      }
      return "-"
    }
  }

  /// The last segment of an id.
  static func name(_ title: String, _ key: String) -> TableColumn {
    TableColumn(title, minimum: 8) { row in lastSegment(row.value(key)) }
  }

  /// The last segments of a list of ids.
  static func names(
    _ title: String, _ key: String, optional: Bool = false
  ) -> TableColumn {
    TableColumn(title, minimum: 8, optional: optional) { row in
      let names = row.value(key).values.map(lastSegment)
      return names.isEmpty ? "-" : names.joined(separator: ", ")
    }
  }

  /// The first digits of a long id: enough to tell rows of one table apart.
  static func shortID() -> TableColumn {
    TableColumn("ID") { String($0.value("id").shown.prefix(12)) }
  }

  /// What the grants of a request say about something, each answer once.
  static func ofGrants(
    _ title: String, minimum: Int? = 8, optional: Bool = false,
    _ values: @escaping @Sendable (ContractValue) -> [String]
  ) -> TableColumn {
    TableColumn(title, minimum: minimum, optional: optional) { row in
      var seen: [String] = []
      for grant in row.value("grants").values {
        for text in values(grant) where !seen.contains(text) { seen.append(text) }
      }
      return seen.isEmpty ? "-" : seen.joined(separator: ", ")
    }
  }

  static func lastSegment(_ value: ContractValue) -> String {
    guard case .text(let id) = value, let segment = id.split(separator: "/").last else {
      return value.shown
    }
    return TerminalText.neutralised(String(segment))
  }
}
