import Foundation
import Testing

@testable import JSONScan

@Suite struct `Both ways to scan` {
  @Test func `agree on every well-formed message`() {
    var scanner = makeScanner()
    for seed in 0..<cases {
      var random = RandomJSON(seed: seed)
      let message = Array(random.message().utf8)
      let fast = scan(message, with: &scanner)
      let structural = scan(message, with: &scanner, structurally: true)
      #expect(fast == structural, "seed \(seed)")
      #expect(fast.outcome.irregularRecords == 0, "seed \(seed)")
      #expect(fast.outcome.damage == nil, "seed \(seed)")
      #expect(fast.records.allSatisfy(isObject), "seed \(seed)")
    }
  }

  @Test func `agree with a full parse of each record`() throws {
    let tree = TestTree()
    for seed in 0..<cases {
      var random = RandomJSON(seed: seed &+ 1_000_000)
      let scanned = scan(Array(random.message().utf8))
      for (record, values) in zip(scanned.records, scanned.values) {
        #expect(tree.parse(record) == nil, "seed \(seed)")
        let root = try #require(tree.root)
        for (key, value) in zip(testKeys, values) {
          #expect(firstValue(of: key, in: root, tree) == value, "seed \(seed)")
        }
      }
    }
  }

  @Test func `give only slices of the message, whatever the bytes are`() {
    var scanner = makeScanner()
    for seed in 0..<cases {
      var random = RandomJSON(seed: seed &+ 2_000_000)
      var message = Array(random.message().utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random.generator) {
        let place = Int.random(in: 0..<message.count, using: &random.generator)
        message[place] = random.pick(Array("{}[]\",:\\'\n\u{0}x".utf8) + [0x80, 0xC3, 0xFF])
      }
      for structurally in [false, true] {
        let scanned = scan(message, with: &scanner, structurally: structurally)
        #expect(scanned.records.allSatisfy { $0.first == "{" && $0.last == "}" }, "seed \(seed)")
        let slots = (0..<scanner.recordCount).map { scanner.slot($0) }
        let damage = scanned.outcome.damage?.offset ?? message.count
        #expect(slots.allSatisfy { $0.offset + $0.length <= damage }, "seed \(seed)")
      }
    }
  }

  private func isObject(_ record: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(record.utf8))) is [String: Any]
  }

  private func firstValue(of name: String, in root: JSONNode, _ tree: TestTree) -> String? {
    guard let value = tree.members(root).first(where: { $0.key == name })?.value else { return nil }
    let raw = tree.rawText(value)
    return tree.kind(value) == .string ? String(raw.dropFirst().dropLast()) : raw
  }
}
