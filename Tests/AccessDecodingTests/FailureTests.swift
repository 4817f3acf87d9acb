import Access
import Testing

@testable import AccessDecoding

@Suite struct `The error of a refused request` {
  static let failures: [(signature: String, properties: String, code: String?, message: String?)] =
    [
      ("Failed.Forbidden", #"{"statusMessage":{"error":{"code":"C","message":"M"}}}"#, "C", "M"),
      (
        "Failed.Forbidden",
        #"{"statusMessage":"{\"status\":\"Failed\",\"error\":{\"code\":\"C\",\"message\":\"M\"}}"}"#,
        "C", "M"
      ),
      ("Failed.", #"{"responseBody":"{\"Error\":{\"Code\":\"C\",\"Message\":\"M\"}}"}"#, "C", "M"),
      ("Failed.", #"{"requestbody":"{\"error\":{\"code\":\"C\"}}"}"#, "C", "described"),
      ("Failed.NotFound", #"{"statusCode":"X","statusMessage":"plain"}"#, "NotFound", "plain"),
      ("Failed.", #"{"statusCode":"Conflict","statusMessage":null}"#, "Conflict", "described"),
      ("Failed", #"{"statusCode":409}"#, "409", "described"), ("403", "{}", nil, "described"),
      ("Failed.", #"{"statusMessage":"{\"error\":{}}"}"#, nil, "described"),
      ("Failed.Forbidden", #"{"statusMessage":"{\"code\":\"C\"}"}"#, "C", "described"),
      ("Failed.", #"{"statusMessage":{"Code":"C","Message":"M"}}"#, "C", "M"),
      ("Failed.", #"{"statusMessage":"{\"status\":\"C\"}"}"#, nil, #"{"status":"C"}"#),
      ("Failed. NotFound ", "[]", "NotFound", "described"),
    ]

  @Test(arguments: failures)
  func `is the best of what the record tells`(
    signature: String, properties: String, code: String?, message: String?
  ) throws {
    let record = Fixture([
      "resultType": #""Failure""#, "resultSignature": signature.quoted,
      "resultDescription": #""described""#, "properties": properties,
    ])
    let decoded = try #require(record.decoded.records.first)
    #expect(decoded.evidence[0].error == ErrorDetail(code: code, message: message))
    #expect(decoded.rejectedBodies == (properties == "[]" ? 1 : 0))
  }

  @Test func `stands on no other phase, and its shape breaks no body`() throws {
    for phase in ["Start", "Accept", "Success", "Updated"] {
      let record = Fixture([
        "resultType": phase.quoted,
        "properties": #"{"responseBody":"{\"error\":{\"code\":\"C\"}}","statusMessage":"plain"}"#,
      ])
      let decoded = try #require(record.decoded.records.first)
      #expect(decoded.evidence[0].error == nil)
      #expect(decoded.rejectedBodies == 0)
    }
  }

  @Test func `is there without code and message when the record has none`() throws {
    let evidence = try #require(
      Fixture(["resultType": #""Failure""#, "resultSignature": nil]).evidence)
    #expect(evidence.error == ErrorDetail(code: nil, message: nil))
  }
}
