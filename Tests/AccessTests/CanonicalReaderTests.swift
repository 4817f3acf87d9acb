import Access
import Testing

@Suite struct `A reader of canonical JSON` {
  private func text(_ json: String) -> String? {
    var reader = CanonicalReader(bytes(json))
    guard let text = try? reader.text(), (try? reader.finish()) != nil else { return nil }
    return text
  }

  private func number(_ json: String) -> Int64? {
    var reader = CanonicalReader(bytes(json))
    guard let number = try? reader.number(), (try? reader.finish()) != nil else { return nil }
    return number
  }

  @Test(arguments: [
    (#""""#, ""), (#""é€😀""#, "é€😀"), (#""\"\\\b\t\n\f\r""#, "\"\\\u{8}\t\n\u{C}\r"),
    (#""\u0001x\u001f""#, "\u{1}x\u{1F}"),
  ])
  func `reads texts`(json: String, expected: String) { #expect(text(json) == expected) }

  @Test(arguments: [
    "", "\"", "\"a", "a", #""\q""#, #""\/""#, #""\u1234""#, #""\u0041""#, #""\u00+1""#,
    #""\u00""#, #""\"#, "\"a\" ",
  ])
  func `refuses texts that nobody wrote`(json: String) { #expect(text(json) == nil) }

  @Test func `refuses bytes that are not UTF-8`() {
    for content in [[0xFF], [0x5C, 0x6E, 0xC3]] as [[UInt8]] {
      var reader = CanonicalReader([0x22] + content + [0x22])
      #expect(throws: CanonicalReader.Malformed.self) { try reader.text() }
    }
  }

  @Test(arguments: [("0", 0), ("-7", -7), ("9223372036854775807", Int64.max)])
  func `reads whole numbers`(json: String, expected: Int64) { #expect(number(json) == expected) }

  @Test(arguments: ["", "-", "01", "-0", "1.0", "+1", "9223372036854775808"])
  func `refuses other numbers`(json: String) { #expect(number(json) == nil) }

  @Test func `reads lists, flags and nulls`() throws {
    var reader = CanonicalReader(bytes("[true,false,null]"))
    var read: [Bool?] = []
    try reader.array { reader throws(CanonicalReader.Malformed) in
      read.append(reader.null() ? nil : try reader.flag())
    }
    try reader.finish()
    #expect(read == [true, false, nil])
  }

  @Test func `writes an array of texts`() {
    #expect(Access.CanonicalJSON.array(["a", "\""]) == bytes(#"["a","\""]"#))
    #expect(Access.CanonicalJSON.array([]) == bytes("[]"))
  }
}
