internal import Access
internal import JSONScan

// How values are found in the shapes.
extension ForeignReader {
  /// An object that may also be written as text: its source, as JSON.
  struct Structure {
    /// Where it is when it is written as an object.
    let node: JSONNode?
    let source: [UInt8]
    private let texts: [String: String]

    init(_ tree: borrowing JSONTree, _ root: JSONNode, isInPlace: Bool) {
      node = isInPlace ? root : nil
      source = tree.source(root)
      var texts: [String: String] = [:]
      tree.forEachMember(of: root) { key, value in
        guard let text = tree.string(value).map(Blank.trimmed), !text.isEmpty else { return }
        let key = key.lowercased()
        if texts[key] == nil { texts[key] = text }
      }
      self.texts = texts
    }

    /// The text of a member, by its name in lower case; nil when it is none or blank.
    func text(_ name: String) -> String? { texts[name] }
  }

  /// The first value of these that is there and not blank.
  func first(_ root: JSONNode, _ names: [StaticString]) -> JSONNode? {
    for name in names {
      if let value = tree.value(of: root, name) { return value }
    }
    return nil
  }

  /// A text, or that of `value` in an object that also has one for people.
  func word(_ node: JSONNode?) -> String? {
    guard let node else { return nil }
    if tree.kind(node) == .object {
      return tree.trimmedText(of: node, "value") ?? tree.trimmedText(of: node, "localizedValue")
        ?? tree.trimmedText(of: node, "localized_value")
    }
    return (tree.string(node) ?? tree.numberText(node)).map(Blank.trimmed)
  }

  /// The structure of a value, whether it is an object or text that holds one.
  mutating func structure(_ node: JSONNode?) -> Structure? {
    guard let node else { return nil }
    var isRepaired = false
    switch Nested.locate(node, in: tree, parsingInto: &inner, isRepaired: &isRepaired) {
    case .inPlace(let found) where tree.kind(found) == .object:
      // PowerShell puts claims and properties into an object of its own.
      if let content = tree.member(of: found, named: "Content"), tree.kind(content) == .object,
        tree.childCount(found) <= 3
      {
        return Structure(tree, content, isInPlace: true)
      }
      return Structure(tree, found, isInPlace: true)
    case .inText(let found) where inner.kind(found) == .object:
      return Structure(inner, found, isInPlace: false)
    case .absent, .unreadable, .inPlace, .inText: return nil
    }
  }

  /// The id of the resource as the record states it, or as it follows from the parts of a row.
  func resource<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ authorization: Structure?
  ) -> String? {
    if let stated = word(first(root, Keys.resource)) { return stated }
    if let resource = tree.trimmedText(of: root, "Resource"), resource.hasPrefix("/") {
      return resource
    }
    // The id of an event of the REST interface begins with that of its resource.
    if let id = tree.trimmedText(of: root, "id"), id.hasPrefix("/"),
      let end = id.firstRange(of: "/events/")
    {
      return String(id[..<end.lowerBound])
    }
    return ResourceParts(tree, root)?.id ?? authorization?.text("scope")
  }
}

/// The parts of a resource's id that the portal writes into columns of their own.
private struct ResourceParts {
  let id: String

  /// The id, or nil unless all parts of it are there and fit each other.
  init?(_ tree: borrowing JSONTree, _ root: JSONNode) {
    guard let subscription = tree.trimmedText(of: root, "SubscriptionId"), isGUID(subscription),
      let group = tree.trimmedText(of: root, "ResourceGroup"),
      let type = tree.trimmedText(of: root, "ResourceType"),
      let name = tree.trimmedText(of: root, "Resource")
    else { return nil }
    let types = type.split(separator: "/", omittingEmptySubsequences: false)
    let names = name.split(separator: "/", omittingEmptySubsequences: false)
    guard types.count > 1, names.count == types.count - 1, !(types + names).contains("") else {
      return nil
    }
    var id = "/subscriptions/\(subscription)/resourceGroups/\(group)/providers/\(types[0])"
    for (type, name) in zip(types.dropFirst(), names) { id += "/\(type)/\(name)" }
    self.id = id
  }
}

/// Whether a text is 32 hexadecimal digits with dashes at their places.
func isGUID(_ text: String) -> Bool {
  guard text.utf8.count == 36 else { return false }
  return text.utf8.enumerated().allSatisfy { index, byte in
    switch index {
    case 8, 13, 18, 23: byte == UInt8(ascii: "-")
    default: (0x30...0x39).contains(byte) || (0x61...0x66).contains(lowered(byte))
    }
  }
}
