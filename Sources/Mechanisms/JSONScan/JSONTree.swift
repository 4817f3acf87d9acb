internal import CSimdJSON

/// One parsed JSON text as a flat list of nodes that is reused by the next parse.
///
/// The whole grammar is checked; duplicate keys are allowed, numbers stay text. After some use no
/// parse allocates. One tree belongs to one thread at a time.
///
/// Exclusively owned, because it cannot be copied: only borrowing reads can happen at the same time.
public struct JSONTree: ~Copyable, @unchecked Sendable {
  private let handle: OpaquePointer
  @usableFromInline var bytes: UnsafeRawPointer?
  @usableFromInline var nodes: UnsafePointer<UInt32>?

  /// Makes an empty tree.
  ///
  /// Memory that a text larger than `retainedLimit` bytes needed is given back when the next
  /// smaller text is parsed.
  public init(retainedLimit: Int = 1 << 20) {
    guard let handle = gb_json_tree_new(retainedLimit) else {
      preconditionFailure("There is no memory for a tree.")
    }
    self.handle = handle
  }

  deinit {
    gb_json_tree_free(handle)
  }

  /// Parses one text, which may be any value; nil means that it is well formed.
  ///
  /// Nodes of the parse before mean nothing any more. After an error the tree is empty.
  public mutating func parse(_ text: RawSpan) -> JSONScanError? {
    var result = gb_json_tree_result()
    text.withUnsafeBytes { source in
      let start = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
      gb_json_tree_parse(handle, start, source.count, &result)
    }
    bytes = result.bytes.map { UnsafeRawPointer($0) }
    nodes = result.nodes
    guard result.code != 0 else { return nil }
    return JSONScanError(
      code: JSONScanError.Code(number: result.code),
      offset: result.has_offset ? Int(result.offset) : nil)
  }

  /// The outermost value; nil before the first parse and after an error.
  @inlinable
  public var root: JSONNode? { nodes == nil ? nil : JSONNode(index: 0) }

  /// What kind of value a node is.
  @inlinable
  public func kind(_ node: JSONNode) -> JSONNode.Kind {
    JSONNode.Kind(rawValue: field(.kind, of: node)).unsafelyUnwrapped
  }

  /// The number of elements or members; 0 for anything but arrays and objects.
  @inlinable
  public func childCount(_ node: JSONNode) -> Int {
    isContainer(node) ? Int(field(.textLength, of: node)) : 0
  }

  /// The first element, or the value of the first member.
  @inlinable
  public func firstChild(_ node: JSONNode) -> JSONNode? {
    guard childCount(node) > 0 else { return nil }
    // In an object the key stands between the object and the value.
    return JSONNode(index: Int(node.index) + (kind(node) == .object ? 2 : 1))
  }

  /// The element or member value that follows `node` in its array or object.
  @inlinable
  public func next(_ node: JSONNode) -> JSONNode? {
    let next = field(.next, of: node)
    return next == 0 ? nil : JSONNode(index: Int(next))
  }

  @inlinable
  func isContainer(_ node: JSONNode) -> Bool {
    field(.kind, of: node) <= JSONNode.Kind.array.rawValue
  }

  /// The words of a node, in the order in which the shim writes them.
  @usableFromInline
  enum Field: Int {
    case kind
    case start
    case length
    case next
    case textStart
    case textLength
  }

  @inlinable
  func field(_ field: Field, of node: JSONNode) -> UInt32 {
    guard let nodes else { preconditionFailure("The tree is empty.") }
    return nodes[Int(node.index) &* 6 &+ field.rawValue]
  }

  /// The unescaped text of a string, the token of a number or literal.
  @inlinable
  func text(_ node: JSONNode) -> UnsafeRawBufferPointer {
    slice(.textStart, .textLength, of: node)
  }

  /// The source of a value.
  @inlinable
  func source(_ node: JSONNode) -> UnsafeRawBufferPointer {
    slice(.start, .length, of: node)
  }

  @inlinable
  func slice(_ start: Field, _ length: Field, of node: JSONNode) -> UnsafeRawBufferPointer {
    let first = bytes.unsafelyUnwrapped + Int(field(start, of: node))
    return UnsafeRawBufferPointer(start: first, count: Int(field(length, of: node)))
  }
}
