import Access
import Testing

@testable import AccessDecoding

@Suite struct `A Bastion audit record` {
  static let host =
    "/SUBSCRIPTIONS/\(Fixture.subscription)/RESOURCEGROUPS/RG-NET/PROVIDERS/MICROSOFT.NETWORK/"
    + "BASTIONHOSTS/B1"

  static func record(
    _ properties: String = "", _ changes: [String: String?] = [:]
  ) -> Fixture {
    let target = #""targetResourceId":\#(Fixture.vm.uppercased().quoted)"#
    let members = properties.isEmpty ? target : target + "," + properties
    return Fixture(
      [
        "operationName": #""Microsoft.Network/BastionHost/connect""#,
        "category": #""BastionAuditLogs""#, "resourceId": host.quoted, "correlationId": nil,
        "resultType": nil, "resultSignature": nil, "callerIpAddress": nil,
        "properties": "{\(members)}",
      ].merging(changes) { _, given in given })
  }

  @Test func `tells who reached which VM from where`() throws {
    let record = Self.record(
      #""userName":"azureuser","clientIpAddress":"203.0.113.10:4711","clientPort":24039,"#
        + #""protocol":"ssh","message":"Successfully Connected.","resourceType":"VM","#
        + #""userEmail":" user@example.com ","tunnelId":"t-1""#)
    let output = record.decoded
    #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages")
    let evidence = try #require(output.records.first?.evidence.first)
    var expected = Evidence(
      kind: .sessionOpened,
      occurredAt: try #require(EventTime(rfc3339: "2026-08-12T22:41:07.5329521Z")),
      operation: "microsoft.network/bastionhost/connect", phase: .other,
      resource: ResourceID(Self.host), correlationID: "")
    expected.claims.emailAddress = "user@example.com"
    expected.callerAddress = "203.0.113.10"
    expected.session = SessionDetail(
      vm: ResourceID(Fixture.vm), login: "azureuser", protocolName: "ssh", tunnelID: "t-1")
    #expect(evidence == expected)
    #expect(output.newestOccurredAt == nil && output.activityRecords == 0)
  }

  static let kinds: [(String, Evidence.Kind)] = [
    (#""message":"Login Failed""#, .sessionRefused), (#""message":"FAILED""#, .sessionRefused),
    (#""message":"login failed","duration":7"#, .sessionRefused),
    (#""message":"Successfully Connected.""#, .sessionOpened), ("", .sessionOpened),
    (#""message":null,"duration":"""#, .sessionOpened), (#""duration":0"#, .sessionOpened),
    (#""duration":12.5"#, .sessionClosed), (#""Duration":"00:01:00""#, .sessionClosed),
    (#""message":"Successfully Disconnected.""#, .sessionClosed),
    (#""message":"Session closed""#, .sessionClosed), (#""message":"ENDED""#, .sessionClosed),
  ]

  @Test(arguments: kinds)
  func `is about the beginning, the refusal or the end of a session`(
    properties: String, kind: Evidence.Kind
  ) throws {
    let evidence = try #require(Self.record(properties, ["resultType": #""Failure""#]).evidence)
    #expect(evidence.kind == kind && evidence.phase == .other && evidence.error == nil)
  }

  static let others: [[String: String?]] = [
    ["category": #""BASTIONAUDITLOGS""#], ["category": #""Bastion\u0041uditLogs""#],
    ["operationName": #""x""#], ["operationName": nil], ["operationName": "7"],
    ["category": nil, "Category": #""BastionAuditLogs""#], ["correlationId": #""C-1""#],
    ["identity": #"{"claims":{"upn":"u"}}"#], ["callerIpAddress": #""203.0.113.10""#],
  ]

  @Test(arguments: others)
  func `is known by its category in any case`(changes: [String: String?]) throws {
    let evidence = try #require(Self.record("", changes).evidence)
    #expect(evidence.session?.vm == ResourceID(Fixture.vm))
    #expect(evidence.correlationID == (changes["correlationId"] == nil ? "" : "c-1"))
    let isStated = changes["operationName"] == #""x""#
    #expect(evidence.operation == (isStated ? "x" : "microsoft.network/bastionhost/connect"))
  }

  @Test func `may hold its properties as text`() throws {
    let properties = #"{"targetResourceId":\#(Fixture.vm.quoted),"message":"Login Failed"}"#
    let evidence = try #require(Self.record("", ["properties": properties.quoted]).evidence)
    #expect(evidence.kind == .sessionRefused)
  }

  static let irrelevant: [[String: String?]] = [
    ["properties": "{}"], ["properties": nil], ["properties": "null"],
    ["properties": #"{"targetResourceId":""}"#], ["properties": nil, "time": nil],
    ["category": #""BastionAuditLog""#], ["category": "null"],
  ]

  @Test(arguments: irrelevant)
  func `is irrelevant without a VM and by another category`(changes: [String: String?]) {
    let output = Self.record("", changes).decoded
    #expect(told(output) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
    #expect(output.activityRecords == 0)
  }

  static let broken: [[String: String?]] = [
    ["time": nil], ["resourceId": nil], ["properties": "[]"], ["properties": #""plain""#],
  ]

  @Test(arguments: broken)
  func `is rejected when it cannot be used`(changes: [String: String?]) {
    let output = Self.record("", changes).decoded
    #expect(told(output) == "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages")
  }
}
