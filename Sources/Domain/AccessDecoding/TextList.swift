internal import JSONScan

/// Reads lists that records write as one text, as a text with commas or as an array.
enum TextList {
  /// Adds the texts of a value; null and blanks add nothing.
  static func add(
    _ tree: borrowing JSONTree, _ node: JSONNode?, _ what: String, numbers: Bool = false,
    to texts: inout [String]
  ) throws(Unreadable) {
    guard let node, tree.kind(node) != .null else { return }
    if let text = tree.string(node) ?? (numbers ? tree.numberText(node) : nil) {
      for part in text.split(separator: ",") {
        let trimmed = Blank.trimmed(String(part))
        if !trimmed.isEmpty { texts.append(trimmed) }
      }
      return
    }
    guard tree.kind(node) == .array else { throw Unreadable(reason: "\(what) is no text") }
    var next = tree.firstChild(node)
    while let element = next {
      guard tree.kind(element) != .array else { throw Unreadable(reason: "\(what) is no text") }
      try add(tree, element, what, numbers: numbers, to: &texts)
      next = tree.next(element)
    }
  }

  /// Adds the ids of a list of references: objects with an id.
  static func addIDs(
    _ tree: borrowing JSONTree, _ node: JSONNode?, _ what: String, to texts: inout [String]
  ) throws(Unreadable) {
    guard let node, tree.kind(node) != .null else { return }
    guard tree.kind(node) == .array else { throw Unreadable(reason: "\(what) is no list") }
    var next = tree.firstChild(node)
    while let element = next {
      guard let id = tree.trimmedText(of: element, "id") else {
        throw Unreadable(reason: "\(what) has no id")
      }
      texts.append(id)
      next = tree.next(element)
    }
  }
}

/// Reads the number of a port.
enum PortNumber {
  /// A number from 0 to 65535, also as digits in a text.
  static func read(_ tree: borrowing JSONTree, _ node: JSONNode) -> Int? {
    var number = tree.integer(node)
    if let text = tree.string(node).map(Blank.trimmed), text.utf8.count <= 10,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      number = Int64(text)
    }
    guard let number, (0...65_535).contains(number) else { return nil }
    return Int(number)
  }
}
