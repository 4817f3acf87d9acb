import Files
import Testing

@Suite struct `A file of CSV rows` {
  private struct Result: Equatable {
    var rows: [String] = []
    var offsets: [Int64] = []
    var resumeOffset: Int64 = 0
    var mode = RecordSplitter.Mode.lines
  }

  /// Reads a file whose first row is a header when it begins with `time,`.
  private func split(
    _ text: String, from: Int64 = 0, limit: Int = RecordSplitter.standardLimit
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let entry = FileEntry.file(path: try folder.write("file", Array(text.utf8)))
    let splitter = try RecordSplitter(
      ByteStream(entry, from: from), limit: limit, resuming: .rows,
      isHeader: { bytes in
        bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }.hasPrefix("time,")
      })
    var result = Result()
    result.mode = splitter.mode
    while let piece = try splitter.advance() {
      let row = splitter.withBytes { bytes in
        bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
      }
      let mark = piece.kind == .header ? "H:" : piece.kind == .oversized ? "O:" : ""
      result.rows.append(mark + row)
      result.offsets.append(piece.offset)
    }
    result.resumeOffset = splitter.resumeOffset
    return result
  }

  @Test func `is cut where quotes do not hold its line breaks`() throws {
    let text = "\u{FEFF}time,name\r\n1,\"a\nb\"\r\n\n2,\"c\"\"\n\"\n3,d\"e\n"
    let result = try split(text)
    #expect(result.mode == .rows)
    #expect(result.rows == ["H:time,name", "1,\"a\nb\"", "2,\"c\"\"\n\"", "3,d\"e"])
    #expect(result.offsets == [3, 14, 24, 33])
    #expect(result.resumeOffset == Int64(text.utf8.count))
  }

  @Test func `goes on behind its last line break`() throws {
    let text = "time,name\n1,a\n2,b"
    let result = try split(text)
    #expect(result.rows == ["H:time,name", "1,a", "2,b"] && result.resumeOffset == 14)
    let rest = try split(text + "c\n3,\"d\n\"\n", from: 14)
    #expect(rest.rows == ["2,bc", "3,\"d\n\""] && rest.mode == .rows)
  }

  @Test(arguments: ["{\"time,\":1}\n", "name,time\n1\n", "", "time\n"])
  func `is only one with a header that is known`(text: String) throws {
    #expect(try split(text).mode != .rows)
  }

  @Test func `gives only the beginning of a row over the limit`() throws {
    let long = "1,\"" + String(repeating: "x\n", count: 1_500_000) + "\""
    let result = try split("time,name\n\(long)\n2,b\n", limit: 100_000)
    #expect(result.rows.count == 3 && result.rows[1].hasPrefix("O:1,\"x\n"))
    #expect(result.rows[1].utf8.count == 2 + RecordSplitter.oversizedHead)
    #expect(result.rows[2] == "2,b")
  }

  @Test func `gives the same rows from every row on, whatever stands in them`() throws {
    var random = SeededGenerator(seed: 11)
    let parts = ["a", ",", "\"\"", "\n", "\r\n", "é", String(repeating: "z", count: 70_000)]
    var rows: [String] = []
    for number in 0..<60 {
      let field = (0..<Int.random(in: 0..<6, using: &random))
        .map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      rows.append("\(number),\"\(field)\"")
    }
    let text = "time,name\n" + rows.map { $0 + "\n" }.joined()
    let whole = try split(text)
    #expect(whole.rows == ["H:time,name"] + rows)
    for (index, offset) in whole.offsets.enumerated().dropFirst() {
      #expect(try split(text, from: offset).rows == Array(rows[(index - 1)...]))
    }
  }
}
