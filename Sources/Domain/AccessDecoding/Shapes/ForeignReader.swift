internal import Access
internal import JSONScan

/// Reads records that are written in another shape than a hub's: those of the REST interface and of
/// the command line, rows of Log Analytics, rows of CSV files.
///
/// What is relevant is written again as a hub's record, so that one decoder reads all of them.
struct ForeignReader: ~Copyable {
  /// What a record is.
  enum Finding {
    /// A hub's record, or nothing that is known.
    case notForeign
    /// It says nothing about access; the instant is one that stream time may follow.
    case irrelevant(EventTime?)
    /// It is relevant; `hubRecord` is what a hub would have sent.
    case relevant(OperationCatalog.Operation)
    /// It names an operation that is relevant, and is broken.
    case broken(reason: String)
  }

  var tree = JSONTree()
  /// For values that hold JSON as text.
  var inner = JSONTree()
  /// The record found last, as a hub would have sent it.
  var hubRecord: [UInt8] = []
  /// Whether the record found last was read after a repair.
  private(set) var isRepaired = false

  /// Looks at a record that has no member `time`, from brace to brace.
  mutating func read(_ bytes: RawSpan, _ catalog: OperationCatalog) -> Finding {
    isRepaired = false
    if let error = tree.parseMending(bytes, isRepaired: &isRepaired) {
      let isRelevant = KeySearch.mayBeForeign(bytes) { catalog.operation(named: $0) != nil }
      return isRelevant ? .broken(reason: "it is not JSON: \(error)") : .notForeign
    }
    guard let root = tree.root, let shape = ForeignShape(tree, root) else { return .notForeign }
    switch shape {
    case .rest: return readRecord(root, RESTKeys.self, catalog)
    case .activityRow: return readRecord(root, RowKeys.self, catalog)
    case .sessionRow:
      writeSession(root)
      return .relevant(.session)
    case .otherRow: return .irrelevant(nil)
    }
  }

  private mutating func readRecord<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ catalog: OperationCatalog
  ) -> Finding {
    let found: OperationCatalog.Operation?
    let title = word(first(root, Keys.title))
    let name = word(first(root, Keys.operation)) ?? title
    if let name, name.utf8.contains(UInt8(ascii: "/")) {
      found = catalog.operation(named: name)
    } else {
      found = titledOperation(root, keys, title, catalog)
    }
    guard let found else { return .irrelevant(activityTime(root, keys)) }
    writeRecord(root, keys, found)
    return .relevant(found)
  }

  /// The operation as the authorization names it, else by its title.
  private mutating func titledOperation<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ title: String?, _ catalog: OperationCatalog
  ) -> OperationCatalog.Operation? {
    let authorization = structure(first(root, Keys.authorization))
    let resource = resource(root, keys, authorization) ?? word(first(root, Keys.resourceType))
    let titled = title.flatMap { OperationTitles.operation(titled: $0, resource: resource) }
    if let action = authorization?.text("action"), !isCascade(action) || titled == nil {
      return catalog.operation(named: action)
    }
    return titled.flatMap { catalog.operation(named: $0) }
  }

  private func activityTime<Keys: ForeignKeys>(_ root: JSONNode, _ keys: Keys.Type) -> EventTime? {
    let category = category(root, keys)
    let isActivity = unsafe ActivityCategory.isKnown(Array(category.utf8).span.bytes)
    guard isActivity, let time = first(root, Keys.time) else { return nil }
    return tree.time(time)
  }

  /// The category without blanks; records that have none are of the first kind that there was.
  func category<Keys: ForeignKeys>(_ root: JSONNode, _ keys: Keys.Type) -> String {
    let stated = word(first(root, Keys.category))?.filter { !$0.isWhitespace }
    return stated ?? "Administrative"
  }

  /// Whether an action is one that takes everything in a group with it: the record is of a part.
  private func isCascade(_ action: String) -> Bool {
    action.lowercased() == "microsoft.resources/subscriptions/resourcegroups/delete"
  }
}

extension OperationCatalog {
  /// The operation of this name, or nil when it is not evidence.
  func operation(named name: String) -> Operation? {
    unsafe operation(named: Array(name.utf8).span.bytes)
  }
}
