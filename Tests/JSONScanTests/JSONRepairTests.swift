import Testing

@testable import JSONScan

@Suite struct `A repair` {
  private func repair(_ source: String) -> (text: String, repairs: JSONRepair)? {
    JSONRepair.repair(Array(source.utf8).span.bytes).map {
      (String(decoding: $0.bytes, as: UTF8.self), $0.repairs)
    }
  }

  static let mended: [(String, String, JSONRepair)] = [
    ("\u{FEFF}[{\"a\":1}]", "[{\"a\":1}]", .byteOrderMark),
    ("{'a':'b', 'c' : ['d'] }", "{\"a\":\"b\", \"c\" : [\"d\"] }", .singleQuotes),
    (#"{"a":{'n':'x "y" z'}}"#, #"{"a":{"n":"x \"y\" z"}}"#, .singleQuotes),
    (#"{'a':'it\'s \\ \"b\" \n'}"#, #"{"a":"it's \\ \"b\" \n"}"#, .singleQuotes),
    ("{'a':''}", "{\"a\":\"\"}", .singleQuotes),
    ("[\"a\nb\tc\r\nd\u{1}\"]", #"["a\nb\tc\r\nd\u0001"]"#, .controlCharacters),
    ("{\"a\":'b\nc'}", #"{"a":"b\nc"}"#, [.singleQuotes, .controlCharacters]),
    (#"{"a":1},{"b":2}"#, #"[{"a":1},{"b":2}]"#, .joinedObjects),
    ("{\"a\":1}\n{\"b\":2}\n", "[{\"a\":1}\n,{\"b\":2}\n]", .joinedObjects),
    (#"{"a":1}{"b":2}{"c":3}"#, #"[{"a":1},{"b":2},{"c":3}]"#, .joinedObjects),
    ("{\"a\":1},\n{\"b\":2},\n", "[{\"a\":1},\n{\"b\":2} \n]", [.joinedObjects, .trailingCommas]),
    (#"{"a":1},"#, #"{"a":1} "#, .trailingCommas),
    (#"{"a":[1,2,],"b":{"c":1, },}"#, #"{"a":[1,2 ],"b":{"c":1  } }"#, .trailingCommas),
    (#"{"a":1},{"b":"#, #"[{"a":1},{"b":"#, .joinedObjects),
    (#"{"a":1}{"b":2} x"#, #"[{"a":1},{"b":2} x"#, .joinedObjects),
    (#"{'a':1,'b':'it's'}"#, #"{"a":1,"b":'it's'}"#, .singleQuotes),
  ]

  @Test(arguments: mended)
  func `mends and tells what it mended`(source: String, result: String, repairs: JSONRepair) {
    let repaired = repair(source)
    #expect(repaired?.text == result)
    #expect(repaired?.repairs == repairs)
  }

  static let untouched = [
    "", "{}", "42", "[1,2]", #"{"a":"it's","b":"{'key':'value'}"}"#, #"{"a":"x,]","b":",}"}"#,
    "[,]", "[1,,2]", "{,}", #"{"a":1},,{"b":2}"#, #",{"a":1}"#, "it's", "'a'", "{\"a\":1}]",
    #"[1]{"a":1}"#, #"{"a":1}[1]"#, #"{"a\": 1}"#, "\"a\\\n\"", #"{"a":"b"#, #"{"a":b'c'}"#,
  ]

  @Test(arguments: untouched)
  func `leaves alone what is right or has no one meaning`(source: String) {
    #expect(repair(source) == nil)
  }

  static let readable: [(String, [String])] = [
    ("{\"records\":[{\"a\":1}]}\n{\"records\":[{\"b\":2}]}", [#"{"a":1}"#, #"{"b":2}"#]),
    ("{'records':[{'time':'t'},],}", [#"{"time":"t"}"#]),
    ("\u{FEFF}{\"time\":\"a\nb\"}", [#"{"time":"a\nb"}"#]),
    ("{\"a\":1},{\"b\":2},{\"c\":", [#"{"a":1}"#, #"{"b":2}"#]),
  ]

  @Test(arguments: readable)
  func `lets a scan find the records`(source: String, records: [String]) throws {
    let repaired = try #require(repair(source))
    #expect(scan(repaired.text).records == records)
  }

  @Test func `finds nothing to do in well-formed messages`() {
    for seed in 0..<cases {
      var random = RandomJSON(seed: seed &+ 4_000_000)
      let message = random.message()
      #expect(repair(message) == nil, "seed \(seed): \(message)")
    }
  }

  @Test func `joins any well-formed objects to what they were`() {
    for seed in 0..<cases {
      var random = RandomJSON(seed: seed &+ 5_000_000)
      let objects = (0..<3).map { _ in
        "{\"x\":" + random.value(depth: 1) + "}"
      }
      let separator = random.pick([",", "", "\n", " ,\r\n"])
      let repaired = repair(objects.joined(separator: separator))
      #expect(repaired.map { scan($0.text).records } == objects, "seed \(seed)")
    }
  }

  @Test(arguments: ["'", "\"", "{'a':'", ",", "{", "[1,", "\\", "{},", "{'a'", "\"\n"])
  func `takes any bomb of one piece`(piece: String) {
    let bomb = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
    let repaired = repair(bomb)
    #expect((repaired?.text.utf8.count ?? 0) <= 6 * bomb.utf8.count + 2)
  }
}
