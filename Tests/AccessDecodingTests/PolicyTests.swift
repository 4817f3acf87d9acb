import Access
import Testing

@testable import AccessDecoding

@Suite struct `The body of a JIT policy` {
  static let operation = "MICROSOFT.SECURITY/LOCATIONS/JITNETWORKACCESSPOLICIES"

  static func policy(_ ports: String) -> String {
    #"{"kind":"Basic","properties":{"virtualMachines":[{"id":\#(Fixture.vm.quoted),"#
      + #""ports":[\#(ports)]}]}}"#
  }

  static func write(_ body: String?, response: String? = nil) -> DecodedRecord? {
    CallFixture("\(operation)/WRITE", on: Fixture.policy).with(request: body, response: response)
      .found
  }

  @Test func `lists VMs with their ports`() throws {
    let body = Self.policy(
      #"{"number":8080,"protocol":"TCP","allowedSourceAddressPrefix":"192.168.0.5","#
        + #""maxRequestAccessDuration":"PT5H"}"#)
    let evidence = try #require(Self.write(body)?.evidence.first)
    #expect(evidence.kind == .policyWritten && evidence.resource == ResourceID(Fixture.policy))
    #expect(evidence.answeredPolicy == nil)
    let vm = ResourceID(Fixture.vm)
    #expect(
      evidence.askedPolicy
        == PolicyBody(
          vms: [vm],
          ports: [
            PolicyBody.Port(
              vm: vm, number: 8080, protocolName: "TCP", sources: ["192.168.0.5"],
              maximum: .hours(5))
          ]))
  }

  static let ports: [(String, PolicyBody.Port)] = [
    (#"{"number":"22"}"#, port(22)), (#"{"NUMBER":22,"PROTOCOL":"*"}"#, port(22, "*")),
    (
      #"{"number":22,"allowedSourceAddressPrefix":"10.0.0.0/8, 192.0.2.1"}"#,
      port(22, sources: ["10.0.0.0/8", "192.0.2.1"])
    ),
    (
      #"{"number":22,"allowedSourceAddressPrefix":null,"allowedSourceAddressPrefixes":["a","b"]}"#,
      port(22, sources: ["a", "b"])
    ),
    (#"{"number":22,"maxRequestAccessDuration":"P1D"}"#, port(22, maximum: .hours(24))),
    (#"{"number":22,"maxRequestAccessDuration":"03:00:00"}"#, port(22, maximum: .hours(3))),
    (#"{"number":22,"maxRequestAccessDuration":"1.00:00:00"}"#, port(22, maximum: .hours(24))),
    (
      #"{"number":22,"maxRequestAccessDuration":"1 day, 0:30:00"}"#,
      port(22, maximum: .minutes(1470))
    ),
    (
      #"{"number":22,"maxRequestAccessDuration":{"Ticks":108000000000,"Hours":3}}"#,
      port(22, maximum: .hours(3))
    ),
    (#"{"number":22,"maxRequestAccessDuration":null}"#, port(22)),
  ]

  static func port(
    _ number: Int, _ name: String? = nil, sources: [String] = [], maximum: TimeSpan? = nil
  ) -> PolicyBody.Port {
    PolicyBody.Port(
      vm: ResourceID(Fixture.vm), number: number, protocolName: name, sources: sources,
      maximum: maximum)
  }

  @Test(arguments: ports)
  func `has its ports in any form`(source: String, port: PolicyBody.Port) throws {
    let body = Self.policy(source)
    let evidence = try #require(Self.write(nil, response: body)?.evidence.first)
    #expect(evidence.answeredPolicy?.ports == [port])
  }

  @Test func `may list VMs without ports, or none`() throws {
    let one = try #require(Self.write(Self.policy(""))?.evidence.first)
    #expect(one.askedPolicy == PolicyBody(vms: [ResourceID(Fixture.vm)], ports: []))
    let none = try #require(Self.write(#"{"virtualMachines":[]}"#)?.evidence.first)
    #expect(none.askedPolicy == PolicyBody(vms: [], ports: []))
  }

  static let wrong: [(String, String)] = [
    ("{}", "no list of virtual machines"), (#"{"properties":7}"#, "no object"),
    ("[]", "no list of virtual machines"),
    (#"{"properties":{"virtualMachines":[{"ports":[]}]}}"#, "no id"),
    (#"{"properties":{"virtualMachines":[{"id":"x"}]}}"#, "no list of ports"),
    (policy("{}"), "no number"), (policy(#"{"number":99999}"#), "no number"),
    (policy(#"{"number":22,"allowedSourceAddressPrefix":{}}"#), "a source"),
    (policy(#"{"number":22,"maxRequestAccessDuration":"long"}"#), "maxRequestAccessDuration"),
    (policy(#"{"number":22,"maxRequestAccessDuration":"24:00:00"}"#), "maxRequestAccessDuration"),
    (policy(#"{"number":22,"maxRequestAccessDuration":3}"#), "maxRequestAccessDuration"),
    ("{", "not JSON"),
  ]

  @Test(arguments: wrong)
  func `is rejected as a whole and the record kept`(body: String, reason: String) throws {
    let found = try #require(Self.write(body))
    #expect(found.evidence[0].kind == .policyWritten && found.evidence[0].askedPolicy == nil)
    #expect(try #require(found.bodyRejects.first).reason.contains(reason))
  }

  @Test(arguments: ["Succeeded.OK", "Succeeded.NoContent"])
  func `is not needed to tell that it was deleted`(signature: String) throws {
    let call = CallFixture(
      "\(Self.operation)/DELETE", on: Fixture.policy.uppercased(),
      ["resultType": #""Success""#, "resultSignature": signature.quoted])
    let found = try #require(call.found)
    #expect(found.evidence[0].kind == .policyDeleted && found.rejectedBodies == 0)
    #expect(found.evidence[0].resource.canonical == Fixture.policy.lowercased())
  }

  @Test func `stays unread in a refused call, which says why`() throws {
    var call = CallFixture(
      "\(Self.operation)/WRITE", on: Fixture.policy,
      ["resultType": #""Failure""#, "resultSignature": #""Failed.BadRequest""#])
    call.properties = [#""statusMessage":"contains non-existent virtual machines""#]
    let evidence = try #require(call.evidence)
    #expect(
      evidence.error
        == ErrorDetail(code: "BadRequest", message: "contains non-existent virtual machines"))
  }
}
