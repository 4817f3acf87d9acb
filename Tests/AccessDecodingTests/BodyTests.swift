import Access
import Testing

@testable import AccessDecoding

@Suite struct `The body of an initiate` {
  static let readable: [(String, [String])] = [
    (#"{"number":22}"#, ["22"]), (#"{"number":"22"}"#, ["22"]), (#"{"number":0}"#, ["0"]),
    (#"{"number":65535}"#, ["65535"]), (#"{"Number":22}"#, ["22"]),
    (#"{"number":22,"allowedSourceAddressPrefix":"*"}"#, ["22 *"]),
    (
      #"{"number":22,"allowedSourceAddressPrefix":" 10.0.0.1 , 10.0.0.2,,"}"#,
      ["22 10.0.0.1 10.0.0.2"]
    ),
    (#"{"number":22,"allowedSourceAddressPrefix":["Internet","a,b"]}"#, ["22 Internet a b"]),
    (
      #"{"number":22,"allowedSourceAddressPrefixes":["1.2.3.4/32",null,"Any"]}"#,
      ["22 1.2.3.4/32 Any"]
    ),
    (
      #"{"number":22,"ALLOWEDSOURCEADDRESSPREFIX":"a","allowedSourceAddressPrefixes":["b"]}"#,
      ["22 a b"]
    ),
    (#"{"number":22,"allowedSourceAddressPrefix":null,"endTimeUtc":null,"duration":""}"#, ["22"]),
    (#"{"number":22,"duration":"PT1H30M"}"#, ["22 +5400"]),
    (
      #"{"number":22,"endTimeUtc":"2018-07-22T15:51:55.21337Z"}"#,
      ["22 @2018-07-22T15:51:55.21337Z"]
    ),
    (
      #"{"number":22,"endTimeUtc":"7/22/2018 3:51:55 PM","duration":"P1D"}"#,
      ["22 @2018-07-22T15:51:55Z +86400"]
    ),
    (#"{"number":22},{"number":3389}"#, ["22", "3389"]), ("", []),
  ]

  @Test(arguments: readable)
  func `is read port by port`(ports: String, expected: [String]) throws {
    for text in [true, false] {
      let body = Fixture.ports(ports)
      let output =
        text
        ? Fixture.body(body) : Fixture(["properties": #"{"requestBody":\#(body)}"#]).decoded
      let asked = try #require(output.records.first?.evidence.first?.asked)
      #expect(asked.ports.map(Self.spelled) == expected)
      #expect(asked.ports.allSatisfy { $0.vm.display == Fixture.vm })
      #expect(output.records[0].bodyRejects.isEmpty)
    }
  }

  static func spelled(_ port: AccessBody.Port) -> String {
    var parts = ["\(port.number)"] + port.sources
    if let end = port.endsAt { parts.append("@\(end)") }
    if let duration = port.duration { parts.append("+\(duration.wholeSeconds)") }
    return parts.joined(separator: " ")
  }

  static let wrong: [(String, String)] = [
    ("{}", "no list of virtual machines"), ("[]", "no list of virtual machines"),
    ("42", "no list of virtual machines"), (#""x""#, "no list of virtual machines"),
    (#"{"virtualMachines":{}}"#, "no list of virtual machines"),
    (#"{"virtualMachines":null}"#, "no list of virtual machines"),
    (#"{"virtualMachines":[null]}"#, "has no id"),
    (#"{"virtualMachines":[{"ports":[]}]}"#, "has no id"),
    (#"{"virtualMachines":[{"id":" ","ports":[]}]}"#, "has no id"),
    (#"{"virtualMachines":[{"id":7,"ports":[]}]}"#, "has no id"),
    (#"{"virtualMachines":[{"id":"x"}]}"#, "no list of ports"),
    (Fixture.ports("null"), "no number"), (Fixture.ports("{}"), "no number"),
    (Fixture.ports(#"{"number":65536}"#), "no number"),
    (Fixture.ports(#"{"number":-1}"#), "no number"),
    (Fixture.ports(#"{"number":22.5}"#), "no number"),
    (Fixture.ports(#"{"number":"ssh"}"#), "no number"),
    (Fixture.ports(#"{"number":"+22"}"#), "no number"),
    (Fixture.ports(#"{"number":1111111111111111111111111111111111111111}"#), "no number"),
    (Fixture.ports(#"{"number":"1111111111111111111111111111111111111111"}"#), "no number"),
    (Fixture.ports(#"{"number":22,"allowedSourceAddressPrefix":7}"#), "a source"),
    (Fixture.ports(#"{"number":22,"allowedSourceAddressPrefix":[[]]}"#), "a source"),
    (Fixture.ports(#"{"number":22,"endTimeUtc":"soon"}"#), "endTimeUtc"),
    (Fixture.ports(#"{"number":22,"endTimeUtc":7}"#), "endTimeUtc"),
    (Fixture.ports(#"{"number":22,"duration":"3 h"}"#), "a duration"),
    (Fixture.ports(#"{"number":22,"duration":3}"#), "a duration"),
    (#"{"virtualMachines":[],"startTimeUtc":"soon"}"#, "startTimeUtc"),
    (#"{"virtualMachines":[],"justification":{}}"#, "justification"),
    ("{", "not JSON"), ("The body was left out", "not JSON"), (#"{"a":"b"#, "not JSON"),
  ]

  @Test(arguments: wrong, ["requestbody", "responseBody"])
  func `is rejected as a whole and the record kept`(
    body: (text: String, reason: String), key: String
  ) throws {
    let output = Fixture.body(body.text, key: key)
    #expect(told(output) == "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages")
    #expect(output.rejects.isEmpty && output.counts.rejectedBodies == 0)
    let decoded = try #require(output.records.first)
    #expect(decoded.evidence[0].asked == nil && decoded.evidence[0].answered == nil)
    #expect(decoded.rejectedBodies == 1)
    let reject = try #require(decoded.bodyRejects.first)
    #expect(reject.kind == .body && reject.offset == decoded.offset)
    #expect(reject.reason.contains(body.reason), "\(reject.reason)")
    #expect(reject.bytes == Array(body.text.utf8))
  }

  @Test(arguments: ["null", #""""#, #""  ""#, #""null""#])
  func `is absent when there is nothing in it`(source: String) throws {
    let properties = #"{"requestbody":\#(source),"responseBody":\#(source)}"#
    let decoded = try #require(Fixture(["properties": properties]).decoded.records.first)
    #expect(decoded.evidence[0].asked == nil && decoded.rejectedBodies == 0)
  }

  static let repairable = [
    Fixture.ports(#"{"number":22}"#).replacing("\"", with: "'"),
    Fixture.ports(#"{"number":22}"#).replacing(
      "virtualMachines\":", with: "virtualMachines\":\r\n\t"),
    #"{"justification":""# + "a\nb" + #"","#
      + Fixture.ports(#"{"number":22}"#).dropFirst(),
    Fixture.ports(#"{"number":22,}"#),
    "\u{FEFF}" + Fixture.ports(#"{"number":22}"#),
  ]

  @Test(arguments: repairable)
  func `is mended where that has one meaning`(body: String) throws {
    let decoded = try #require(Fixture.body(body).records.first)
    #expect(decoded.evidence[0].asked?.ports.map(\.number) == [22])
    #expect(decoded.rejectedBodies == 0)
  }

  @Test func `counts as repaired with its message`() {
    #expect(Fixture.body(Self.repairable[0]).counts.repaired == 1)
    #expect(Fixture.body(Self.repairable[1]).counts.repaired == 0)
  }

  static let justifications: [(String, String?)] = [
    (#""incident 4711""#, "incident 4711"), (#"" x ""#, " x "), (#""""#, nil), ("null", nil),
    ("4711", "4711"),
  ]

  @Test(arguments: justifications)
  func `has its justification as it was written`(source: String, expected: String?) throws {
    let body = #"{"virtualMachines":[],"Justification":\#(source)}"#
    let asked = try #require(Fixture.body(body).records.first?.evidence[0].asked)
    #expect(asked.justification == expected)
  }

  static let properties: [(String, Int)] = [
    ("{}", 0), ("null", 0), (#""""#, 0), (#""{\"requestbody\":null}""#, 0), ("[]", 1), ("42", 1),
    ("true", 1), (#""plain text""#, 1), (#""[1]""#, 1), (#""{'a':'b'}""#, 0),
  ]

  @Test(arguments: properties)
  func `is missing where the properties cannot be read`(source: String, broken: Int) throws {
    let decoded = try #require(Fixture(["properties": source]).decoded.records.first)
    #expect(decoded.rejectedBodies == broken)
    #expect(decoded.evidence.map(\.kind) == [.accessRequested])
  }

  @Test func `may stand in properties that are JSON text`() throws {
    let body = Fixture.ports(#"{"number":22}"#)
    let properties = #"{"requestbody":\#(body.quoted),"entity":"\#(Fixture.policy)"}"#
    let evidence = try #require(Fixture(["properties": properties.quoted]).evidence)
    #expect(evidence.asked?.ports.map(\.number) == [22])
    #expect(evidence.resource.display == Fixture.policy)
  }

  @Test func `counts once although request and response are broken`() throws {
    let properties = #"{"requestbody":"{}","responseBody":"x"}"#
    let decoded = try #require(Fixture(["properties": properties]).decoded.records.first)
    #expect(decoded.rejectedBodies == 1)
    #expect(decoded.bodyRejects[0].reason.contains("response"))
  }

  @Test func `prefers the key of exactly its case`() throws {
    let (upper, exact) = (Fixture.ports(#"{"number":1}"#), Fixture.ports(#"{"number":2}"#))
    let properties = #"{"RequestBody":\#(upper.quoted),"requestbody":\#(exact.quoted)}"#
    let evidence = try #require(Fixture(["properties": properties]).evidence)
    #expect(evidence.asked?.ports.map(\.number) == [2])
  }
}
