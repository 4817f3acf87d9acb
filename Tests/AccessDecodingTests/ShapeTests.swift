import Access
import Foundation
import TestSupport
import Testing

@testable import AccessDecoding

/// Decodes a CSV text: its rows are cut at line breaks outside of quotes.
func decodeCSV(_ text: String) -> [DecodedInput] {
  var rows: [String] = [""]
  var isQuoted = false
  for character in text {
    if character == "\"" { isQuoted.toggle() }
    if character.isNewline && !isQuoted {
      rows.append("")
    } else {
      rows[rows.count - 1].append(character)
    }
  }
  var decoder = MessageDecoder()
  guard decoder.begin(tableUnder: Array(rows[0].utf8).span.bytes) else { return [] }
  return rows.dropFirst().filter { !$0.isEmpty }.map { row in
    var output = DecodedInput()
    decoder.decode(Array(row.utf8).span.bytes, as: .row, into: &output)
    return output
  }
}

@Suite struct `One event in another shape` {
  static let start = ActivityEvent()

  static var failure: ActivityEvent {
    var event = ActivityEvent()
    event.phase = ("Failure", "Failed")
    event.detail = ("Forbidden", "Forbidden (HTTP Status Code: 403)")
    event.request = nil
    return event
  }

  /// An answer of Log Analytics with the event as its only row.
  static func answer(_ event: ActivityEvent) -> String {
    let names = event.row.keys.sorted()
    return ActivityEvent.json([
      "tables": [
        [
          "name": "PrimaryResult", "columns": names.map { ["name": $0, "type": "string"] },
          "rows": [names.map { event.row[$0] ?? "" }],
        ]
      ]
    ])
  }

