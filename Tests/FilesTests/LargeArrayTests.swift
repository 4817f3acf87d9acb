import Files
import Testing

@Suite struct `A large array` {
  static let elements = (0..<30_000).map { number in
    "{\"n\":\(number),\"text\":\"]}\\\"[{ \(String(repeating: "w", count: number % 190))\",\"l\":[{}]}"
  }

  @Test(arguments: [
    ("[", ",", "]"), ("[\n  ", ",\n  ", "\n]"), ("{\"records\":[", ",", "]}"),
    ("{ \"value\" : [", " , ", "], \"nextLink\": \"a\"}"),
  ])
  func `is cut into its elements in a line and in a document`(
    start: String, separator: String, end: String
  ) throws {
    let text = start + Self.elements.joined(separator: separator) + end
    let result = try Splitting(text + "\n{\"after\":1}\n")
    var offset = Int64(start.utf8.count)
    var expected: [Cut] = []
    for element in Self.elements {
      expected.append(.element(element, at: offset))
      offset += Int64(element.utf8.count + separator.utf8.count)
    }
    expected.append(.message("{\"after\":1}"))
    #expect(result.cuts.count == expected.count)
    #expect(result.cuts == expected)
    #expect(result.mode == (separator.contains("\n") ? .documents : .lines))
  }

  @Test func `that is damaged in a line leaves the next line alone`() throws {
    let text = "[" + Self.elements.joined(separator: ",") + ",{\"cut\":\"o"
    let result = try Splitting("{\"a\":1}\n" + text + "\n{\"b\":2}\n")
    #expect(result.cuts.count == Self.elements.count + 3)
    #expect(result.cuts.first == .message("{\"a\":1}"))
    #expect(result.cuts.suffix(2) == [.message("{\"cut\":\"o"), .message("{\"b\":2}")])
    #expect(result.lastLineWasComplete)
  }

  @Test func `that does not end in its line says so by an empty message`() throws {
    let text = "[" + Self.elements.joined(separator: ",")
    let result = try Splitting(text + "\n{\"b\":2}\n")
    #expect(result.cuts.suffix(2) == [.message(""), .message("{\"b\":2}")])
  }

  @Test func `made of brackets alone is one damaged message`() throws {
    let text = String(repeating: "[", count: 1_200_000)
    let result = try Splitting(text + "\n{\"b\":2}\n")
    #expect(result.cuts == [.message(String(text.dropFirst()), at: 1), .message("{\"b\":2}")])
  }

  @Test func `with an element over the limit goes on after it`() throws {
    let long = "{\"t\":\"" + String(repeating: "v", count: 1_100_000) + "\"}"
    let result = try Splitting("[{\"a\":1},\(long),{\"b\":2}]\n{}\n", limit: 1_000_000)
    #expect(result.cuts.map(\.kind) == [.element, .oversized, .element, .message])
    #expect(result.cuts[1].length == Int64(long.utf8.count))
  }
}
