import Access

@testable import AccessDecoding

/// A record of another family, with its bodies as text.
struct CallFixture {
  static let group =
    "/subscriptions/\(Fixture.subscription)/resourceGroups/rg-net/providers/Microsoft.Network/"
    + "networkSecurityGroups/nsg1"
  static let firewall =
    "/subscriptions/\(Fixture.subscription)/resourceGroups/rg-net/providers/Microsoft.Network/"
    + "azureFirewalls/fw1"

  var record: Fixture
  var properties: [String] = []

  init(_ operation: String, on resource: String, _ changes: [String: String?] = [:]) {
    var changes = changes
    changes["operationName"] = changes["operationName"] ?? operation.quoted
    changes["resourceId"] = changes["resourceId"] ?? resource.quoted
    record = Fixture(changes)
  }

  /// The same record with a body, which is written as text or as an object.
  func with(request: String? = nil, response: String? = nil, asText: Bool = true) -> CallFixture {
    var copy = self
    for (key, body) in [("requestbody", request), ("responseBody", response)] {
      guard let body else { continue }
      copy.properties.append("\(key.quoted):\(asText ? body.quoted : body)")
    }
    return copy
  }

  /// The record alone.
  var text: String {
    var record = record
    if record["properties"] == nil {
      record["properties"] = "{\(properties.joined(separator: ","))}"
    }
    return record.text
  }

  var decoded: DecodedInput { decode(#"{"records":[\#(text)]}"#) }
  var found: DecodedRecord? { decoded.records.first }
  var evidence: Evidence? { found?.evidence.first }
}