  static let forms: [(String, @Sendable (ActivityEvent) -> DecodedInput?)] = [
    ("hub", { decode(#"{"records":[\#($0.hub)]}"#) }),
    ("line", { decode($0.hub) }), ("REST", { decode($0.rest) }),
    ("REST list", { decode("[\($0.rest)]") }),
    ("REST page", { decode(#"{"value":[\#($0.rest)],"nextLink":"x"}"#) }),
    ("REST page, other order", { decode(#"{"nextLink":null,"value":[\#($0.rest)]}"#) }),
    ("REST in a hub", { decode(#"{"records":[\#($0.rest)]}"#) }),
    ("element", { decode($0.rest, as: .element) }),
    ("row", { decode("[\(ActivityEvent.json($0.row))]") }),
    ("row in a hub", { decode(#"{"records":[\#(ActivityEvent.json($0.row))]}"#) }),
    ("legacy row", { decode("[\(ActivityEvent.json($0.legacyRow))]") }),
    ("answer", { decode(answer($0)) }),
    ("CSV", { decodeCSV(CSVWriter.file([$0.row])).first }),
    ("legacy CSV", { decodeCSV(CSVWriter.file([$0.legacyRow], lineBreak: "\n")).first }),
  ]

  @Test(arguments: [start, failure])
  func `is the same piece of a call`(event: ActivityEvent) throws {
    let hub = try #require(decode(event.hub).records.first?.evidence.first)
    for (form, decode) in Self.forms {
      let output = try #require(decode(event), "\(form)")
      #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages", "\(form)")
      let record = try #require(output.records.first, "\(form): \(output.rejects.map(\.reason))")
      var evidence = try #require(record.evidence.first)
      #expect(evidence.resource.canonical == hub.resource.canonical, "\(form)")
      evidence.resource = hub.resource
      if form.hasPrefix("legacy") {
        evidence.role = hub.role
        evidence.claims.principalType = hub.claims.principalType
      }
      #expect(evidence == hub, "\(form)")
      #expect(record.bodyRejects.isEmpty && output.newestOccurredAt == hub.occurredAt, "\(form)")
    }
    #expect(event.request == nil || hub.asked?.ports.count == 1)
  }

  @Test func `is known from the portal by its title and by the parts of its resource`() throws {
    let output = try #require(decodeCSV(CSVWriter.file([Self.start.portalRow])).first)
    let evidence = try #require(output.records.first?.evidence.first)
    let hub = try #require(decode(Self.start.hub).records.first?.evidence.first)
    #expect(evidence.occurredAt == hub.occurredAt && evidence.operation == hub.operation)
    #expect(evidence.resource == hub.resource && evidence.phase == hub.phase)
    #expect(evidence.correlationID == hub.correlationID && evidence.kind == hub.kind)
    #expect(evidence.claims.userPrincipalName == "user@example.com")
    #expect(output.newestOccurredAt == hub.occurredAt)
  }

  @Test func `keeps the bytes that it was read from`() throws {
    let page = #"{"value":[ \#(Self.start.rest) ]}"#
    let record = try #require(decode(page).records.first)
    #expect(record.raw == Array(Self.start.rest.utf8) && record.offset == 11)
    let file = CSVWriter.file([Self.start.row])
    let row = try #require(decodeCSV(file).first?.records.first)
    #expect(file.hasSuffix(String(decoding: row.raw, as: UTF8.self) + "\r\n"))
    let answer = Self.answer(Self.start)
    let listed = try #require(decode(answer).records.first)
    let place = Array(answer.utf8)[listed.offset..<(listed.offset + listed.raw.count)]
    #expect(Array(place) == listed.raw && listed.raw.first == UInt8(ascii: "["))
  }
}

@Suite struct `A record of another shape` {
  /// A record of the REST interface with other values for some keys.
  private func rest(_ changes: [String: Any?]) -> DecodedInput {
    var object = ActivityEvent().restObject
    for (key, value) in changes { object[key] = value }
    return decode(ActivityEvent.json(object))
  }

  private func row(_ changes: [String: String?], of row: [String: String]) -> DecodedInput {
    var row = row
    for (key, value) in changes { row[key] = value }
    return decode("[\(ActivityEvent.json(row))]")
  }

  @Test func `may hold plain texts instead of objects with two names`() throws {
    let evidence = try #require(
      rest([
        "operationName": ActivityEvent.operation, "status": "Succeeded", "subStatus": "OK",
        "category": "Administrative", "claims": nil, "authorization": nil,
        "httpRequest": #"{"clientIpAddress":"203.0.113.7:50001"}"#,
      ]).records.first?.evidence.first)
    #expect(evidence.phase == .success && evidence.callerAddress == "203.0.113.7")
    #expect(evidence.claims.userPrincipalName == "user@example.com")
  }

  @Test func `may lack its category, its resource and its caller`() throws {
    let output = rest(["category": nil, "resourceId": nil, "caller": nil, "claims": nil])
    let evidence = try #require(output.records.first?.evidence.first)
    #expect(evidence.resource.canonical == ActivityEvent.policy.lowercased())
    #expect(output.newestOccurredAt == evidence.occurredAt && evidence.claims.displayName == nil)
  }

  @Test func `may come from a library with its own keys`() throws {
    let event = ActivityEvent().restObject
    let python: [String: Any?] = [
      "event_timestamp": event["eventTimestamp"], "operation_name": event["operationName"],
      "correlation_id": event["correlationId"], "resource_id": event["resourceId"],
      "sub_status": event["subStatus"], "status": event["status"], "claims": event["claims"],
      "http_request": ["client_ip_address": "203.0.113.10"], "properties": event["properties"],
      "authorization": event["authorization"], "category": event["category"],
    ]
    let shell: [String: Any?] = [
      "EventTimestamp": event["eventTimestamp"], "OperationName": ActivityEvent.operation,
      "CorrelationId": event["correlationId"], "ResourceId": event["resourceId"],
      "Status": "Started", "SubStatus": "", "Claims": ["Content": event["claims"]],
      "HttpRequest": ["ClientIpAddress": "203.0.113.10"], "Category": "Administrative",
      "Properties": ["Content": event["properties"]], "Authorization": event["authorization"],
    ]
    let hub = try #require(decode(ActivityEvent().hub).records.first?.evidence.first)
    for object in [python, shell] {
      let text = ActivityEvent.json(object.compactMapValues { $0 })
      let evidence = try #require(decode(text).records.first?.evidence.first)
      #expect(evidence.canonical == hub.canonical)
    }
  }

  @Test func `has the role beside the scope`() throws {
    let authorization = ["scope": ActivityEvent.policy, "action": "x", "role": "Owner"]
    let evidence = try #require(
      rest(["authorization": authorization]).records.first?.evidence.first)
    #expect(evidence.role == "Owner")
  }

  static let callers: [(String, Claims)] = {
    var (person, app, service) = (Claims(), Claims(), Claims())
    person.userPrincipalName = "a@b.c"
    app.objectID = "BBBBBBBB-1111-2222-3333-444444444444"
    (service.idType, service.displayName) = ("app", "Windows Azure Security Resource Provider")
    return [
      ("a@b.c", person), ("BBBBBBBB-1111-2222-3333-444444444444", app),
      ("Windows Azure Security Resource Provider", service), (" ", Claims()),
    ]
  }()

  @Test(arguments: callers)
  func `without claims knows its caller by name or id`(caller: String, claims: Claims) throws {
    var legacy = ActivityEvent().legacyRow
    (legacy["Caller"], legacy["Claims"]) = (caller, "")
    let found = try #require(row([:], of: legacy).records.first?.evidence.first)
    #expect(found.claims == claims)
  }

  @Test func `of a provider has its properties one level deeper`() throws {
    let output = rest([
      "eventName": ["value": "Initiate JIT Network Access Policy"], "resourceId": ActivityEvent.vm,
      "properties": ["User": "user@example.com", "Justification": "incident 4711"],
      "status": ["value": "Succeeded"],
    ])
    let evidence = try #require(output.records.first?.evidence.first)
    #expect(evidence.kind == .accessNoted)
    #expect(evidence.note == AccessNote(user: "user@example.com", justification: "incident 4711"))
  }

  /// Operations by title, with what wins over it.
  static let titles: [([String: String?], String?)] = [
    ([:], "initiate/action"),
    (["OperationName": "Delete JIT Network Access Policies"], "jitnetworkaccesspolicies/delete"),
    (["OperationName": "Create or Update Security Rule"], "securityrules/write"),
    (["OperationName": "DELETE network security group"], "networksecuritygroups/delete"),
    (["OperationName": "Create or Update Network Security Group"], "networksecuritygroups/write"),
    (["OperationName": "Run Command on Virtual Machine"], "runcommand/action"),
    (["OperationName": "Create or Update Virtual Machine Extension"], "extensions/write"),
    (["OperationName": "Delete Namespace"], nil),
    (["OperationName": "Delete Namespace", "ResourceId": hub], "namespaces/delete"),
    (["OperationName": "Delete EventHub", "ResourceId": hub], "eventhubs/delete"),
    (["OperationName": "Delete EventHub", "ResourceId": "/x/microsoft.relay/y"], nil),
    (["OperationName": "Create or Update Virtual Machine"], nil), (["OperationName": nil], nil),
    (["OperationName": "Microsoft.Network/networkSecurityGroups/delete"], "groups/delete"),
    (["OperationName": "x", "OperationNameValue": ActivityEvent.operation], "initiate/action"),
    (["OperationNameValue": "MICROSOFT.WEB/SITES/DELETE"], nil),
    (["Authorization": #"{"action":"Microsoft.Web/sites/delete"}"#], nil),
    (
      ["OperationName": "x", "Authorization": #"{"action":"\#(ActivityEvent.operation)"}"#],
      "action"
    ),
    (
      [
        "OperationName": "Delete Network Security Group",
        "Authorization": #"{"action":"Microsoft.Resources/subscriptions/resourceGroups/delete"}"#,
      ], "networksecuritygroups/delete"
    ),
  ]
  private static let hub = "/subscriptions/s/providers/Microsoft.EventHub/namespaces/n"

  @Test(arguments: titles)
  func `is known by its operation before its title`(
    changes: [String: String?], operation: String?
  ) {
    let output = row(changes, of: ActivityEvent().legacyRow)
    #expect(output.reconciles && output.counts.rejected == 0)
    let found = output.records.first?.evidence.first?.operation
    #expect(found?.hasSuffix(operation ?? "nothing") == (operation == nil ? nil : true))
    #expect(output.activityRecords == 1)
  }

  @Test(arguments: ["AuditLogs", "SigninLogs", "AzureDiagnostics"])
  func `of another table is irrelevant and moves nothing`(table: String) {
    let output = row(["Type": table], of: ActivityEvent().row)
    #expect(told(output) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
    #expect(output.activityRecords == 0)
  }

  @Test(
    arguments: [
      ([:], false), (["TimeGenerated": "yesterday"], true), (["TimeGenerated": nil], true),
      (["_ResourceId": ""], false),
      (
        [
          "_ResourceId": "", "Properties": "", "Properties_d": "", "Authorization": "",
          "Authorization_d": "",
        ], true
      ),
    ] as [([String: String?], Bool)])
  func `is rejected when it cannot be used`(changes: [String: String?], isRejected: Bool) {
    let output = row(changes, of: ActivityEvent().row)
    #expect(output.counts.rejected == (isRejected ? 1 : 0) && output.reconciles)
    #expect(output.rejects.allSatisfy { $0.kind == .record && $0.bytes.first == 0x7B })
  }

  @Test func `that is broken is rejected when it names what matters`() {
    let whole = ActivityEvent().rest
    let broken = whole.replacingOccurrences(of: #""caller":"#, with: #""caller" x:"#)
    #expect(told(decode(broken)) == "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages")
    let other = broken.replacingOccurrences(of: "initiate/action", with: "read")
    #expect(told(decode(other)) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
  }

  @Test func `counts strays in a page and rows of a wrong length`() {
    let event = ActivityEvent()
    #expect(
      told(decode(#"{"value":[null,{},\#(event.rest),\#(Fixture.irrelevant)]}"#))
        == "4 read, 2 irrelevant, 1 rejected, 1 evidence, 0 messages")
    #expect(
      told(decode(#"{"value":[]}"#)) == "0 read, 0 irrelevant, 0 rejected, 0 evidence, 0 messages")
    let columns = #"[{"name":"TimeGenerated"},{"name":"OperationNameValue"}]"#
    let rows = #"[["2026-01-01T00:00:00Z"],7,["2026-01-01T00:00:00Z","X/Y"],[null,null]]"#
    let output = decode(#"{"tables":[{"name":"t","columns":\#(columns),"rows":\#(rows)}]}"#)
    #expect(told(output) == "4 read, 2 irrelevant, 2 rejected, 0 evidence, 0 messages")
    #expect(output.activityRecords == 1)
  }
}
