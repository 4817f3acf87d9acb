import Access
import Testing

@testable import AccessDecoding

@Suite struct `Rules of a classic Azure Firewall` {
  static let nat =
    #"{"name":"MDC-JIT-nat","properties":{"priority":100,"action":{"type":"Dnat"},"rules":[{"#
    + #""name":"MDC-JIT-1","description":"for vm1","protocols":["TCP","UDP"],"#
    + #""sourceAddresses":["203.0.113.10"],"destinationAddresses":["198.51.100.1"],"#
    + #""destinationPorts":["13389"],"translatedAddress":"10.0.0.4","translatedPort":"3389"}]}}"#
  static let network =
    #"{"name":"n","properties":{"action":{"type":"Deny"},"rules":[{"name":"r","#
    + #""protocols":["Any"],"sourceAddresses":["*"],"sourceIpGroups":["/g"],"#
    + #""destinationFqdns":["a.example"],"destinationPorts":["22","3389"]}]}}"#
  static let natRule = NetworkRule(
    name: "MDC-JIT-1", text: "for vm1", access: "allow", direction: "inbound",
    protocolName: "TCP,UDP", ports: ["13389"], sources: ["203.0.113.10"],
    destinations: ["198.51.100.1"])
  static let networkRule = NetworkRule(
    name: "r", access: "deny", direction: "inbound", protocolName: "Any",
    ports: ["22", "3389"], sources: ["*", "/g"], destinations: ["a.example"])

  static let bodies: [(String, [NetworkRule]?)] = [
    (
      #"{"properties":{"natRuleCollections":[\#(nat)],"networkRuleCollections":[\#(network)]}}"#,
      [natRule, networkRule]
    ),
    (#"{"properties":{"networkRuleCollections":[\#(network)]}}"#, [networkRule]),
    (#"{"properties":{"natRuleCollections":[],"networkRuleCollections":null}}"#, []),
    (#"{"properties":{"applicationRuleCollections":[]}}"#, nil), ("{}", nil),
  ]

  @Test(arguments: bodies)
  func `are those of its collections`(body: String, rules: [NetworkRule]?) throws {
    let call = CallFixture("MICROSOFT.NETWORK/AZUREFIREWALLS/WRITE", on: CallFixture.firewall)
    let found = try #require(call.with(response: body).found)
    #expect(found.evidence[0].kind == .ruleSetObserved)
    #expect(found.evidence[0].resource == ResourceID(CallFixture.firewall))
    #expect(found.evidence[0].answeredRules == rules && found.rejectedBodies == 0)
  }

  static let collections: [(kind: String, body: String, rules: [NetworkRule]?)] = [
    ("natRuleCollections", nat, [natRule]), ("networkRuleCollections", network, [networkRule]),
    ("networkRuleCollections", #"{"properties":{"rules":[]}}"#, []),
    ("natRuleCollections", "{}", nil),
    (
      "applicationRuleCollections",
      #"{"properties":{"rules":[{"name":"a","protocols":[{"protocolType":"Https","port":443}]}]}}"#,
      nil
    ),
  ]

  @Test(arguments: collections)
  func `are written by the collection`(
    kind: String, body: String, rules: [NetworkRule]?
  ) throws {
    let call = CallFixture(
      "Microsoft.Network/azureFirewalls/\(kind)/write", on: CallFixture.firewall + "/\(kind)/c",
      ["resultSignature": #""Started.Created""#])
    let found = try #require(call.with(request: body).found)
    #expect(found.evidence[0].kind == .ruleWritten && found.evidence[0].created)
    #expect(found.evidence[0].askedRules == rules && found.rejectedBodies == 0)
  }

  static let deletes: [(String, Evidence.Kind)] = [
    ("/natRuleCollections", .ruleDeleted),
    ("/networkRuleCollections", .ruleDeleted), ("/applicationRuleCollections", .ruleDeleted),
  ]

  @Test(arguments: deletes)
  func `are deleted with their collection`(
    part: String, kind: Evidence.Kind
  ) throws {
    let call = CallFixture(
      "Microsoft.Network/azureFirewalls\(part)/delete", on: CallFixture.firewall)
    #expect(try #require(call.evidence).kind == kind)
  }

  @Test func `are not told of by the end of the firewall itself`() {
    let call = CallFixture(
      "Microsoft.Network/azureFirewalls/delete", on: CallFixture.firewall)
    #expect(call.evidence == nil)
  }

  static let wrong: [(String, String)] = [
    (#"{"properties":{"natRuleCollections":{}}}"#, "no list"),
    (#"{"properties":{"natRuleCollections":[7]}}"#, "no object"),
    (#"{"properties":{"networkRuleCollections":[{"properties":{"rules":7}}]}}"#, "no list"),
    (#"{"properties":{"networkRuleCollections":[{"rules":[{}]}]}}"#, "no name"),
    (
      #"{"properties":{"networkRuleCollections":[{"rules":[{"name":"r","protocols":7}]}]}}"#,
      "a protocol"
    ),
  ]

  @Test(arguments: wrong)
  func `are unknown where one cannot be read`(body: String, reason: String) throws {
    let call = CallFixture("Microsoft.Network/azureFirewalls/write", on: CallFixture.firewall)
    let found = try #require(call.with(request: body).found)
    #expect(found.evidence[0].askedRules == nil)
    #expect(try #require(found.bodyRejects.first).reason.contains(reason))
  }
}
