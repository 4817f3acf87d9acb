import Access
import Testing

@testable import AccessDecoding

@Suite struct `A message` {
  static let hit = Fixture().text
  static let miss = Fixture.irrelevant

  /// Messages with what is told of them; `R` is a request, `I` an irrelevant record.
  static let shapes: [(String, String)] = [
    (#"{"records":[R,I]}"#, "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    ("[R,I]", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    ("R", "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    (" I\r\n", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    (
      #"[{"records":[R]},{"records":[I,I]}]"#,
      "3 read, 2 irrelevant, 0 rejected, 1 evidence, 0 messages"
    ),
    (
      #"{"records":[{"records":[R,I]}]}"#,
      "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"
    ),
    ("[]", "0 read, 0 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    (#"{"records":[]}"#, "0 read, 0 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    ("[{}]", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    ("[{},R]", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    ("[null,R,42]", "3 read, 0 irrelevant, 2 rejected, 1 evidence, 0 messages"),
    ("[{},null]", "2 read, 1 irrelevant, 1 rejected, 0 evidence, 0 messages"),
    (
      #"{"records":[R,"x",[1,[R]],true]}"#,
      "4 read, 0 irrelevant, 3 rejected, 1 evidence, 0 messages"
    ),
    (#"{"value":[R]}"#, "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    ("R\nI\n", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    (
      #"{"records":[R]}"# + "\n" + #"{"records":[I]}"#,
      "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"
    ),
    ("R,\nI", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired"),
    ("R,", "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired"),
    ("[R,I,]", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired"),
    ("\u{FEFF}[R]", "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired"),
    (
      #"{'records':[R,{'a':'b'}]}"#,
      "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired"
    ),
    (
      #"[R,{"a":"x"# + "\n" + #"y"},I]"#,
      "3 read, 2 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired"
    ),
    (#"[R,{"a" 1},I]"#, "3 read, 2 irrelevant, 0 rejected, 1 evidence, 0 messages"),
  ]

  @Test(arguments: shapes)
  func `is read in every outer form`(form: String, expected: String) {
    let output = decode(Self.filled(form))
    #expect(told(output) == expected)
    #expect(output.reconciles)
    #expect(output.rejects.count == output.counts.rejected)
  }

  static func filled(_ form: String) -> String {
    form.map { $0 == "R" ? hit : $0 == "I" ? miss : String($0) }.joined()
  }

  static let unreadable = [
    "42", "{}", #"{"records":"x"}"#, #"{"records":{"a":1}}"#, #"{"records":null}"#, "[null]",
    "[1,2]", #"{"records":[null]}"#, "null", #""x""#, "hello", "", " \n", "{", "[", "\u{FEFF}",
    #"{"records":[{"time":"20"#, "<html>", "\u{FEFF}42", "{'a'", "[nul",
  ]

  @Test(arguments: unreadable)
  func `is rejected with all its bytes when nothing in it can be read`(message: String) throws {
    let output = decode(message)
    #expect(told(output) == "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages")
    let reject = try #require(output.rejects.first)
    #expect(output.rejects.count == 1)
    #expect(reject.kind == .message && reject.offset == 0)
    #expect(reject.bytes == Array(message.utf8))
    #expect(reject.reason.hasPrefix("The message ") && reject.reason.hasSuffix("."))
  }

  @Test(arguments: ["", " \n"])
  func `may be empty`(message: String) {
    for kind in [MessageKind.message, .element] {
      let output = decode(message, as: kind)
      #expect(output.rejects.map(\.reason) == ["The message is empty."])
      #expect(output.counts.messagesRejected == 1)
    }
  }

  @Test func `is refused beyond its limit with its first 64 KiB`() {
    let settings = DecodingSettings(messageLimit: 100_000)
    let message = "[" + String(repeating: " ", count: 99_998) + "]"
    #expect(decode(message, as: .message, settings).counts == RecordCounts())
    let output = decode(message + " ", as: .message, settings)
    #expect(output.counts.messagesRejected == 1 && output.counts.recordsRead == 0)
    #expect(output.rejects.map(\.bytes.count) == [65_536])
  }

  /// The part before `|` is good; the rest begins behind it.
  static let damaged: [(String, String)] = [
    (#"{"records":[R,|{"time":"x"#, "1 read, 0 irrelevant, 0 rejected, 1 evidence, 1 messages"),
    ("[R,I|", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 1 messages"),
    ("[R,I]|x", "2 read, 1 irrelevant, 0 rejected, 1 evidence, 1 messages"),
    ("[{},|{", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    ("[null,R,|nul", "2 read, 0 irrelevant, 1 rejected, 1 evidence, 1 messages"),
    ("[I,|{\"a\":[}},R]", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    ("[I,|{\"a\":\"\u{FFFF}", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    (
      "{'a':'b'}\nI\n|{\"a\":", "2 read, 2 irrelevant, 0 rejected, 0 evidence, 1 messages, repaired"
    ),
  ]

  @Test(arguments: damaged)
  func `that is damaged gives what stands before the damage`(form: String, expected: String) throws
  {
    let parts = form.split(separator: "|", omittingEmptySubsequences: false).map {
      Self.filled(String($0))
    }
    let output = decode(parts.joined())
    #expect(told(output) == expected)
    #expect(output.reconciles)
    let reject = try #require(output.rejects.last)
    #expect(reject.kind == .message && reject.reason.hasPrefix("The rest of the message"))
    #expect(String(decoding: reject.bytes, as: UTF8.self) == parts[1])
    #expect(reject.offset == parts[0].utf8.count)
  }

  @Test func `is read as far as it is UTF-8`() {
    let good = Array(Self.filled("[R,").utf8)
    let output = decode(good + Array(#"{"a":""#.utf8) + [0xFF, 0x22, 0x7D, 0x5D])
    #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 1 messages")
    #expect(output.rejects.map(\.offset) == [good.count])
  }

  @Test func `tells where its stray elements stand`() {
    let message =
      #" {"x":[7],"records": [ null , R,{},"a\"]" ,{"b":2,"records":[ 42,I,{} ]}, [1,{}]]}"#
    let output = decode(Self.filled(message))
    #expect(told(output) == "8 read, 3 irrelevant, 4 rejected, 1 evidence, 0 messages")
    let rejected = output.rejects.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(rejected == ["null", #""a\"]""#, "42", "[1,{}]"])
    let bytes = Array(Self.filled(message).utf8)
    for reject in output.rejects {
      #expect(reject.kind == .record)
      #expect(Array(bytes[reject.offset...].prefix(reject.bytes.count)) == reject.bytes)
    }
  }

  @Test func `rejects no record of which nothing is kept, however it is damaged`() {
    // Once mended it holds a bare word that the scan counts and that stands nowhere.
    let text = #"[{"records":[{""{""}}]\#u{7F}":{"""},t:"#
    var decoder = MessageDecoder()
    var output = DecodedInput()
    let bytes = Array(text.utf8)
    decoder.decode(bytes.span.bytes, as: .message, into: &output)
    #expect(output.reconciles)
    #expect(output.rejects.count { $0.kind == .record } == output.counts.rejected)
    #expect(output.counts.messagesRejected == 1)
  }

  @Test func `keeps a multitude of stray elements as one`() {
    let message = "[{}," + String(repeating: "1,", count: 5000) + "2]"
    let output = decode(message)
    #expect(told(output) == "5002 read, 1 irrelevant, 5001 rejected, 0 evidence, 0 messages")
    #expect(output.rejects.count == 1001)
  }

  static let elements: [(String, String)] = [
    ("R", "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    (" I ", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    ("{}", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    ("null", "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages"),
    ("42", "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages"),
    (#""a,b""#, "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages"),
    ("[R]", "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages"),
    (#"{"records":[R,I]}"#, "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages"),
    (#"{"records":[]}"#, "0 read, 0 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    (#"{"records":[null]}"#, "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages"),
    (#"{"records":"x"}"#, "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    (#"{"records":{}}"#, "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages"),
    ("{'a':'b'}", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages, repaired"),
    ("{\"a\":\"x\ny\"}", "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages, repaired"),
    ("{", "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    ("]", "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    ("1,2", "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    ("", "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages"),
  ]

  @Test(arguments: elements)
  func `may be an element of an array`(form: String, expected: String) {
    let text = Self.filled(form)
    let output = decode(text, as: .element)
    #expect(told(output) == expected)
    #expect(output.reconciles)
    #expect(output.rejects.allSatisfy { $0.offset < max(text.utf8.count, 1) })
  }

  @Test(arguments: [
    "[", "{\"a\":", "[{\"records\":[", #"{"operationName":"\#(Fixture.operation)","a":"#, "\"",
    "[1,",
  ])
  func `may be a bomb`(piece: String) {
    let message = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
    let output = decode(message)
    #expect(output.reconciles && output.records.isEmpty)
    #expect(output.counts.messagesRejected == 1)
  }

  @Test func `may hold a record that is nested too deeply`() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let output = Fixture(["properties": deep]).decoded
    #expect(told(output) == "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages")
  }
}
