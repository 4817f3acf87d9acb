import Access
import Testing

@testable import AccessDecoding

@Suite struct `The identity of a record` {
  static let schema = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
  static let objectID = "http://schemas.microsoft.com/identity/claims/objectidentifier"

  static func claims(_ members: [String: String]) -> String {
    "{"
      + members.sorted { $0.key < $1.key }.map { "\($0.key.quoted):\($0.value.quoted)" }
      .joined(separator: ",") + "}"
  }

  @Test func `keeps each claim by itself`() throws {
    let text = Self.claims([
      "\(Self.schema)upn": " u@x ", "upn": "other@x", "\(Self.schema)name": " n@x",
      "\(Self.schema)emailaddress": "e@x", "name": "N", Self.objectID: "OID", "appid": "APP",
      "idtyp": "user",
    ])
    let evidence = try #require(Fixture(["identity": #"{"claims":\#(text)}"#]).evidence)
    var expected = Claims()
    expected.userPrincipalName = "u@x"
    expected.nameClaim = "n@x"
    expected.emailAddress = "e@x"
    expected.displayName = "N"
    expected.objectID = "OID"
    expected.appID = "APP"
    expected.idType = "user"
    #expect(evidence.claims == expected)
  }

  static let names: [([String: String], String?)] = [
    (["upn": "u@x"], "u@x"), (["\(schema)upn": "", "upn": "u@x"], "u@x"),
    (["\(schema)upn".uppercased(): "u@x"], "u@x"), (["UPN": "u@x"], "u@x"),
    (["\(schema)upn": "  "], nil),
  ]

  @Test(arguments: names)
  func `has a UPN from either claim, in any case of the key`(
    members: [String: String], expected: String?
  ) throws {
    let identity = #"{"claims":\#(Self.claims(members))}"#
    #expect(
      try #require(Fixture(["identity": identity]).evidence).claims.userPrincipalName == expected)
  }

  static let forms: [(String, String?, String?)] = [
    (#"{"claims":{"upn":"u"},"authorization":{"evidence":{"role":"R"}}}"#, "u", "R"),
    (#""{\"claims\":{\"upn\":\"u\"}}""#, "u", nil),
    (#"{"claims":"{\"upn\":\"u\"}"}"#, "u", nil),
    (#""{\"Claims\":\"{\\\"upn\\\":\\\"u\\\"}\"}""#, "u", nil),
    (#"{"claims":"plain","authorization":{"evidence":{"role":" R "}}}"#, nil, "R"),
    (#"{"claims":{"upn":7},"authorization":"x"}"#, nil, nil),
    (#"{"claims":[],"authorization":{"evidence":[]}}"#, nil, nil),
    (#"{"authorization":{"evidence":{"role":""}}}"#, nil, nil),
    ("{}", nil, nil), (#""a plain name""#, nil, nil), ("null", nil, nil), ("42", nil, nil),
    ("[{}]", nil, nil),
  ]

  @Test(arguments: forms)
  func `may be an object, JSON text or nothing`(
    source: String, name: String?, role: String?
  ) throws {
    let decoded = try #require(Fixture(["identity": source]).decoded.records.first)
    #expect(decoded.evidence[0].claims.userPrincipalName == name)
    #expect(decoded.evidence[0].role == role)
    #expect(decoded.rejectedBodies == 0)
  }
}
