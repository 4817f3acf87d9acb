extension JSONTree {
  /// The value of the member with this key; nil when there is none, or `node` is no object.
  ///
  /// The first member with exactly this key, else the first one whose key differs only in the case
  /// of ASCII letters.
  @inlinable
  public func member(of node: JSONNode, named name: StaticString) -> JSONNode? {
    guard name.hasPointerRepresentation else { return nil }
    let text = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return member(of: node, spelled: text)
  }

  /// As `member(of:named:)` for a key that is known only when the program runs.
  public func member(of node: JSONNode, spelled name: String) -> JSONNode? {
    var name = name
    return name.withUTF8 { member(of: node, spelled: UnsafeRawBufferPointer($0)) }
  }

  /// Calls `body` with the key and the value of each member in the order of the text.
  public func forEachMember<E: Error>(
    of node: JSONNode, _ body: (String, JSONNode) throws(E) -> Void
  ) throws(E) {
    guard kind(node) == .object else { return }
    var child = firstChild(node)
    while let value = child {
      try body(String(decoding: text(keyNode(value)), as: UTF8.self), value)
      child = next(value)
    }
  }

  /// Calls `body` with each element of an array, or with each member value of an object.
  @inlinable
  public func forEachChild<E: Error>(
    of node: JSONNode, _ body: (JSONNode) throws(E) -> Void
  ) throws(E) {
    var child = firstChild(node)
    while let value = child {
      try body(value)
      child = next(value)
    }
  }

  /// The unescaped key of a member, given its value; `member` must be a member of an object.
  public func key(ofMember member: JSONNode) -> String {
    String(decoding: text(keyNode(member)), as: UTF8.self)
  }

  /// Lends the unescaped bytes of a member's key; `member` must be a member of an object.
  @inlinable
  public func withKeyBytes<R, E: Error>(
    ofMember member: JSONNode, _ body: (RawSpan) throws(E) -> R
  ) throws(E) -> R {
    try body(RawSpan(_unsafeBytes: text(keyNode(member))))
  }

  @inlinable
  func keyNode(_ member: JSONNode) -> JSONNode {
    precondition(member.index >= 2, "The root and its neighbour are no members.")
    return JSONNode(index: Int(member.index) - 1)
  }

  @usableFromInline
  func member(of node: JSONNode, spelled name: UnsafeRawBufferPointer) -> JSONNode? {
    guard kind(node) == .object else { return nil }
    var similar: JSONNode?
    var child = firstChild(node)
    while let value = child {
      let key = text(JSONNode(index: Int(value.index) - 1))
      if key.count == name.count {
        if isSame(key, name) { return value }
        if similar == nil && isSameIgnoringCase(key, name) { similar = value }
      }
      child = next(value)
    }
    return similar
  }
}

/// Whether two texts of one length are the same; the last byte first, because keys share beginnings.
private func isSame(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  var index = left.count &- 1
  while index >= 0 {
    guard left[index] == right[index] else { return false }
    index &-= 1
  }
  return true
}

private func isSameIgnoringCase(
  _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
) -> Bool {
  for index in 0..<left.count where lowered(left[index]) != lowered(right[index]) {
    return false
  }
  return true
}
