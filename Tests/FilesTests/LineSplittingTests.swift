import Files
import Testing

@Suite struct `A file of lines` {
  @Test func `gives each line with its place`() throws {
    let result = try Splitting("{\"a\":1}\n{\"b\":2}\r\n\n   \n  {\"c\":3}\n")
    #expect(result.mode == .lines)
    #expect(
      result.cuts == [
        .message("{\"a\":1}", at: 0), .message("{\"b\":2}", at: 8), .message("{\"c\":3}", at: 24),
      ])
    #expect(result.lastLineWasComplete)
    #expect(result.resumeOffset == result.endOffset)
  }

  @Test(arguments: ["", "\n", "\u{FEFF}", " \n\r\n\t", "\u{FEFF}\n\n"])
  func `that holds nothing gives nothing`(text: String) throws {
    let result = try Splitting(text)
    #expect(result.cuts.isEmpty)
    #expect(result.failure == nil)
    #expect(result.mode == .lines)
  }

  @Test func `may begin with a byte order mark`() throws {
    let result = try Splitting("\u{FEFF}{\"a\":1}\n{}\n")
    #expect(result.cuts == [.message("{\"a\":1}", at: 3), .message("{}", at: 11)])
  }

  @Test(
    arguments: [
      "{\"a\":\"cut off in a str", "\"b\":2}", "garbage", "{\"a\":1}}", "{\"a\":1} x",
      "Time,Operation",
      "{\"a\":1", "{\"a\":{\"b\":1}", "42", "{\"a\":\"\u{1}\"}", "]",
    ])
  func `keeps damage inside the first line`(line: String) throws {
    let result = try Splitting(line + "\n{\"b\":2}\n{\"c\":3}\n")
    #expect(result.cuts == [.message(line), .message("{\"b\":2}"), .message("{\"c\":3}")])
  }

  @Test(arguments: ["{\"a\":", "}", "[1,2", "\"", "{\"a\":\"x", "\u{0}\u{1B}[2J"])
  func `keeps damage inside any later line`(line: String) throws {
    let result = try Splitting("{\"a\":1}\n" + line + "\n{\"c\":3}\n")
    #expect(result.cuts == [.message("{\"a\":1}"), .message(line), .message("{\"c\":3}")])
  }

  @Test func `lends arrays of up to one megabyte whole`() throws {
    let result = try Splitting("[{\"a\":1},{\"b\":2}]\n{\"records\":[{},{}]}\n")
    #expect(result.cuts == [.message("[{\"a\":1},{\"b\":2}]"), .message("{\"records\":[{},{}]}")])
  }

  @Test func `goes on at the place where it ended`() throws {
    let text = "{\"a\":1}\n[\n{\"b\":2}\n"
    let result = try Splitting(text, from: 8)
    #expect(result.mode == .lines)
    #expect(result.cuts == [.message("[", at: 8), .message("{\"b\":2}", at: 10)])
    #expect(result.endOffset == Int64(text.utf8.count))
  }

  @Test(arguments: [
    ("{\"a\":1}\n{\"b\":2", 8), ("{\"a\":1}\n{\"b\":2}", 15), ("{\"a\":1}\n\"b\"", 8),
    ("{\"a\":1}\n", 8),
    ("{\"a\":1}", 7), ("{\"a\":1}\n[2", 8), ("{\"a\":1}\n{}{", 8),
  ])
  func `knows where to go on when its last line has no end`(text: String, place: Int64) throws {
    let result = try Splitting(text)
    #expect(result.resumeOffset == place)
    #expect(result.lastLineWasComplete == text.hasSuffix("\n"))
  }

  @Test func `gives only the beginning of a line over the limit`() throws {
    let long = "{\"a\":\"" + String(repeating: "x", count: 3_000_000) + "\"}"
    for ending in ["\n{\"c\":3}\n", ""] {
      let result = try Splitting("{\"a\":1}\n" + long + ending, limit: 2_000_000)
      let oversized = Cut(
        kind: .oversized, text: String(long.prefix(RecordSplitter.oversizedHead)), offset: 8,
        length: Int64(long.utf8.count))
      let after: [Cut] = ending.isEmpty ? [] : [.message("{\"c\":3}")]
      #expect(result.cuts == [.message("{\"a\":1}"), oversized] + after)
    }
  }

  @Test func `gives lines of any length across the blocks it is read in`() throws {
    var random = SeededGenerator(seed: 7)
    var lines: [String] = []
    for _ in 0..<400 {
      let length = [10, 1000, 40_000].randomElement(using: &random) ?? 10
      let text = String(repeating: "y", count: Int.random(in: 0...length, using: &random))
      lines.append("{\"text\":\"\(text)\"}")
    }
    for _ in 0..<6 {
      lines.insert(
        "{\"t\":\"" + String(repeating: "z", count: 1_500_000) + "\"}", at: lines.count / 2)
    }
    let result = try Splitting(lines.joined(separator: "\n") + "\n")
    var offset: Int64 = 0
    var expected: [Cut] = []
    for line in lines {
      expected.append(.message(line, at: offset))
      offset += Int64(line.utf8.count) + 1
    }
    #expect(result.cuts.count == expected.count)
    #expect(result.cuts == expected)
  }
}
