import Contract
import Testing

@Suite struct `A contract value` {
  @Test(arguments: [
    (
      #" {"b" : [1, -2, true, null], "a":"x\u00e9\ud83d\ude00\n"} "#,
      #"{"a":"xé😀\n","b":[1,-2,true,null]}"#
    ),
    ("[]", "[]"), ("{}", "{}"), ("9223372036854775807", "9223372036854775807"),
    (#""\"\\\/\b\f\r\t""#, #""\"\\/\b\f\r\t""#),
    // RFC 8785 sorts by UTF-16: the emoji's first unit, D83D, comes before FB33.
    (#"{"\ufb33":1,"\ud83d\ude00":2}"#, "{\"😀\":2,\"\u{FB33}\":1}"),
  ])
  func `is read strictly and written canonically`(json: String, canonical: String) throws {
    #expect(try ContractValue(json: json).canonicalText == canonical)
  }

  @Test(arguments: [
    "", "{", "[1,]", #"{"a":1,}"#, #"{"a":1,"a":2}"#, "01", "1.5", "1e3", "-", "nul", "[1] 2",
    #""\x""#, #""\ud83d""#, #""\ud83dx""#, #""\u12""#, "\"a\nb\"", "'a'", "9223372036854775808",
    #"{"a" 1}"#, "{1:2}", String(repeating: "[", count: 100_000),
  ])
  func `refuses what is no JSON of the contract`(json: String) {
    #expect(throws: ContractSyntaxError.self) { try ContractValue(json: json) }
  }

  @Test func `refuses bytes that are not UTF-8`() {
    #expect(throws: ContractSyntaxError.self) { try ContractValue(json: [0x22, 0xFF, 0x22]) }
  }

  @Test func `names the place and the reason of a refusal`() {
    #expect {
      try ContractValue(json: #"{"a":1,"a":2}"#)
    } throws: { error in
      (error as? ContractSyntaxError)?.description == "The key is there twice. (byte 7)"
    }
  }

  @Test func `loses keys at any depth`() throws {
    let value = try ContractValue(json: #"[{"a":1,"text":2},{"b":{"evidence":[1],"c":3}}]"#)
    #expect(value.dropping(["text", "evidence"]).json == #"[{"a":1},{"b":{"c":3}}]"#)
  }

  @Test func `reads back what it has written`() throws {
    let row: ContractRow = ["a": .text("\u{1B}[31m\u{202E}\u{9B}\u{7F}é"), "b": .list([.null])]
    #expect(try ContractValue(json: row.json) == .object(row))
  }

  @Test func `shows in a line of JSON what a terminal would obey`() {
    let value = ContractValue.text("\u{1B}[31m\u{9B}2J\u{202E}\u{2028}\u{E0001}")
    #expect(value.json == #""\u001b[31m\u009b2J\u202e\u2028\udb40\udc01""#)
  }
}
