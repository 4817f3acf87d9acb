@testable import JSONScan

/// A tree behind a reference, because the expectation macros cannot look into what is not copyable.
final class TestTree {
  private var tree = JSONTree()

  init() {}

  convenience init(_ text: String) throws {
    self.init()
    if let error = parse(text) { throw error }
  }

  func parse(_ bytes: [UInt8]) -> JSONScanError? { tree.parse(bytes.span.bytes) }
  func parse(_ text: String) -> JSONScanError? { parse(Array(text.utf8)) }

  var root: JSONNode? { tree.root }
  func kind(_ node: JSONNode) -> JSONNode.Kind { tree.kind(node) }
  func childCount(_ node: JSONNode) -> Int { tree.childCount(node) }
  func firstChild(_ node: JSONNode) -> JSONNode? { tree.firstChild(node) }
  func next(_ node: JSONNode) -> JSONNode? { tree.next(node) }
  func key(_ member: JSONNode) -> String { tree.key(ofMember: member) }
  func keyBytes(_ member: JSONNode) -> String { tree.withKeyBytes(ofMember: member) { text($0) } }
  func string(_ node: JSONNode) -> String? { tree.string(node) }
  func stringBytes(_ node: JSONNode) -> [UInt8]? {
    tree.withStringBytes(node) { span in span.withUnsafeBytes { Array($0) } }
  }
  func numberText(_ node: JSONNode) -> String? { tree.numberText(node) }
  func integer(_ node: JSONNode?) -> Int64? { node.flatMap { tree.integer($0) } }
  func boolean(_ node: JSONNode) -> Bool? { tree.boolean(node) }
  func rawText(_ node: JSONNode) -> String { tree.rawText(node) }
  func rawBytes(_ node: JSONNode) -> String { tree.withRawBytes(node) { text($0) } }
  func member(_ node: JSONNode?, _ name: StaticString) -> JSONNode? {
    node.flatMap { tree.member(of: $0, named: name) }
  }
  func member(_ node: JSONNode, spelled name: String) -> JSONNode? {
    tree.member(of: node, spelled: name)
  }

  func children(_ node: JSONNode) -> [JSONNode] {
    var all: [JSONNode] = []
    tree.forEachChild(of: node) { all.append($0) }
    return all
  }

  func members(_ node: JSONNode) -> [(key: String, value: JSONNode)] {
    var all: [(key: String, value: JSONNode)] = []
    tree.forEachMember(of: node) { all.append(($0, $1)) }
    return all
  }
}
