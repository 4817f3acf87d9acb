import Testing
import YAML

/// Writes a node as one line, with all its places.
private func outline(_ node: YAMLNode) -> String {
  switch node.content {
  case .scalar(let scalar):
    return "\(node.place) \(scalar.isQuoted ? "'\(scalar.text)'" : scalar.text)"
  case .sequence(let elements):
    return "\(node.place) [" + elements.map(outline).joined(separator: ", ") + "]"
  case .mapping(let entries):
    let inner = entries.map { "\($0.keyPlace) \($0.key): \(outline($0.value))" }
    return "\(node.place) {" + inner.joined(separator: ", ") + "}"
  }
}

@Suite struct `A YAML text` {
  @Test func `becomes nodes with their places`() throws {
    let node = try YAMLReader.read(
      """
      # settings
      source:
        topic: logs   # a comment
        from: "2h"
      list:
        - a
        - {b: 1, ü: [x, y]}
      """)
    #expect(
      outline(node)
        == "2:1 {2:1 source: 3:3 {3:3 topic: 3:10 logs, 4:3 from: 4:9 '2h'}, "
        + "5:1 list: 6:3 [6:5 a, 7:5 {7:6 b: 7:9 1, 7:12 ü: 7:15 [7:16 x, 7:19 y]}]}")
  }

  @Test(arguments: ["yes", "no", "0600", "2026-12-25", "1e3", "0x10", "1_000", "on", ".5", "12:30"])
  func `keeps single values as they were written`(text: String) throws {
    let node = try YAMLReader.read("a: \(text)")
    guard case .mapping(let entries) = node.content else { return #expect(Bool(false)) }
    #expect(entries.first?.value.content == .scalar(YAMLNode.Scalar(text: text)))
  }

  @Test(arguments: ["", "# only a comment\n", "---\n", "~", "\u{FEFF}"])
  func `without a value is an empty table`(text: String) throws {
    #expect(try YAMLReader.read(text).content == .mapping([]))
  }

  @Test func `may be JSON`() throws {
    let node = try YAMLReader.read(
      """
      {
      \t"a": {"b": [1, true, null, "x\\"y\\/\\u00e9"]},
      \t"c": ""
      }
      """)
    #expect(
      outline(node)
        == "1:1 {2:2 a: 2:7 {2:8 b: 2:13 [2:14 1, 2:17 true, 2:23 null, 2:29 'x\"y/é']}, "
        + "3:2 c: 3:7 ''}")
  }

  @Test func `may begin with a byte order mark`() throws {
    #expect(outline(try YAMLReader.read("\u{FEFF}a: b")) == "1:1 {1:1 a: 1:4 b}")
  }

  @Test(arguments: [
    ("a: &x 1\nb: *x", "1:4: anchors are not supported."),
    ("a: 1\nb: *x", "2:4: aliases are not supported."),
    ("a: 1\n*x : 2", "2:1: aliases are not supported."),
    ("a: !!str 1", "1:4: tags are not supported."),
    ("a: 1\nb:\n  c: 1\n  c: 2", "4:3: the key 'c' is already there at 3:3."),
    ("a: 1\n---\nb: 2", "2:1: a second document begins here."),
    ("? [a, b]\n: 1", "1:3: a key has to be a single value."),
  ])
  func `is refused for what could mean something else`(text: String, problem: String) {
    let error = #expect(throws: Problem.self) { try YAMLReader.read(text) }
    #expect(error?.description == problem)
  }

  @Test(arguments: [
    ("a: 1\n b: 2", 2, 3), ("a: [1, 2", 2, 1), ("a: \"b", 1, 6), ("a: 'b\n---\n", 2, 1),
    ("a:\n\t- b", 2, 1), ("a: b: c", 1, 5), ("ok: 1\n%", 2, 2), ("a: \"\\q\"", 1, 5),
    ("ü: \u{1}", 1, 4), ("a: {", 2, 1), ("@", 1, 1),
  ])
  func `that is none is refused at its place`(text: String, line: Int, column: Int) {
    let error = #expect(throws: Problem.self) { try YAMLReader.read(text) }
    #expect(error?.place == Place(line: line, column: column))
    #expect(error?.message.hasPrefix("this is no valid YAML") == true)
  }

  @Test func `that is not UTF-8 is refused at its place`() {
    let error = #expect(throws: Problem.self) {
      try YAMLReader.read(Array("a: 1\nb: ".utf8) + [0xFF, 0xFE])
    }
    #expect(error?.place == Place(line: 2, column: 4))
  }

  @Test func `may be nested 32 levels deep and no deeper`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try YAMLReader.read(nested(32)) }
    let error = #expect(throws: Problem.self) { try YAMLReader.read(nested(33)) }
    #expect(error?.description == "1:33: this is nested deeper than 32 levels.")
    #expect(throws: Problem.self) { try YAMLReader.read(String(repeating: "[", count: 100_000)) }
  }

  @Test func `may not be longer than its limit`() {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: YAMLReader.byteLimit + 1)
    #expect(throws: Problem.self) { try YAMLReader.read(text) }
  }

  @Test func `never stops the program, whatever its bytes are`() {
    let text = Array("a: {b: [1, \"x\\n\", 'y'], c: |\n  z\n}\n? d\n: - e\n&f g: *h\n--- !i".utf8)
    var refused = 0
    for position in text.indices {
      for byte in stride(from: UInt8(0), through: 250, by: 5) {
        var changed = text
        changed[position] = byte
        if (try? YAMLReader.read(changed)) == nil { refused += 1 }
      }
    }
    #expect(refused > 0)
  }
}
