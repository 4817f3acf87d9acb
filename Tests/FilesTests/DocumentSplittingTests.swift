import Files
import Testing

@Suite struct `A file of documents` {
  @Test(arguments: [
    ("{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n", ["{\n \"a\": 1\n}", "{\n \"b\": 2\n}"]),
    ("{\"a\":1}{\"b\":2}", ["{\"a\":1}", "{\"b\":2}"]),
    ("{\"a\":1},\n{\"b\":2},\n", ["{\"a\":1}", "{\"b\":2}"]),
    ("{\"a\":\"}{\\\"\"} {\"b\":\"\\\\\"}", ["{\"a\":\"}{\\\"\"}", "{\"b\":\"\\\\\"}"]),
    ("{\n}", ["{\n}"]),
    ("{\n\"x\":[1,\n{\"records\":[]}]}", ["{\n\"x\":[1,\n{\"records\":[]}]}"]),
    ("{\n \"records\": 1, \"value\": []}", ["{\n \"records\": 1, \"value\": []}"]),
    ("{\n \"recordsX\": []}", ["{\n \"recordsX\": []}"]),
    ("{\n \"a\": {\n\"b\":2\n}\n", ["{\n \"a\": {\n\"b\":2\n}\n"]),
  ])
  func `gives its objects`(text: String, messages: [String]) throws {
    let result = try Splitting(text)
    #expect(result.mode == .documents)
    #expect(result.cuts == messages.map { .message($0) })
  }

  @Test(arguments: [
    "[\n{\"a\":1},\n{\"b\":[2]},\nnull, 42 ,\"t]x\"\n]",
    "{\n\"records\" : [{\"a\":1},{\"b\":[2]},null,42,\"t]x\"]}",
    "{\n \"value\":[ {\"a\":1}\n{\"b\":[2]} null 42,\"t]x\"],\n \"nextLink\": \"x]}\\\"\", \"y\": {}\n}",
    "\u{FEFF}[\n{\"a\":1},{\"b\":[2]},,null,42\"t]x\"]",
  ])
  func `gives the elements of arrays and of records`(text: String) throws {
    let result = try Splitting(text + "\n{\"after\":1}")
    #expect(result.mode == .documents)
    #expect(
      result.cuts == [
        .element("{\"a\":1}"), .element("{\"b\":[2]}"), .element("null"), .element("42"),
        .element("\"t]x\""), .message("{\"after\":1}"),
      ])
    for cut in result.cuts {
      let bytes = Array((text + "\n{\"after\":1}").utf8)[Int(cut.offset ?? 0)...]
      #expect(bytes.starts(with: Array(cut.text.utf8)))
    }
  }

  @Test(arguments: [
    ("{\"a\":1},\n{\"b\":2}", true), ("\u{FEFF}{\"a\":1}\n{\"b\":2}", true),
    ("{\"a\":1}\n{\"b\":2}", false), ("[\n{\"a\":1},{\"b\":2}]", false),
  ])
  func `tells whether it was mended where it is cut`(text: String, isMended: Bool) throws {
    #expect(try Splitting(text).isMended == isMended)
  }

  @Test func `may have a newline in a string, unless the next line begins a value`() throws {
    let whole = "{\"a\":\"x\ny\",\"b\":{}}"
    #expect(try Splitting(whole + "\n{\"c\":1}").cuts == [.message(whole), .message("{\"c\":1}")])
    let lines = ["{\"a\":\"x", "{\"c\":\"y\"}"]
    #expect(try Splitting(lines.joined(separator: "\n")).cuts == lines.map { .message($0) })
  }

  @Test(arguments: ["[\n]", "[\n\n]\n[]", "{\n\"records\":[]}", "{\n\"value\":[ ],\"x\":[1]}"])
  func `gives nothing for empty arrays`(text: String) throws {
    #expect(try Splitting(text).cuts.isEmpty)
  }

  @Test(
    arguments: [
      ("[\n{\"a\":1},{\"b\":\"x", [.element("{\"a\":1}"), .message("{\"b\":\"x")]),
      ("[\n{\"a\":1},", [.element("{\"a\":1}"), .message("")]),
      ("[\n{\"a\":1}", [.element("{\"a\":1}"), .message("")]),
      ("[\n{\"a\":1}} {\"c\":\n3}", [.element("{\"a\":1}"), .message("} {\"c\":\n3}")]),
      ("{\n\"records\":[{\"a\":1}],\"n\":1", [.element("{\"a\":1}"), .message(",\"n\":1")]),
    ] as [(String, [Cut])])
  func `gives the damaged rest of an array as one message`(text: String, cuts: [Cut]) throws {
    #expect(try Splitting(text).cuts == cuts)
  }

  @Test func `goes on after damage between its values`() throws {
    let result = try Splitting("{\n\"a\":1}} oops\n:{\"b\":2}\n, \"x\" {\"c\":3}")
    #expect(
      result.cuts == [
        .message("{\n\"a\":1}"), .message("} oops"), .message(":"), .message("{\"b\":2}"),
        .message("\"x\" "), .message("{\"c\":3}"),
      ])
  }

  @Test func `gives only the beginning of a value over the limit`() throws {
    let long = "{\n\"a\":\"" + String(repeating: "]", count: 300_000) + "\"}"
    let head = String(long.prefix(RecordSplitter.oversizedHead))
    let result = try Splitting("\(long)\n[\(long),{\"b\":1}]", limit: 100_000)
    #expect(
      result.cuts == [
        Cut(kind: .oversized, text: head, offset: 0, length: Int64(long.utf8.count)),
        Cut(kind: .oversized, text: head, length: Int64(long.utf8.count)), .element("{\"b\":1}"),
      ])
  }

  @Test func `keeps no more than the limit of a damaged rest`() throws {
    let rest = "}" + String(repeating: "[", count: 500_000)
    let result = try Splitting("[\n{\"a\":1}" + rest, limit: 100_000)
    #expect(result.cuts.count == 2)
    #expect(result.cuts.last?.kind == .oversized)
    #expect(result.cuts.last?.length == 500_001)
  }
}
