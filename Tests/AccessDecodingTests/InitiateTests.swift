import Access
import Testing

@testable import AccessDecoding

@Suite struct `The records of an initiate call` {
  static let claims =
    #"{"appid":"c44b4083-3bb0-49c1-b47d-974e53cbdf3c","idtyp":"user","ipaddr":"203.0.113.10","#
    + #""name":"Example User","#
    + #""http://schemas.microsoft.com/identity/claims/objectidentifier":"bbbbbbbb-1111-2222-3333-444444444444","#
    + #""http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn":"user@example.com"}"#
  static let identity =
    #"{"authorization":{"scope":"\#(Fixture.policy)","action":"x/initiate/action","evidence":{"#
    + #""role":"JIT VM Access User","roleAssignmentScope":"/subscriptions/1","#
    + #""principalId":"bbbbbbbb111122223333444444444444","principalType":"User"}},"#
    + #""claims":\#(claims)}"#

  static func properties(_ members: String) -> String {
    #"{\#(members),"eventCategory":"Administrative","entity":"\#(Fixture.policy)","#
      + #""message":"Microsoft.Security/…/initiate/action","hierarchy":"t/s"}"#
  }

  static let request =
    #"{"virtualMachines":[{"id":"\#(Fixture.vm)","ports":[{"number":3389,"duration":"PT3H","#
    + #""allowedSourceAddressPrefix":"203.0.113.10"}]}],"justification":"incident 4711"}"#

