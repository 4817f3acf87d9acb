import Testing

@testable import JSONScan

@Suite struct `The values of a record` {
  @Test func `are found as raw slices with their kinds`() {
    let message = #"""
      {"records": [ { "resultType" : 7 , "time":"2026-01-01", "x":{"category":"no"},
      "operationName" : {"a":[1]} , "category":"a\/b" , "y": 1 } ]}
      """#
    let scanned = scan(message)
    #expect(scanned.values == [["2026-01-01", #"{"a":[1]}"#, #"a\/b"#, "7"]])
    #expect(scanned.kinds == [[.string, .other, .escapedString, .other]])
    #expect(scanned.records[0].hasPrefix("{ \"resultType\"") && scanned.records[0].hasSuffix("1 }"))
  }

  static let keys: [(String, [String?])] = [
    (#"{"time":"a","time":"b"}"#, ["a", nil, nil, nil]),
    (#"{"Time":"a","time":"b"}"#, ["b", nil, nil, nil]),
    (#"{"TIME":"a","Category":"b"}"#, [nil, nil, nil, nil]),
    (#"{"tim\u0065":"a"}"#, [nil, nil, nil, nil]),
    (#"{"tim":1,"timer":2,"time ":3,"":4}"#, [nil, nil, nil, nil]),
    (#"{"a":{"time":1},"b":["time",{"time":2}],"c":"time"}"#, [nil, nil, nil, nil]),
    (#"{"time":"","category":null,"resultType":"\""}"#, ["", nil, "null", #"\""#]),
    (
      #"{"time":"a:{}[],","operationName":"MICROSOFT.SECURITY/x"}"#,
      ["a:{}[],", "MICROSOFT.SECURITY/x", nil, nil]
    ),
  ]

  @Test(arguments: keys)
  func `belong to the first key of exactly these bytes`(record: String, values: [String?]) {
    #expect(scan("[\(record)]").values == [values])
    #expect(scan(record).values == [values])
    #expect(scan(#"{"records":[{"z":1},\#(record)]}"#).values.last == values)
  }

  @Test func `stand at the offsets of the message`() {
    let scanner = TestScanner()
    scanner.scan(#"{"records":[{"b":1},{"time":"xyz"}]}"#)
    #expect(scanner.slot(1) == RecordSlot(offset: 20, length: 14, isRegular: true))
    #expect(scanner.value(1) == ValueSlot(kind: .string, offset: 29, length: 3))
    #expect(scanner.value(0).kind == .absent)
    #expect(scanner.valueText(0) == "")
  }

  @Test func `are kept for many records in one message`() {
    let records = (0..<5000).map { #"{"time":"\#($0)","category":"c"}"# }
    let scanned = scan("[" + records.joined(separator: ",") + "]")
    #expect(scanned.records == records)
    #expect(scanned.values.map { $0[0] } == (0..<5000).map { "\($0)" })
  }

  @Test func `survive the release of a large message's memory`() {
    let scanner = TestScanner(retainedLimit: 1 << 16)
    let large = "[" + String(repeating: #"{"time":1},"#, count: 100_000) + #"{"time":2}]"#
    #expect(scanner.scan(large).records == 100_001)
    scanner.releaseExcess()
    #expect(scanner.recordCount == 0)
    #expect(scanner.scan(#"[{"time":3}]"#).records == 1)
    #expect(scanner.valueText(0) == "3")
  }

  static let comparisons: [(StaticString, exact: Bool, ignoringCase: Bool)] = [
    ("Microsoft.Security/[x]", true, true), ("MICROSOFT.SECURITY/[X]", false, true),
    ("MICROSOFT.SECURITY/{X}", false, false), ("MICROSOFT.SECURITY/[X", false, false),
    ("", false, false),
  ]

  @Test(arguments: comparisons.indices)
  func `are compared with a constant, with or without the case of letters`(index: Int) {
    let (constant, exact, ignoringCase) = Self.comparisons[index]
    let bytes = Array("Microsoft.Security/[x]".utf8)
    let isEqual = bytes.span.bytes.isEqual(to: constant)
    let isEqualIgnoringCase = bytes.span.bytes.isEqualIgnoringASCIICase(to: constant)
    #expect(isEqual == exact)
    #expect(isEqualIgnoringCase == ignoringCase)
  }
}
