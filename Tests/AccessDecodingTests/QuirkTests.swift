import Access
import Testing

@testable import AccessDecoding

/// The quirks of activity logs and of the hubs they travel through, each with what is made of it.
///
/// One row for each; the suites of the parts look at their forms one by one.
@Suite struct `Every known quirk` {
  /// A quirk of one record, which is evidence all the same.
  struct OfRecord: CustomTestStringConvertible, Sendable {
    let quirk: String
    var changes: [String: String?]
    /// What is read: phase, time, correlation id, address, ports; then what is rejected.
    var read: String

    var testDescription: String { quirk }
  }

  static let usual =
    "Start 2026-08-12T22:41:07.5329521Z 7399f689-ddf5-4ade-b65c-43eecf2b0292 203.0.113.10"
  static let body = Fixture.ports(#"{"number":22}"#)
  static let properties = #"{"requestbody":\#(body.quoted)}"#

  static func time(_ text: String, _ read: String) -> OfRecord {
    OfRecord(
      quirk: "time as \(text)", changes: ["time": text.quoted],
      read: usual.replacing("2026-08-12T22:41:07.5329521Z", with: read))
  }

  static let times = [
    time("2026-08-12T22:41:07Z", "2026-08-12T22:41:07Z"),
    time("2026-08-12T22:41:07.123456789Z", "2026-08-12T22:41:07.1234567Z"),
    time("2026-08-12T22:41:07.5+00:00", "2026-08-12T22:41:07.5Z"),
    time("2026-08-12T22:41:07+02:00", "2026-08-12T20:41:07Z"),
    time("2026-08-12T22:41:07", "2026-08-12T22:41:07Z"),
    time("01/09/2007 09:41:00", "2007-01-09T09:41:00Z"),
    time("1/9/2007 9:41:00 AM", "2007-01-09T09:41:00Z"),
    time("1/9/2007 9:41:00 AM +01:00", "2007-01-09T08:41:00Z"),
    time("04/02/2021 07:45:00", "2021-04-02T07:45:00Z"),
    time("2021-02-04T07: 45: 44.5864815Z", "2021-02-04T07:45:44.5864815Z"),
  ]

  static let values = [
    OfRecord(
      quirk: "case varies by field and phase",
      changes: ["resultType": #""START""#, "OperationName": #""other""#], read: usual),
    OfRecord(
      quirk: "keys that differ in case only",
      changes: ["Level": #""4""#, "level": #""Information""#], read: usual),
    OfRecord(
      quirk: "numbers as strings, and strings as numbers",
      changes: ["durationMs": #""0""#, "resultSignature": "200", "level": "4"], read: usual),
    OfRecord(
      quirk: "placeholder instead of an address", changes: ["callerIpAddress": #""<null>""#],
      read: usual.replacing("203.0.113.10", with: "-")),
    OfRecord(
      quirk: "address with its port", changes: ["callerIpAddress": #""203.0.113.10:50312""#],
      read: usual),
    OfRecord(
      quirk: "correlation id as a path", changes: ["correlationId": #""/Runs/08586/X""#],
      read: usual.replacing("7399f689-ddf5-4ade-b65c-43eecf2b0292", with: "/runs/08586/x")),
    OfRecord(
      quirk: "correlation id of zeros",
      changes: ["correlationId": #""00000000-0000-0000-0000-000000000000""#],
      read: usual.replacing("7399f689-ddf5-4ade-b65c-43eecf2b0292", with: "-")),
    OfRecord(
      quirk: "escaped slashes",
      changes: [
        "operationName": #""\#(Fixture.operation.replacing("/", with: "\\/"))""#,
        "resourceId": #""\#(Fixture.policy.replacing("/", with: "\\/"))""#,
      ], read: usual),
    OfRecord(
      quirk: "legacy category", changes: ["category": #""Action""#], read: usual),
    OfRecord(
      quirk: "identity as a plain text", changes: ["identity": #""someone""#], read: usual),
    OfRecord(quirk: "identity as null", changes: ["identity": "null"], read: usual),
    OfRecord(quirk: "identity as an array", changes: ["identity": "[1]"], read: usual),
  ]

  static let bodies = [
    OfRecord(
      quirk: "properties as an object", changes: ["properties": properties], read: usual + " 22"),
    OfRecord(
      quirk: "properties as a string", changes: ["properties": properties.quoted],
      read: usual + " 22"),
    OfRecord(
      quirk: "body as an object", changes: ["properties": #"{"requestbody":\#(body)}"#],
      read: usual + " 22"),
    OfRecord(
      quirk: "body under a key of another case",
      changes: ["properties": #"{"requestBody":\#(body.quoted)}"#], read: usual + " 22"),
    OfRecord(
      quirk: "body with its port as a string",
      changes: [
        "properties": #"{"requestbody":\#(Fixture.ports(#"{"number":"22"}"#).quoted)}"#
      ], read: usual + " 22"),
    OfRecord(
      quirk: "properties in single quotes",
      changes: ["properties": "{'requestbody':{'virtualMachines':[]}}"], read: usual + " repaired"),
    OfRecord(
      quirk: "properties as a string in single quotes",
      changes: ["properties": #""{'appName':'x','levelId':2}""#], read: usual + " repaired"),
    OfRecord(
      quirk: "raw newline in a string",
      changes: ["properties": "{\"message\":\"two\nlines\"}"], read: usual + " repaired"),
    OfRecord(quirk: "properties as null", changes: ["properties": "null"], read: usual),
    OfRecord(
      quirk: "properties as an array", changes: ["properties": "[\(properties)]"],
      read: usual + " body rejected"),
    OfRecord(
      quirk: "body cut by its writer",
      changes: ["properties": #"{"requestbody":\#(String(body.dropLast(9)).quoted)}"#],
      read: usual + " body rejected"),
  ]

  @Test(arguments: times + values + bodies)
  func `of a record leaves it evidence`(_ row: OfRecord) throws {
    let output = Fixture(row.changes).decoded
    let decoded = try #require(output.records.first)
    let evidence = decoded.evidence[0]
    var read = [
      evidence.phase.text, "\(evidence.occurredAt)",
      evidence.correlationID.isEmpty ? "-" : evidence.correlationID,
      evidence.callerAddress ?? "-",
    ]
    read += evidence.asked?.ports.map { "\($0.number)" } ?? []
    if output.counts.repaired > 0 { read.append("repaired") }
    if !decoded.bodyRejects.isEmpty { read.append("body rejected") }
    #expect(read.joined(separator: " ") == row.read)
    #expect(output.reconciles && output.rejects.isEmpty && output.counts.recordsRead == 1)
    #expect(evidence.resource == ResourceID(Fixture.policy))
  }

  /// A quirk of a message with what is told of it; `R` is a request, `I` an irrelevant record.
  struct OfMessage: CustomTestStringConvertible, Sendable {
    let quirk: String
    let message: String
    let told: String

    var testDescription: String { quirk }
  }

  private static func none(_ quirk: String, _ record: String) -> OfMessage {
    OfMessage(
      quirk: quirk, message: #"{"records":[R,\#(record)]}"#,
      told: "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages")
  }

  private static func one(_ quirk: String, _ message: String, _ more: String = "") -> OfMessage {
    OfMessage(
      quirk: quirk, message: message,
      told: "2 read, 1 irrelevant, 0 rejected, 1 evidence, 0 messages" + more)
  }

  static let others = [
    none(
      "metric", #"{"count":1,"total":5,"metricName":"IncomingBytes","time":"2026-08-12T10:00:00Z"}"#
    ),
    none(
      "sign-in",
      #"{"time":"8/12/2026 10:00:00 AM","operationName":"Sign-in activity","category":"SignInLogs","#
        + #""identity":"A User","callerIpAddress":"<null>","correlationId":"x","properties":{}}"#),
    none(
      "log of a function app",
      #"{"category":"FunctionAppLogs","operationName":"X/write","#
        + #""properties":{"message":"it's"}}"#),
    none(
      "resource log",
      #"{"time":"2026-08-12T10:00:00Z","category":"AuditEvent","#
        + #""operationName":"SecretGet","resultType":"Success"}"#),
    none("record that names the operation elsewhere", #"{"message":\#(Fixture.operation.quoted)}"#),
    none("empty record", "{}"),
  ]

  static let forms = [
    one("array of records", "[R,I]"),
    one("array of messages", #"[{"records":[R]},{"records":[I]}]"#),
    one("nested records", #"{"records":[{"records":[R,I]}]}"#),
    one("records on lines", "R\nI\n"), one("records on lines, of Windows", "R\r\nI\r\n"),
    one("joined records", "R,I", ", repaired"), one("trailing comma", "[R,I,]", ", repaired"),
    one("byte order mark", "\u{FEFF}[R,I]", ", repaired"),
    one("single quotes beside a record", "[R,{'a':'b'}]", ", repaired"),
    OfMessage(
      quirk: "null and numbers beside records", message: "[R,null,42]",
      told: "3 read, 0 irrelevant, 2 rejected, 1 evidence, 0 messages"),
    OfMessage(
      quirk: "two events of one call", message: "[R,R]",
      told: "2 read, 0 irrelevant, 0 rejected, 2 evidence, 0 messages"),
    OfMessage(
      quirk: "cut in the middle", message: #"{"records":[R,{"time":"20"#,
      told: "1 read, 0 irrelevant, 0 rejected, 1 evidence, 1 messages"),
    OfMessage(
      quirk: "no JSON at all", message: "<html>R</html>",
      told: "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages"),
    OfMessage(
      quirk: "nothing", message: "",
      told: "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages"),
  ]

  @Test(arguments: others + forms)
  func `of a message leaves its records`(_ row: OfMessage) {
    let output = decode(Self.filled(row.message))
    #expect(told(output) == row.told)
    #expect(output.reconciles)
  }

  /// The letters stand alone, between the signs of JSON.
  private static func filled(_ form: String) -> String {
    form.replacing(#/\bI\b(?=[\],\s]|$)/#, with: Fixture.irrelevant)
      .replacing(#/\bR\b/#, with: Fixture().text)
  }

  @Test func `of compression is told by its name, with all bytes kept`() throws {
    let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0x56, 2, 0]
    let output = decode(gzip)
    #expect(told(output) == "0 read, 0 irrelevant, 0 rejected, 0 evidence, 1 messages")
    let reject = try #require(output.rejects.first)
    #expect(reject.bytes == gzip && reject.reason.contains("gzip"))
  }
}