  @Test func `begin with what was asked`() throws {
    let record = Fixture([
      "RoleLocation": #""West Europe""#, "identity": Self.identity, "level": #""Information""#,
      "properties": Self.properties(#""requestbody":\#(Self.request.quoted)"#),
      "tenantId": #""dddddddd-1111-2222-3333-444444444444""#,
    ])
    let message = #"{"records":[\#(record.text)]}"#
    let output = decode(message)
    #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages")
    let decoded = try #require(output.records.first)
    #expect(decoded.raw == Array(record.text.utf8))
    #expect(decoded.offset == 12 && decoded.rejectedBodies == 0)
    var expected = Evidence(
      kind: .accessRequested,
      occurredAt: try #require(EventTime(rfc3339: "2026-08-12T22:41:07.5329521Z")),
      operation: Fixture.operation.lowercased(), phase: .start,
      resource: ResourceID(Fixture.policy),
      correlationID: "7399f689-ddf5-4ade-b65c-43eecf2b0292")
    expected.claims.appID = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
    expected.claims.idType = "user"
    expected.claims.displayName = "Example User"
    expected.claims.objectID = "bbbbbbbb-1111-2222-3333-444444444444"
    expected.claims.userPrincipalName = "user@example.com"
    expected.claims.principalType = "User"
    expected.callerAddress = "203.0.113.10"
    expected.role = "JIT VM Access User"
    expected.asked = AccessBody(
      ports: [
        AccessBody.Port(
          vm: ResourceID(Fixture.vm), number: 3389, sources: ["203.0.113.10"], endsAt: nil,
          duration: .hours(3))
      ], justification: "incident 4711")
    #expect(decoded.evidence == [expected])
    #expect(decoded.evidence[0].resource.display == Fixture.policy)
    #expect(output.newestOccurredAt == expected.occurredAt)
  }

  @Test func `go on with what was answered`() throws {
    let response =
      #"{"virtualMachines":[{"id":"\#(Fixture.vm)","ports":[{"number":3389,"#
      + #""allowedSourceAddressPrefix":"203.0.113.10","endTimeUtc":"2026-08-13T01:41:08.5874583Z","#
      + #""status":"Initiating","statusReason":"UserRequested"}]}],"#
      + #""startTimeUtc":"2026-08-12T22:41:08.5874583Z","requestor":"user@example.com","#
      + #""justification":"incident 4711"}"#
    let record = Fixture([
      "time": #""2026-08-12T22:41:08.6100000Z""#, "resultType": #""Accept""#,
      "resultSignature": #""Accepted.Accepted""#, "identity": Self.identity,
      "properties": Self.properties(
        #""statusCode":"Accepted","serviceRequestId":"","responseBody":\#(response.quoted)"#),
    ])
    let evidence = try #require(record.evidence)
    #expect(evidence.kind == .accessAccepted && evidence.phase == .accept)
    #expect(evidence.asked == nil && evidence.error == nil)
    let body = try #require(evidence.answered)
    #expect(body.startsAt == EventTime(rfc3339: "2026-08-12T22:41:08.5874583Z"))
    #expect(body.justification == "incident 4711")
    #expect(body.ports.map(\.endsAt) == [EventTime(rfc3339: "2026-08-13T01:41:08.5874583Z")])
    #expect(body.ports.map(\.duration) == [nil])
  }

  @Test func `end with why it was refused`() throws {
    let message = "The client 'intern@example.com' does not have authorization."
    let status = #"{"error":{"code":"AuthorizationFailed","message":"\#(message)"}}"#
    let record = Fixture([
      "time": #""2026-08-12T23:02:00.0000000Z""#, "resultType": #""Failure""#,
      "resultSignature": #""Failed.Forbidden""#, "callerIpAddress": #""198.51.100.7""#,
      "identity":
        #"{"authorization":{"scope":"…"},"claims":{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn":"intern@example.com"}}"#,
      "level": #""Error""#,
      "properties": Self.properties(
        #""statusCode":"Forbidden","serviceRequestId":null,"statusMessage":\#(status.quoted)"#),
    ])
    let evidence = try #require(record.evidence)
    #expect(evidence.kind == .accessRefused && evidence.phase == .failure)
    #expect(evidence.error == ErrorDetail(code: "AuthorizationFailed", message: message))
    #expect(evidence.claims.userPrincipalName == "intern@example.com")
    #expect(evidence.role == nil)
    #expect(record.decoded.records[0].rejectedBodies == 0)
  }

  @Test func `may have a companion by the provider on the VM`() throws {
    let record =
      #"{"time":"2026-08-12T22:41:12.1200000Z","resourceId":"\#(Fixture.vm)","#
      + #""correlationId":"7399f689-ddf5-4ade-b65c-43eecf2b0292","#
      + #""operationName":"Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action","#
      + #""level":"Information","resultType":"Succeeded","category":"Administrative","#
      + #""properties":{"eventCategory":"Administrative","eventName":"Initiate JIT Network Access "#
      + #"Policy","operationId":"…","eventProperties":{"User":"user@example.com","#
      + #""Justification":"incident 4711"}}}"#
    let evidence = try #require(decode(record).records.first?.evidence.first)
    #expect(evidence.kind == .accessNoted && evidence.phase == .success)
    #expect(evidence.note == AccessNote(user: "user@example.com", justification: "incident 4711"))
    #expect(evidence.claims == Claims() && evidence.callerAddress == nil)
    #expect(evidence.resource.display == Fixture.vm)
  }

  static let notes: [(String, AccessNote?, Int)] = [
    (
      #"{"eventProperties":"{\"user\":\" a@b \",\"JUSTIFICATION\":\"x\"}"}"#,
      AccessNote(user: "a@b", justification: "x"), 0
    ),
    (
      #"{"EventProperties":{"User":"a@b","Justification":""}}"#,
      AccessNote(user: "a@b", justification: nil), 0
    ),
    (#"{"eventProperties":{}}"#, nil, 0), (#"{"eventProperties":null}"#, nil, 0),
    (#"{"eventProperties":""}"#, nil, 0), (#"{}"#, nil, 0), ("null", nil, 0),
    (#"{"eventProperties":"plain"}"#, nil, 1), (#"{"eventProperties":[1]}"#, nil, 1),
    (#""{\"eventProperties\":{\"User\":\"u\"}}""#, AccessNote(user: "u", justification: nil), 0),
  ]

  @Test(arguments: notes)
  func `are noted with user and justification`(
    properties: String, note: AccessNote?, broken: Int
  ) throws {
    let record = Fixture(["resourceId": Fixture.vm.quoted, "properties": properties])
    let decoded = try #require(record.decoded.records.first)
    #expect(decoded.evidence.map(\.kind) == [.accessNoted])
    #expect(decoded.evidence[0].note == note)
    #expect(decoded.rejectedBodies == broken)
  }

  static let phases: [(String, Phase, Evidence.Kind)] = [
    (#""Start""#, .start, .accessRequested), (#""Started""#, .start, .accessRequested),
    (#""STARTED.""#, .start, .accessRequested), (#""Accept""#, .accept, .accessAccepted),
    (#""accepted""#, .accept, .accessAccepted), (#""Success""#, .success, .accessAccepted),
    (#""Succeeded.""#, .success, .accessAccepted), (#""Failure""#, .failure, .accessRefused),
    (#"" failed ""#, .failure, .accessRefused), (#""Updated""#, .other, .accessRequested),
    (#""0""#, .other, .accessRequested), ("0", .other, .accessRequested),
    ("null", .other, .accessRequested),
  ]

  @Test(arguments: phases)
  func `have the phase that any export's word means`(
    word: String, phase: Phase, kind: Evidence.Kind
  ) throws {
    let evidence = try #require(Fixture(["resultType": word]).evidence)
    #expect(evidence.phase == phase && evidence.kind == kind)
    #expect((evidence.error != nil) == (phase == .failure))
  }

  static let correlations: [(String?, String)] = [
    (#""ABC-1""#, "abc-1"), (#""""#, ""), (#"" ""#, ""), ("null", ""), (nil, ""), ("7", ""),
    (#""00000000-0000-0000-0000-000000000000""#, ""), (#""0""#, ""),
    (#""/Subscriptions/A""#, "/subscriptions/a"),
  ]

  @Test(arguments: correlations)
  func `have a correlation id unless it is one of zeros`(source: String?, id: String) throws {
    let evidence = try #require(Fixture(["correlationId": source]).evidence)
    #expect(evidence.correlationID == id)
  }

  @Test func `show their resource in the most readable case`() throws {
    let mixed = Fixture.policy
    let other = mixed.replacing("rg-app", with: "rg-other")
    for (entity, scope, shown) in [
      (mixed, other, mixed), (other, mixed, mixed), (other, other, mixed.uppercased()),
      (mixed.lowercased(), mixed, mixed),
    ] {
      let evidence = try #require(
        Fixture([
          "identity": #"{"authorization":{"scope":\#(scope.quoted)}}"#,
          "properties": #"{"entity":\#(entity.quoted)}"#,
        ]).evidence)
      #expect(evidence.resource.display == shown)
      #expect(evidence.resource.canonical == mixed.lowercased())
    }
  }
}
