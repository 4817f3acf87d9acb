import Access
import Testing

@testable import AccessDecoding

@Suite struct `A record` {
  static let relevant: [String] = [
    Fixture.operation.quoted, Fixture.operation.lowercased().quoted,
    #""Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action""#,
    Fixture.operation.replacing("/", with: "\\/").quoted.replacing("\\\\", with: "\\"),
    Fixture.operation.quoted.replacing("M", with: "\\u004d"),
  ]

  @Test(arguments: relevant)
  func `is relevant by its operation in any case`(source: String) throws {
    let evidence = try #require(Fixture(["operationName": source]).evidence)
    #expect(evidence.operation == Fixture.operation.lowercased())
  }

  static let irrelevant = [
    #""Microsoft.Security/locations/jitNetworkAccessPolicies/read""#, #""""#, "null", "42",
    #"{"value":"x"}"#, (Fixture.operation + "X").quoted, (" " + Fixture.operation).quoted,
    #""\ud800""#, #""\x""#,
  ]

  @Test(arguments: irrelevant)
  func `is irrelevant by any other operation`(source: String) {
    let output = Fixture(["operationName": source, "resourceId": nil]).decoded
    #expect(told(output) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
  }

  static let keys = [
    #""OperationName":"#, #""OPERATIONNAME" : "#, #""operation\u004eame":"#,
    #""OperationName":"x","operationName":"#,
  ]

