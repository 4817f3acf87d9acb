import Access
import Testing

@testable import AccessDecoding

@Suite struct `Rules of a network security group` {
  static let write = "MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WRITE"
  static let allowName =
    "MicrosoftDefenderForCloud-JITRule-1170687618-8C18BF8921F041989344B4F1E3A0C370"
  static let denyName =
    "MicrosoftDefenderForCloud-JITRule_1170687618_62799A5740DE464DB71C4F619369BBAD"
  static let allowText =
    "MDC JIT Network Access rule created by an initiation request for policy 'default' of VM 'vm1'."

  static func rule(_ fields: String, name: String? = "r") -> String {
    let members =
      [#""protocol":"Tcp""#, #""access":"Allow""#, #""direction":"Inbound""#]
      .filter { !fields.contains($0.prefix { $0 != ":" }) } + [fields]
    let inner = members.filter { !$0.isEmpty }.joined(separator: ",")
    return (name.map { #"{"name":\#($0.quoted),"# } ?? "{") + #""properties":{\#(inner)}}"#
  }

  static func group(_ rules: String) -> String { #"{"properties":{"securityRules":[\#(rules)]}}"# }

  static let granted = group(
    rule(
      #""description":\#(allowText.quoted),"protocol":"*","sourcePortRange":"*","#
        + #""destinationPortRange":"3389","sourceAddressPrefix":"203.0.113.10","#
        + #""destinationAddressPrefix":"10.0.0.4","access":"Allow","priority":100,"#
        + #""direction":"Inbound""#, name: allowName) + ","
      + rule(
        #""protocol":"*","sourcePortRange":"*","destinationPortRange":"3389","#
          + #""sourceAddressPrefix":"*","destinationAddressPrefix":"10.0.0.4","access":"Deny","#
          + #""priority":4096,"direction":"Inbound""#, name: denyName))

  @Test(arguments: [true, false])
  func `are all seen when Defender writes the group`(asText: Bool) throws {
    let call = CallFixture(
      Self.write, on: CallFixture.group.uppercased(),
      [
        "identity":
          #"{"authorization":{"scope":\#(CallFixture.group.quoted)},"claims":{"idtyp":"app","#
          + #""appid":"8edd93e1-2103-40b4-bd70-6e34e586362d"}}"#
      ])
    let evidence = try #require(call.with(request: Self.granted, asText: asText).evidence)
    #expect(evidence.kind == .ruleSetObserved && evidence.phase == .start)
    #expect(evidence.operation == Self.write.lowercased())
    #expect(evidence.resource.display == CallFixture.group)
    #expect(evidence.claims.appID == "8edd93e1-2103-40b4-bd70-6e34e586362d")
    #expect(evidence.correlationID == "7399f689-ddf5-4ade-b65c-43eecf2b0292")
    #expect(evidence.answeredRules == nil && !evidence.created)
    #expect(
      evidence.askedRules == [
        NetworkRule(
          name: Self.allowName, text: Self.allowText, access: "allow", direction: "inbound",
          protocolName: "*", ports: ["3389"], sources: ["203.0.113.10"], destinations: ["10.0.0.4"]),
        NetworkRule(
          name: Self.denyName, access: "deny", direction: "inbound", protocolName: "*",
          ports: ["3389"], sources: ["*"], destinations: ["10.0.0.4"]),
      ])
  }

  static let contents: [(body: String, count: Int?)] = [
    (#"{"properties":{"securityRules":[]}}"#, 0), (#"{"securityRules":[]}"#, 0),
    (#"{"securityRules":[\#(rule(""))]}"#, 1),
    (#"{"PROPERTIES":{"SECURITYRULES":[\#(rule(""))]}}"#, 1),
    (#"{"properties":{}}"#, nil), ("{}", nil), (#"{"properties":null}"#, nil),
    (#"{"properties":{"securityRules":null}}"#, nil), (#"{"tags":{"a":"b"}}"#, nil),
    ("null", nil), ("", nil),
  ]

  @Test(arguments: contents)
  func `are unknown where the body does not list them`(body: String, count: Int?) throws {
    let call = CallFixture(Self.write, on: CallFixture.group)
    let found = try #require(call.with(request: body, response: body).found)
    #expect(found.evidence[0].askedRules?.count == count)
    #expect(found.evidence[0].answeredRules?.count == count)
    #expect(found.rejectedBodies == 0)
  }

  static let fields:
    [(fields: String, ports: [String], sources: [String], destinations: [String])] = [
      (
        #""destinationPortRange":22,"destinationPortRanges":["80",443,"5985-5986, 8080"]"#,
        ["22", "80", "443", "5985-5986", "8080"], [], []
      ),
      (
        #""sourceAddressPrefix":"10.0.0.0/8 , Internet","sourceAddressPrefixes":["192.0.2.1"]"#,
        [], ["10.0.0.0/8", "Internet", "192.0.2.1"], []
      ),
      (
        #""destinationAddressPrefix":"","destinationAddressPrefixes":["10.0.0.4",null]"#, [], [],
        ["10.0.0.4"]
      ),
      (
        #""sourceApplicationSecurityGroups":[{"id":"/a/b"}],"#
          + #""destinationApplicationSecurityGroups":[{"ID":"/c/d"}]"#, [], ["/a/b"], ["/c/d"]
      ),
      (#""DESTINATIONPORTRANGE":"*","SOURCEADDRESSPREFIX":"Any""#, ["*"], ["Any"], []),
    ]

  @Test(arguments: fields)
  func `have ports, sources and destinations in any form`(
    fields: String, ports: [String], sources: [String], destinations: [String]
  ) throws {
    let call = CallFixture(Self.write, on: CallFixture.group)
    let evidence = try #require(call.with(request: Self.group(Self.rule(fields))).evidence)
    let rule = try #require(evidence.askedRules?.first)
    #expect(rule.ports == ports)
    #expect(rule.sources == sources)
    #expect(rule.destinations == destinations)
  }

  static let wrong: [(String, String)] = [
    (group("null"), "a rule is no object"), (group("{}"), "a rule has no name"),
    (group(rule("", name: " ")), "a rule has no name"),
    (group(#"{"name":"r"}"#), "access"), (group(rule(#""access":"Maybe""#)), "access"),
    (group(rule(#""direction":7"#)), "direction"), (group(rule(#""protocol":null"#)), "protocol"),
    (group(rule(#""destinationPortRange":{}"#)), "a port is no text"),
    (group(rule(#""sourceAddressPrefix":7"#)), "a source is no text"),
    (group(rule(#""destinationAddressPrefixes":[[]]"#)), "a destination is no text"),
    (group(rule(#""sourceApplicationSecurityGroups":[{}]"#)), "has no id"),
    (group(rule(#""sourceApplicationSecurityGroups":{}"#)), "no list"),
    (#"{"properties":{"securityRules":{}}}"#, "no list"), (#"{"properties":[]}"#, "no object"),
    ("[]", "no object"), ("42", "no object"), ("The body was left out", "not JSON"),
    (group(rule("") + ",{}"), "a rule has no name"),
  ]

  @Test(arguments: wrong, ["requestbody", "responseBody"])
  func `are unknown where one cannot be read, and the record is kept`(
    body: (text: String, reason: String), key: String
  ) throws {
    var call = CallFixture(Self.write, on: CallFixture.group)
    call.properties = ["\(key.quoted):\(body.text.quoted)"]
    let found = try #require(call.found)
    #expect(found.evidence[0].kind == .ruleSetObserved)
    #expect(found.evidence[0].askedRules == nil && found.evidence[0].answeredRules == nil)
    let reject = try #require(found.bodyRejects.first)
    #expect(reject.kind == .body && reject.reason.contains(body.reason), "\(reject.reason)")
    #expect(reject.bytes == Array(body.text.utf8))
  }

  static let answers: [(changes: [String: String?], properties: [String], created: Bool)] = [
    (["resultSignature": #""Accepted.Created""#], [], true),
    (["resultSignature": #""Succeeded.CREATED""#], [], true),
    (["resultSignature": #""Created""#], [], true), (["resultSignature": #""201""#], [], true),
    (["resultSignature": #""Succeeded.OK""#], [], false),
    (["resultSignature": nil, "subStatus": #""Created (HTTP Status Code: 201)""#], [], true),
    (["resultSignature": nil, "subStatus": #"{"value":"Created"}"#], [], true),
    (["resultSignature": nil, "subStatus": "201"], [], true),
    (["resultSignature": nil, "subStatus": #"{"value":"OK"}"#], [], false),
    (["resultSignature": nil], [#""statusCode":"Created""#], true),
    (["resultSignature": nil], [#""statusCode":"201""#], true),
    (["resultSignature": nil], [#""statusCode":201"#], true),
    (["resultSignature": nil], [#""statusCode":"OK""#], false),
    (["resultType": #""Failure""#], [#""statusCode":"201""#], false),
  ]

  @Test(arguments: answers)
  func `are those of a new group where the answer says so`(
    changes: [String: String?], properties: [String], created: Bool
  ) throws {
    let changes = changes.merging(["resultType": #""Accept""#]) { given, _ in given }
    var call = CallFixture(Self.write, on: CallFixture.group, changes)
    call.properties = properties
    #expect(try #require(call.evidence).created == created)
  }

  @Test func `are gone with the group`() throws {
    let call = CallFixture(
      "Microsoft.Network/networkSecurityGroups/delete", on: CallFixture.group,
      ["resultType": #""Success""#, "resultSignature": #""Succeeded.Created""#])
    let found = try #require(call.with(request: "x").found)
    #expect(found.evidence[0].kind == .ruleSetDeleted && found.rejectedBodies == 0)
    #expect(!found.evidence[0].created)
  }

  static let one = "Microsoft.Network/networkSecurityGroups/securityRules"

  @Test(arguments: [("Other", "Other"), (nil, "AllowAll")])
  func `are written one by one under the name of the body or the resource`(
    name: String?, expected: String
  ) throws {
    let call = CallFixture(
      "\(Self.one)/WRITE", on: CallFixture.group + "/securityRules/AllowAll",
      ["resultType": #""Success""#])
    let body = Self.rule(#""access":"ALLOW","destinationPortRange":"*""#, name: name)
    let evidence = try #require(call.with(request: body, response: body).evidence)
    #expect(evidence.kind == .ruleWritten)
    #expect(evidence.resource.name == "AllowAll")
    let rule = NetworkRule(
      name: expected, access: "allow", direction: "inbound", protocolName: "Tcp", ports: ["*"],
      sources: [], destinations: [])
    #expect(evidence.askedRules == [rule] && evidence.answeredRules == [rule])
  }

  @Test func `are deleted one by one`() throws {
    let call = CallFixture(
      "\(Self.one)/DELETE",
      on: (CallFixture.group + "/securityRules/\(Self.allowName)").uppercased())
    let evidence = try #require(call.evidence)
    #expect(evidence.kind == .ruleDeleted && evidence.askedRules == nil)
    #expect(evidence.resource.name == Self.allowName.uppercased())
    #expect(evidence.resource.parent == ResourceID(CallFixture.group))
  }

  @Test(arguments: ["write", "delete"])
  func `were not changed where the call failed, for the reason told`(word: String) throws {
    let status = #"{"error":{"code":"AuthorizationFailed","message":"no"}}"#
    var call = CallFixture(
      "\(Self.one)/\(word)", on: CallFixture.group + "/securityRules/r",
      ["resultType": #""Failure""#, "resultSignature": #""Failed.Forbidden""#])
    call.properties = [#""statusMessage":\#(status.quoted)"#]
    let failed = try #require(call.evidence)
    #expect(failed.error == ErrorDetail(code: "AuthorizationFailed", message: "no"))
    call.properties = [#""responseBody":\#(status.quoted)"#]
    #expect(call.found?.rejectedBodies == 0)
    #expect(call.evidence?.error == failed.error)
  }
}
