internal import JSONScan

/// Where the structure of a value is that may be JSON itself or a text that holds JSON.
enum Nested {
  /// Nowhere: the value is absent, null or blank.
  case absent
  /// In the tree of the value.
  case inPlace(JSONNode)
  /// In the inner tree, parsed from the value's text.
  case inText(JSONNode)
  /// The text is no JSON.
  case unreadable(JSONScanError)

  /// Finds the structure of a value; a text is parsed into the inner tree, repaired where needed.
  static func locate(
    _ node: JSONNode?, in outer: borrowing JSONTree, parsingInto inner: inout JSONTree,
    isRepaired: inout Bool
  ) -> Nested {
    guard let node, outer.kind(node) != .null else { return .absent }
    guard outer.kind(node) == .string else { return .inPlace(node) }
    let error = outer.withStringBytes(node) { text -> JSONScanError? in
      inner.parseMending(text, isRepaired: &isRepaired)
    }
    if let error = error ?? nil { return error.code == .empty ? .absent : .unreadable(error) }
    guard let root = inner.root, inner.kind(root) != .null else { return .absent }
    return .inText(root)
  }
}

extension JSONTree {
  /// Parses a text, and when that fails its repair; the error is that of the text as it was.
  mutating func parseMending(_ text: RawSpan, isRepaired: inout Bool) -> JSONScanError? {
    guard let error = parse(text) else { return nil }
    guard let mended = JSONRepair.repair(text) else { return error }
    guard unsafe parse(mended.bytes.span.bytes) == nil else { return error }
    isRepaired = true
    return nil
  }
}