  @Test(arguments: keys)
  func `is relevant under a key of any case, the exact one first`(key: String) throws {
    let text = Fixture().text.replacing(#""operationName":"#, with: key)
    let output = decode("[\(text)]")
    #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages")
    #expect(output.records.first?.evidence.first?.phase == .start)
  }

  @Test func `has its other keys in any case`() throws {
    let text = Fixture().text.replacing(#""time""#, with: #""Time""#)
      .replacing(#""resourceId""#, with: #""ResourceID""#)
      .replacing(#""resultType""#, with: #""RESULTTYPE""#)
      .replacing(#""category""#, with: #""Category""#)
    let output = decode(text)
    #expect(output.records.first?.evidence.first?.phase == .start)
    #expect(output.newestOccurredAt == output.records.first?.evidence.first?.occurredAt)
  }

  static let unusable: [([String: String?], String)] = [
    (["time": nil], "no time"), (["time": "null"], "no time"), (["time": #""""#], "no time"),
    (["time": #""yesterday""#], "time cannot be read"), (["time": "1754321000"], "time cannot"),
    (["resourceId": nil], "no resourceId"), (["resourceId": #"" ""#], "no resourceId"),
    (["resourceId": "7"], "no resourceId"), (["level": "nope"], "not JSON"),
    (["level": #""\q""#], "not JSON"), (["level": "01"], "not JSON"),
    (["properties": "{'a':'b's}"], "not JSON"),
  ]

  @Test(arguments: unusable)
  func `is rejected with its bytes when it cannot be used`(
    changes: [String: String?], reason: String
  ) throws {
    let record = Fixture(changes)
    let output = decode("[\(Fixture.irrelevant),\(record.text)]")
    #expect(told(output) == "2 read, 1 irrelevant, 1 rejected, 0 evidence, 0 messages")
    let reject = try #require(output.rejects.first)
    #expect(reject.kind == .record && reject.reason.contains(reason), "\(reject.reason)")
    #expect(reject.bytes == Array(record.text.utf8))
    #expect(reject.offset == Fixture.irrelevant.utf8.count + 2)
  }

  @Test func `is rejected when only its brackets show that it is relevant`() throws {
    let text = Fixture().text.replacing(#"","operationName""#, with: #"" "operationName""#)
    let output = decode("[\(text)]")
    #expect(told(output) == "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages")
  }

  @Test func `is mended where that has one meaning`() throws {
    let output = Fixture(["properties": "{'statusCode':'OK',}"]).decoded
    #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages, repaired")
  }

  @Test func `may have keys that differ in case, numbers as texts and long numbers`() throws {
    let digits = String(repeating: "9", count: 40)
    let record = Fixture([
      "Level": "4", "level": #""Information""#, "durationMs": "2826", "jobId": digits,
      "x": #"{"a\/b":1e400}"#,
    ])
    #expect(record.evidence != nil)
  }

  @Test func `may be of an operation that is set`() {
    let settings = DecodingSettings(initiateOperations: ["Contoso.Doors/OPEN/action"])
    let record = Fixture(["operationName": #""CONTOSO.DOORS/open/ACTION""#])
    let output = decode(record.text, as: .message, settings)
    #expect(output.records.first?.evidence.first?.operation == "contoso.doors/open/action")
    #expect(decode(record.text).records.isEmpty)
  }
}

@Suite struct `The newest instant of a message` {
  static let movers: [(String, String?)] = [
    (#"{"time":"2026-08-12T10:00:00Z","category":"Administrative"}"#, "2026-08-12T10:00:00Z"),
    (
      #"{"time":"2026-08-12T10:00:00Z","category":"security","operationName":"x"}"#,
      "2026-08-12T10:00:00Z"
    ),
    (
      #"{"time":"01\/09\/2007 09:41:00","category":"Wri\u0074e","operationName":"x"}"#,
      "2007-01-09T09:41:00Z"
    ),
    (
      #"{"Time":"2026-08-12T10:00:00Z","Category":"Policy","operationName":"x"}"#,
      "2026-08-12T10:00:00Z"
    ),
    (
      #"{"time":"2026-08-12T10:00:00Z","operationName":"x","properties":{"eventName":"e"}}"#,
      "2026-08-12T10:00:00Z"
    ),
    (
      #"{"time":"2026-08-12T10:00:00Z","category":null,"operationName":"x","properties":{"EventProperties":{}}}"#,
      "2026-08-12T10:00:00Z"
    ),
    (#"{"time":"2026-08-12T10:00:00Z","operationName":"x","properties":{}}"#, nil),
    (#"{"time":"2026-08-12T10:00:00Z","operationName":"x"}"#, nil),
    (#"{"time":"2026-08-12T10:00:00Z","metricName":"CpuTime"}"#, nil),
    (#"{"time":"2026-08-12T10:00:00Z","category":"BastionAuditLogs","operationName":"x"}"#, nil),
    (
      #"{"time":"2026-08-12T10:00:00Z","category":"SignInLogs","operationName":"x","properties":{"eventName":"e"}}"#,
      nil
    ),
    (#"{"time":"soon","category":"Administrative","operationName":"x"}"#, nil),
    (#"{"time":null,"category":"Administrative","operationName":"x"}"#, nil),
    (#"{"category":"Administrative","operationName":"x"}"#, nil),
    (#"{"time":"2026-08-12T10:00:00Z","category":7,"operationName":"x"}"#, nil),
  ]

  @Test(arguments: movers)
  func `comes from the activity log's readable records only`(record: String, time: String?) {
    let output = decode("[\(record)]")
    #expect(told(output) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
    #expect(output.newestOccurredAt?.description == time)
    #expect(output.activityRecords == (time == nil ? 0 : 1))
  }

  static let categories = [
    "Administrative", "Security", "ServiceHealth", "Alert", "Recommendation", "Policy",
    "Autoscale", "ResourceHealth", "Write", "Delete", "Action",
  ]

  @Test(arguments: categories)
  func `knows every category`(category: String) {
    for text in [category, category.uppercased()] {
      let record = #"{"time":"2026-08-12T10:00:00Z","category":"\#(text)","operationName":"x"}"#
      #expect(decode(record).activityRecords == 1)
    }
  }

  @Test func `does not come from a rejected record, and is the newest`() {
    let early = Fixture.irrelevant
    let late = early.replacing("T10:", with: "T11:")
    let broken = Fixture(["resourceId": nil]).text
    let output = decode("[\(early),\(late),\(early),\(broken)]")
    #expect(output.newestOccurredAt?.description == "2026-08-12T11:00:00Z")
    #expect(output.activityRecords == 3)
  }

  @Test func `passes over records of the future`() throws {
    let early = Fixture.irrelevant
    let late = early.replacing("T10:", with: "T11:")
    var decoder = MessageDecoder()
    var output = DecodedInput()
    output.newestAllowed = try #require(EventTime(rfc3339: "2026-08-12T10:59:59Z"))
    for _ in 0..<2 {
      decoder.decode(Array("[\(late),\(early)]".utf8).span.bytes, into: &output)
      #expect(output.newestOccurredAt?.description == "2026-08-12T10:00:00Z")
      #expect(output.activityRecords == 2 && output.counts.recordsRead == 2)
    }
  }
}
