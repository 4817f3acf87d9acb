import Testing

@testable import JSONScan

@Suite struct `The shape of a message` {
  static let readable: [(String, ScanOutcome.Shape, records: Int, empty: Int, others: Int)] = [
    (#"{"records":[{"a":1},{"b":2}]}"#, .keyed, 2, 0, 0),
    (#" { "x" : [1] , "records" : [ {"a":1} ] , "y" : {} } "#, .keyed, 1, 0, 0),
    (#"[{"a":1},{"b":2},{"c":3}]"#, .array, 3, 0, 0),
    (#"{"time":"t","properties":{"records":[1]}}"#, .single, 1, 0, 0),
    (#"[]"#, .array, 0, 0, 0),
    (#"{"records":[]}"#, .keyed, 0, 0, 0),
    (#"[{}]"#, .array, 0, 1, 0),
    (#"{"records":[{},{ },{"a":1}]}"#, .keyed, 1, 2, 0),
    (#"[null,{"a":1},42,"x",[{"b":1}],true]"#, .array, 1, 0, 5),
    (#"[{"records":[{"a":1},{"b":2}]},{"records":[{"c":3}]}]"#, .array, 3, 0, 0),
    (#"{"records":[{"x":1,"records":[{"a":1},{"b":2}],"y":2},{"c":3}]}"#, .keyed, 3, 0, 0),
    (#"{"records":[{"records":"x","a":1}]}"#, .keyed, 1, 0, 0),
    (#"{"records":[{"a":1}],"records":[{"b":2}]}"#, .keyed, 2, 0, 0),
    (#"[{"records":[]},{"records":[{"records":[{"a":1}]}]}]"#, .array, 1, 0, 0),
    ("\r\n\t[ \n{\"a\":1}\n ]\n", .array, 1, 0, 0),
  ]

  @Test(arguments: readable)
  func `is told with its counts`(
    message: String, shape: ScanOutcome.Shape, records: Int, empty: Int, others: Int
  ) {
    let outcome = scan(message).outcome
    #expect(outcome.verdict == .complete)
    #expect(outcome.shape == shape)
    #expect(outcome.records == records)
    #expect(outcome.emptyObjects == empty)
    #expect(outcome.nonObjects == others)
    #expect(outcome.irregularRecords == 0)
  }

  static let unreadable: [(String, JSONScanError.Code)] = [
    ("", .empty), (" \n ", .empty), ("42", .notAContainer), ("null", .notAContainer),
    (#""records""#, .notAContainer), ("{}", .emptyObject), ("[null]", .noObjects),
    ("[1,[{}]]", .noObjects), (#"{"records":[null]}"#, .noObjects),
    (#"{"records":"x"}"#, .arrayKeyWithoutArray), (#"{"records":{"a":1}}"#, .arrayKeyWithoutArray),
    (#"{"a":1,"records":null,"b":2}"#, .arrayKeyWithoutArray), ("\u{FEFF}[]", .notAContainer),
  ]

  @Test(arguments: unreadable)
  func `is refused when it holds nothing to read`(message: String, code: JSONScanError.Code) {
    let outcome = scan(message).outcome
    #expect(outcome.isUnreadable)
    #expect(outcome.code == code)
    #expect(outcome.records == 0)
  }

  static let irregular = [
    #"[{"a" 1},{"b":2}]"#, #"[{"a":1,},{"b":2}]"#, #"[{'a':'b'},{"b":2}]"#, #"[{"a":},{"b":2}]"#,
    #"[{"a":"x"y},{"b":2}]"#, #"[{"time":"x"y},{"b":2}]"#, #"[{,},{"b":2}]"#,
    #"[{"a":1 "c":2},{"b":2}]"#,
  ]

  @Test(arguments: irregular)
  func `is whole although the members of a record are malformed`(message: String) {
    let scanned = scan(message)
    #expect(scanned.outcome.verdict == .complete)
    #expect(scanned.outcome.records == 2)
    #expect(scanned.outcome.irregularRecords == 1)
    #expect(scanned.records[1] == #"{"b":2}"#)
  }

  @Test func `is told after a scan that failed, and buffers serve again`() {
    var scanner = makeScanner()
    #expect(scan(Array("{".utf8), with: &scanner).outcome.damage?.code == .unclosedContainer)
    #expect(scan(Array(#"[{"a":1}]"#.utf8), with: &scanner).records == [#"{"a":1}"#])
    #expect(scan([], with: &scanner).outcome.isUnreadable)
    #expect(scan(Array(#"[{"time":1}]"#.utf8), with: &scanner).values == [["1", nil, nil, nil]])
  }
}
