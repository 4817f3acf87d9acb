import Access

@testable import AccessDecoding

/// Decodes one message in a fresh decoder.
func decode(
  _ message: String, as kind: MessageKind = .message,
  _ settings: DecodingSettings = DecodingSettings()
) -> DecodedInput {
  decode(Array(message.utf8), as: kind, settings)
}

func decode(
  _ message: [UInt8], as kind: MessageKind = .message,
  _ settings: DecodingSettings = DecodingSettings()
) -> DecodedInput {
  var decoder = MessageDecoder(settings)
  var output = DecodedInput()
  decoder.decode(message.span.bytes, as: kind, into: &output)
  return output
}

/// The counts in a short text, so that tables stay readable.
func told(_ output: DecodedInput) -> String {
  let counts = output.counts
  return
    "\(counts.recordsRead) read, \(counts.irrelevant) irrelevant, \(counts.rejected) rejected, "
    + "\(output.records.count) evidence, \(counts.messagesRejected) messages"
    + (counts.repaired > 0 ? ", repaired" : "")
}

extension String {
  /// The text as a JSON string.
  var quoted: String {
    var bytes: [UInt8] = []
    CanonicalJSON.append(self, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One record, with what the test is about left open.
struct Fixture {
  static let subscription = "11111111-1111-1111-1111-111111111111"
  static let operation = "MICROSOFT.SECURITY/LOCATIONS/JITNETWORKACCESSPOLICIES/INITIATE/ACTION"
  static let policy =
    "/subscriptions/\(subscription)/resourceGroups/rg-app/providers/Microsoft.Security/locations/"
    + "westeurope/jitNetworkAccessPolicies/default"
  static let vm =
    "/subscriptions/\(subscription)/resourceGroups/rg-app/providers/Microsoft.Compute/"
    + "virtualMachines/vm1"

  /// Members of the record with their source; `nil` leaves one out.
  var members: [(String, String?)] = [
    ("time", #""2026-08-12T22:41:07.5329521Z""#), ("resourceId", policy.uppercased().quoted),
    ("operationName", operation.quoted), ("category", #""Administrative""#),
    ("resultType", #""Start""#), ("resultSignature", #""Started.""#), ("durationMs", #""0""#),
    ("callerIpAddress", #""203.0.113.10""#),
    ("correlationId", #""7399F689-ddf5-4ade-b65c-43eecf2b0292""#), ("identity", nil),
    ("properties", nil),
  ]

  init(_ changes: [String: String?] = [:]) {
    for (key, source) in changes.sorted(by: { $0.key < $1.key }) { self[key] = source }
  }

  subscript(key: String) -> String? {
    get { members.first { $0.0 == key }?.1 }
    set {
      if let index = members.firstIndex(where: { $0.0 == key }) {
        members[index].1 = newValue
      } else {
        members.append((key, newValue))
      }
    }
  }

  var text: String {
    "{"
      + members.compactMap { key, source in source.map { "\(key.quoted):\($0)" } }
      .joined(separator: ",") + "}"
  }

  var decoded: DecodedInput { decode(#"{"records":[\#(text)]}"#) }
  var evidence: Evidence? { decoded.records.first?.evidence.first }

  /// A record whose request or response has this body, as text.
  static func body(_ json: String, key: String = "requestbody") -> DecodedInput {
    Fixture(["properties": "{\(key.quoted):\(json.quoted)}"]).decoded
  }

  static func ports(_ ports: String) -> String {
    #"{"virtualMachines":[{"id":"\#(vm)","ports":[\#(ports)]}]}"#
  }

  static let irrelevant =
    #"{"time":"2026-08-12T10:00:00Z","operationName":"MICROSOFT.STORAGE/LISTKEYS/ACTION","#
    + #""category":"Administrative"}"#
}
