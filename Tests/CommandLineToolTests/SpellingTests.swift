import Testing

@testable import CommandLineTool

@Suite struct `A spelling` {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("form", "from", 1),
    ("ca", "abc", 3), ("Same", "same", 0), ("abcd", "badc", 2),
  ])
  func `is some slips away from another`(first: String, second: String, distance: Int) {
    #expect(Spelling.distance(first, second) == distance)
    #expect(Spelling.distance(second, first) == distance)
  }

  @Test(
    arguments: [
      ("ledgr", "ledger"), ("LEDGER", "ledger"), ("led", "ledger"), ("colr", "color"),
      ("xyz", nil), ("", nil), ("l", nil),
    ] as [(String, String?)])
  func `is corrected to what is near alone`(word: String, expected: String?) {
    let candidates = ["ledger", "config", "color", "quiet"]
    #expect(Spelling.nearest(to: word, among: candidates) == expected)
  }

  @Test func `that begins two words is corrected to none`() {
    #expect(Spelling.nearest(to: "serv", among: ["server-a", "server-b"]) == nil)
  }
}
