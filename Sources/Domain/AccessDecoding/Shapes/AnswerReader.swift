internal import Access
internal import JSONScan

/// Reads messages that hold records under other keys than a hub's: pages of the REST interface, and
/// answers of Log Analytics, which have the names of the columns apart from the rows.
struct AnswerReader: ~Copyable {
  private var tree = JSONTree()
  private var table: JSONNode?
  private var row: JSONNode?
  private var columns = TableColumns([])
  /// The row found last as an object.
  private(set) var object: [UInt8] = []

  /// Reads a message; false when it is no JSON object.
  mutating func parse(_ message: RawSpan) -> Bool {
    (table, row) = (nil, nil)
    guard tree.parse(message) == nil, let root = tree.root else { return false }
    return tree.kind(root) == .object
  }

  /// The list of a page of the REST interface, and where it stands.
  var list: (bytes: [UInt8], offset: Int)? {
    guard let root = tree.root, let value = tree.member(of: root, named: "value"),
      tree.kind(value) == .array
    else { return nil }
    return (tree.source(value), tree.offset(value))
  }

  /// Goes to the tables of an answer of Log Analytics; false when the message is none.
  mutating func beginTables() -> Bool {
    guard let root = tree.root, let tables = tree.member(of: root, named: "tables"),
      tree.kind(tables) == .array
    else { return false }
    var isAnswer = true
    tree.forEachChild(of: tables) { isAnswer = isAnswer && names(of: $0) != nil }
    guard isAnswer else { return false }
    begin(tree.firstChild(tables))
    return true
  }

  private mutating func begin(_ next: JSONNode?) {
    table = next
    guard let next else { return }
    columns = TableColumns(names(of: next) ?? [])
    row = rows(of: next).flatMap { tree.firstChild($0) }
  }

  private func rows(of table: JSONNode) -> JSONNode? {
    guard let rows = tree.member(of: table, named: "rows"), tree.kind(rows) == .array else {
      return nil
    }
    return rows
  }

  /// The names of a table's columns; nil when it is no table.
  private func names(of table: JSONNode) -> [String]? {
    guard tree.kind(table) == .object, rows(of: table) != nil,
      let columns = tree.member(of: table, named: "columns"), tree.kind(columns) == .array
    else { return nil }
    var names: [String] = []
    tree.forEachChild(of: columns) { column in
      names.append(
        tree.text(of: column, "name") ?? tree.text(of: column, "ColumnName") ?? "")
    }
    return names
  }

  /// Finds the next row; nil behind the last one.
  mutating func nextRow(_ catalog: OperationCatalog) -> (node: JSONNode, content: TableRow)? {
    while let table {
      if let found = row {
        row = tree.next(found)
        return (found, read(found, catalog))
      }
      begin(tree.next(table))
    }
    return nil
  }

  /// The source of a row, and where it stands.
  func source(_ node: JSONNode) -> [UInt8] { tree.source(node) }

  func offset(_ node: JSONNode) -> Int { tree.offset(node) }

  private mutating func read(_ row: JSONNode, _ catalog: OperationCatalog) -> TableRow {
    guard tree.kind(row) == .array else { return .broken(reason: "it is no list of values") }
    var values: [JSONNode] = []
    tree.forEachChild(of: row) { values.append($0) }
    guard values.count == columns.names.count else {
      return .broken(reason: "it has \(values.count) values under \(columns.names.count) names")
    }
    guard columns.isKnown else { return .irrelevant(nil) }
    if let place = columns.operation, !tree.isNothing(values[place]) {
      let isRelevant = tree.withStringBytes(values[place]) {
        catalog.operation(named: $0) != nil
      }
      if isRelevant != true { return .irrelevant(activityTime(values)) }
    } else if !columns.hasOtherOperations {
      return .irrelevant(activityTime(values))
    }
    if let reason = columns.timeTrouble { return .broken(reason: reason) }
    write(values)
    return .object
  }

  private func activityTime(_ values: [JSONNode]) -> EventTime? {
    guard let time = columns.time, columns.foreignZone == nil else { return nil }
    if let place = columns.category, !tree.isNothing(values[place]) {
      let isActivity = tree.withStringBytes(values[place]) { ActivityCategory.isKnown($0) }
      guard isActivity == true else { return nil }
    }
    return tree.time(values[time])
  }

  private mutating func write(_ values: [JSONNode]) {
    object.removeAll(keepingCapacity: true)
    object.append(UInt8(ascii: "{"))
    for (name, value) in zip(columns.names, values) where !tree.isNothing(value) {
      JSONText.append(key: name, to: &object)
      object.append(contentsOf: tree.source(value))
    }
    object.append(UInt8(ascii: "}"))
  }
}
