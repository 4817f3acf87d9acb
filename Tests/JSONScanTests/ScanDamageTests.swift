import Testing

@testable import JSONScan

@Suite struct `A damaged message` {
  static let first = #"{"time":"1","properties":{"a":["}","é\"😀"]}}"#
  static let second = #"{"time":"2","category":[{}]}"#

  @Test(arguments: [false, true])
  func `gives the records before the cut, wherever it is cut`(structurally: Bool) {
    for (head, tail) in [("{\"records\": [", " ] , \"x\": 1 }"), ("[", "]")] {
      let message = Array((head + Self.first + " ,\n" + Self.second + tail).utf8)
      let firstEnd = head.utf8.count + Self.first.utf8.count
      let secondEnd = firstEnd + 3 + Self.second.utf8.count
      for length in 1..<message.count {
        let scanned = scan(Array(message[..<length]), structurally: structurally)
        let expected =
          length < firstEnd ? [] : length < secondEnd ? [Self.first] : [Self.first, Self.second]
        #expect(scanned.records == expected, "cut at \(length)")
        #expect(scanned.outcome.damage != nil, "cut at \(length)")
        if length > secondEnd - 5, length < secondEnd {
          #expect(scanned.outcome.damage?.offset == firstEnd + 3)
        }
      }
    }
  }

  @Test func `gives a lone record only when it is closed`() {
    let message = Array(Self.first.utf8)
    for length in 1..<message.count {
      #expect(scan(Array(message[..<length])).outcome.damage?.offset == 0)
    }
    #expect(scan(message).records == [Self.first])
  }

  static let breaks: [(String, [String], JSONScanError.Code, Int)] = [
    (#"[{"a":1},{"b":2}] x"#, [#"{"a":1}"#, #"{"b":2}"#], .trailingContent, 18),
    (#"{"a":1}{"b":2}"#, [#"{"a":1}"#], .trailingContent, 7),
    (#"[{"a":1} {"b":2}]"#, [#"{"a":1}"#], .unexpectedToken, 9),
    (#"[{"a":1},]"#, [#"{"a":1}"#], .unexpectedToken, 9),
    (#"[{"a":1},,{"b":2}]"#, [#"{"a":1}"#], .unexpectedToken, 9),
    (#"[{"a":1},{"b":[2}]"#, [#"{"a":1}"#], .mismatchedBracket, 9),
    (#"[{"a":1},{"b":2]]"#, [#"{"a":1}"#], .mismatchedBracket, 9),
    (#"[{"a":1},{"b" [2}],{"c":3}]"#, [#"{"a":1}"#], .mismatchedBracket, 9),
    (#"[{"a":1}}"#, [#"{"a":1}"#], .unexpectedToken, 8),
    (#"[{"a":1},{"b":"2}]"#, [#"{"a":1}"#], .unclosedString, 9),
    (#"[{"a":1},"b"#, [#"{"a":1}"#], .unclosedString, 9),
    (#"[{"a":1}"#, [#"{"a":1}"#], .unclosedContainer, 8),
    (#"[{"a":1},4"#, [#"{"a":1}"#], .unclosedContainer, 9),
    (#"{"records":[{"a":1}],"x":[1}"#, [#"{"a":1}"#], .mismatchedBracket, 20),
    ("[{\"a\":1},{\"b\":\"\n\"},{\"c\":3}]", [#"{"a":1}"#], .controlCharacter, 9),
    ("[{\"a\":1}]\"\u{1}\"", [#"{"a":1}"#], .controlCharacter, 9),
  ]

  @Test(arguments: breaks)
  func `tells where the rest begins`(
    message: String, records: [String], code: JSONScanError.Code, offset: Int
  ) {
    let scanned = scan(message)
    #expect(scanned.records == records)
    #expect(scanned.outcome.damage?.code == code)
    #expect(scanned.outcome.damage?.offset == offset)
  }

  static let invalid: [[UInt8]] = [
    [0xFF], [0x80], [0xC0, 0xAF], [0xC3], [0xE2, 0x82], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
    [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x5C],
  ]

  @Test(arguments: invalid)
  func `keeps what comes before bytes that are not UTF-8`(bytes: [UInt8]) {
    let good = Array(#"{"time":"é😀"}"#.utf8)
    let bad = Array(#"{"x":""#.utf8) + bytes + Array(#""}"#.utf8)
    let inFirst = Array("[".utf8) + bad + Array(",".utf8) + good + Array("]".utf8)
    #expect(scan(inFirst).records == [])
    #expect(scan(inFirst).outcome.damage == JSONScanError(code: .invalidUTF8, offset: 1))
    let inSecond = Array("[".utf8) + good + Array(",".utf8) + bad + Array("]".utf8)
    #expect(scan(inSecond).records == [String(decoding: good, as: UTF8.self)])
    let offset = good.count + 2
    #expect(scan(inSecond).outcome.damage == JSONScanError(code: .invalidUTF8, offset: offset))
    let behind = Array("[".utf8) + good + Array("]".utf8) + bytes
    #expect(scan(behind).records.count == 1)
    #expect(scan(behind).outcome.damage?.code == .invalidUTF8)
  }

  static let bombs = [
    "[", "{\"a\":", "[{\"records\":", "[{\"records\":[", "{\"records\":[{", "\"", "\\", "{}",
  ]

  @Test(arguments: bombs)
  func `may be a bomb of brackets`(piece: String) {
    let bomb = Array(String(repeating: piece, count: (2 << 20) / piece.utf8.count).utf8)
    for structurally in [false, true] {
      let outcome = scan(bomb, structurally: structurally).outcome
      #expect(outcome.records == 0)
      #expect(!outcome.isComplete)
    }
  }

  @Test func `is not read deeper into nested messages than sixteen`() {
    let deep = String(repeating: "[{\"records\":", count: 40) + "[{\"a\":1}]"
    let message = deep + String(repeating: "}]", count: 40)
    let outcome = scan(message).outcome
    #expect(outcome.isComplete)
    #expect(outcome.nonObjects + outcome.records == 1)
  }

  @Test func `is described in words`() {
    let error = JSONScanError(code: .unclosedString, offset: 17)
    #expect("\(error)" == "a string is not closed at byte 17")
    #expect("\(JSONScanError(code: .empty, offset: nil))" == "the text is empty")
  }
}
