import Foundation
import Testing

@testable import JSONScan

@Suite struct `A parsed tree` {
  @Test func `is walked from value to value`() throws {
    let tree = try TestTree(#" { "a" : [ 1 , {"b":null} , [] ] , "c" : {} , "d" : "x" } "#)
    let root = try #require(tree.root)
    #expect(tree.kind(root) == .object && tree.childCount(root) == 3)
    let list = try #require(tree.firstChild(root))
    #expect(tree.key(list) == "a" && tree.childCount(list) == 3)
    #expect(tree.children(list).map { tree.kind($0) } == [.number, .object, .array])
    let empty = try #require(tree.next(list))
    #expect(tree.firstChild(empty) == nil && tree.childCount(empty) == 0)
    let last = try #require(tree.next(empty))
    #expect(tree.string(last) == "x" && tree.next(last) == nil)
    #expect(tree.rawText(list) == #"[ 1 , {"b":null} , [] ]"#)
    #expect(tree.rawBytes(last) == #""x""# && tree.keyBytes(last) == "d")
    #expect(tree.members(root).map(\.key) == ["a", "c", "d"])
    #expect(tree.members(list).isEmpty)
  }

  @Test func `finds members by exact key first, then without regard to case`() throws {
    let tree = try TestTree(#"{"LEVEL":1,"Level":2,"level":3,"level":4,"Other":5,"\u0041b":6}"#)
    let root = try #require(tree.root)
    #expect(tree.integer(tree.member(root, "level")) == 3)
    #expect(tree.integer(tree.member(root, "Level")) == 2)
    #expect(tree.integer(tree.member(root, "lEVEL")) == 1)
    #expect(tree.integer(tree.member(root, "other")) == 5)
    #expect(tree.integer(tree.member(root, "AB")) == 6)
    #expect(tree.integer(tree.member(root, spelled: "oTHER")) == 5)
    #expect(tree.member(root, "missing") == nil)
    #expect(tree.member(tree.firstChild(root), "a") == nil)
  }

  static let strings: [(String, String)] = [
    (#""plain é""#, "plain é"), (#""\/a\"b\\c\b\f\n\r\t""#, "/a\"b\\c\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d""#, "\u{FFFD}"),
    (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    (#""""#, ""), (#""\u0000""#, "\u{0}"), (#""\ud83dxx""#, "\u{FFFD}xx"),
  ]

  @Test(arguments: strings)
  func `unescapes strings`(source: String, meaning: String) throws {
    let tree = try TestTree(" \(source) ")
    let root = try #require(tree.root)
    #expect(tree.string(root) == meaning)
    #expect(tree.stringBytes(root) == Array(meaning.utf8))
    #expect(tree.rawText(root) == source)
  }

  static let integers: [(String, Int64?)] = [
    ("0", 0), ("-0", 0), ("42", 42), ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ("9223372036854775808", nil), ("-9223372036854775809", nil), ("22.0", nil), ("1e3", nil),
    ("1234567890123456789012345678901234567890", nil),
  ]

  @Test(arguments: integers)
  func `keeps numbers as text and gives exact integers`(token: String, value: Int64?) throws {
    let tree = try TestTree("[\(token) ]")
    let root = try #require(tree.root)
    let node = try #require(tree.firstChild(root))
    #expect(tree.numberText(node) == token)
    #expect(tree.integer(node) == value)
    #expect(tree.string(node) == nil)
  }

  @Test func `tells true, false and null apart`() throws {
    let tree = try TestTree("[true,false,null]")
    let root = try #require(tree.root)
    #expect(tree.children(root).map { tree.boolean($0) } == [true, false, nil])
  }

  static let refused: [(String, JSONScanError.Code)] = [
    ("", .empty), ("  ", .empty), ("[1,]", .unexpectedToken), ("{\"a\":1,}", .unexpectedToken),
    ("{\"a\" 1}", .unexpectedToken), ("{a:1}", .unexpectedToken), ("{\"a\":}", .unexpectedToken),
    ("[1 2]", .unexpectedToken), ("[,1]", .unexpectedToken), ("[1}", .unexpectedToken),
    ("]", .unexpectedToken), ("[", .unclosedContainer), ("{\"a\"", .unclosedContainer),
    ("{\"a\":", .unclosedContainer), ("[1", .unclosedContainer), ("[1,", .unclosedContainer),
    ("1 2", .trailingContent), ("{} {}", .trailingContent), ("\"a\"b", .trailingContent),
    ("\"a", .unclosedString), ("\"\n\"", .controlCharacter), ("tru", .invalidLiteral),
    ("nulL", .invalidLiteral), ("True", .invalidLiteral), ("'a'", .invalidLiteral),
    ("01", .invalidNumber), ("-", .invalidNumber), ("1.", .invalidNumber), ("1e", .invalidNumber),
    ("-01", .invalidNumber), ("1e+", .invalidNumber), ("1x", .invalidNumber),
    ("0x1", .invalidNumber),
    (".5", .invalidLiteral), ("+1", .invalidLiteral), ("1\"a\"", .invalidNumber),
    (#""\q""#, .invalidEscape), (#""\u12g4""#, .invalidEscape), (#""\u12""#, .invalidEscape),
    (#"{"\x":1}"#, .invalidEscape),
  ]

  @Test(arguments: refused)
  func `is not made of text that breaks the grammar`(source: String, code: JSONScanError.Code) {
    let tree = TestTree()
    #expect(tree.parse(source)?.code == code)
    #expect(tree.root == nil)
  }

  @Test func `tells where the grammar breaks`() {
    let tree = TestTree()
    #expect(tree.parse(#"{"a":[1, 2 3]}"#)?.offset == 11)
    #expect(tree.parse(#"{"a":"bc"#)?.offset == 8)
    let invalid = Array("[\"a".utf8) + [0xFF] + Array("\"]".utf8)
    #expect(tree.parse(invalid) == JSONScanError(code: .invalidUTF8, offset: 3))
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `has a limit of depth`(piece: String) {
    let tree = TestTree()
    let closing = piece == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      let text = String(repeating: piece, count: depth - 1) + (piece == "[" ? "[" : "{")
      return Array((text + String(repeating: closing, count: depth)).utf8)
    }
    #expect(tree.parse(nested(512)) == nil)
    #expect(tree.parse(nested(513))?.code == .tooDeep)
    #expect(tree.parse(nested(1 << 18))?.code == .tooDeep)
  }

  @Test func `lives beside another one that parses one of its strings`() throws {
    let record = try TestTree(#"{"body":"{\"ports\":[22,\"3389\"]}"}"#)
    let body = TestTree()
    let node = try #require(record.member(record.root, "body"))
    let bytes = try #require(record.stringBytes(node))
    #expect(body.parse(bytes) == nil)
    let ports = try #require(body.member(body.root, "ports"))
    #expect(body.integer(body.firstChild(ports)) == 22)
    #expect(record.string(node) == #"{"ports":[22,"3389"]}"#)
  }

  @Test func `holds what Foundation reads from the same text`() throws {
    let tree = TestTree()
    for seed in 0..<cases {
      var random = RandomJSON(seed: seed &+ 3_000_000)
      let source = random.value(depth: 0)
      #expect(tree.parse(source) == nil, "seed \(seed)")
      let root = try #require(tree.root)
      let data = Data(source.utf8)
      let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
      let expected = try JSONSerialization.jsonObject(with: data, options: options)
      #expect(isSame(root, expected, tree), "seed \(seed)")
    }
  }

  private func isSame(_ node: JSONNode, _ expected: Any, _ tree: TestTree) -> Bool {
    switch tree.kind(node) {
    case .object: return isSameObject(node, expected, tree)
    case .array:
      guard let elements = expected as? [Any], elements.count == tree.childCount(node) else {
        return false
      }
      return zip(tree.children(node), elements).allSatisfy { isSame($0, $1, tree) }
    case .string: return tree.string(node) == expected as? String
    case .number: return expected is NSNumber
    case .true: return expected as? Bool == true
    case .false: return expected as? Bool == false
    case .null: return expected is NSNull
    }
  }

  private func isSameObject(_ node: JSONNode, _ expected: Any, _ tree: TestTree) -> Bool {
    let members = tree.members(node)
    let keys = Set(members.map(\.key))
    guard let others = expected as? [String: Any], others.count == keys.count else { return false }
    // Of equal keys Foundation keeps one; which one is not what is tested here.
    return members.allSatisfy { key, value in
      guard let other = others[key] else { return false }
      return members.count { $0.key == key } > 1 || isSame(value, other, tree)
    }
  }
}
