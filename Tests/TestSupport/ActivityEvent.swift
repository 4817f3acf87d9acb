import Foundation

/// One record of a JIT request as the exports of the activity log write it.
public struct ActivityEvent: Sendable {
  /// The phase's words: in a hub, and in the REST interface and older tables.
  public var phase = (hub: "Start", rest: "Started")
  /// The detail of the status: in a hub, and in older tables.
  public var detail = (hub: "", legacy: "")
  /// The instant, to the millisecond as the portal writes it.
  public var time = (hub: "2026-08-12T22:41:07.532Z", portal: "8/12/2026, 10:41:07.532 PM")
  /// The body of the request, or nothing.
  public var request: String? =
    #"{"virtualMachines":[{"id":"\#(ActivityEvent.vm)","ports":[{"number":3389,"#
    + #""duration":"PT3H","allowedSourceAddressPrefix":"203.0.113.10"}]}],"#
    + #""justification":"incident, \"4711\""}"#

  /// The request's first record.
  public init() {}

  /// The subscription of it all.
  public static let subscription = "11111111-1111-1111-1111-111111111111"
  /// The VM asked for.
  public static let vm =
    "/subscriptions/\(subscription)/resourceGroups/rg-app/providers/Microsoft.Compute/"
    + "virtualMachines/vm1"
  /// The policy asked.
  public static let policy =
    "/subscriptions/\(subscription)/resourceGroups/rg-app/providers/Microsoft.Security/locations/"
    + "westeurope/jitNetworkAccessPolicies/default"
  /// The operation as it is readable.
  public static let operation =
    "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action"
  /// The call.
  public static let correlation = "7399f689-ddf5-4ade-b65c-43eecf2b0292"
  private static let address = "203.0.113.10"
  private static let upn = "user@example.com"

  private var authorization: [String: Any] {
    [
      "scope": Self.policy, "action": Self.operation,
      "evidence": ["role": "JIT VM Access User", "principalType": "User"],
    ]
  }

  private var claims: [String: Any] {
    [
      "appid": "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "idtyp": "user", "name": "Example User",
      "http://schemas.microsoft.com/identity/claims/objectidentifier":
        "bbbbbbbb-1111-2222-3333-444444444444",
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn": Self.upn,
    ]
  }

  private var properties: [String: Any] {
    var properties: [String: Any] = [
      "eventCategory": "Administrative", "entity": Self.policy, "message": Self.operation,
    ]
    properties["requestbody"] = request
    return properties
  }
}

// As objects of JSON.
extension ActivityEvent {
  /// A hub's record, which is a line of a storage account too.
  public var hub: String {
    Self.json([
      "time": time.hub, "resourceId": Self.policy.uppercased(),
      "operationName": Self.operation.uppercased(), "category": "Administrative",
      "resultType": phase.hub, "resultSignature": "\(phase.rest).\(detail.hub)",
      "durationMs": "0", "callerIpAddress": Self.address, "correlationId": Self.correlation,
      "identity": ["authorization": authorization, "claims": claims], "level": "Information",
      "properties": properties,
    ])
  }

  /// A record of the REST interface.
  public var rest: String { Self.json(restObject) }

  /// What `rest` is made of.
  public var restObject: [String: Any] {
    [
      "authorization": authorization, "caller": Self.upn, "claims": claims,
      "correlationId": Self.correlation, "description": "",
      "eventName": ["value": "BeginRequest", "localizedValue": "Begin request"],
      "category": ["value": "Administrative", "localizedValue": "Administrative"],
      "eventTimestamp": time.hub, "httpRequest": ["clientIpAddress": Self.address],
      "level": "Informational", "id": "\(Self.policy)/events/1/ticks/2",
      "operationName": [
        "value": Self.operation, "localizedValue": "Initiate JIT Network Access Policy",
      ],
      "resourceId": Self.policy, "status": ["value": phase.rest, "localizedValue": phase.rest],
      "subStatus": ["value": detail.hub, "localizedValue": detail.legacy],
      "submissionTimestamp": "2026-08-12T22:42:41Z", "subscriptionId": Self.subscription,
      "properties": properties,
    ]
  }

  /// The present columns of Log Analytics.
  public var row: [String: String] {
    [
      "TimeGenerated": time.hub, "CallerIpAddress": Self.address,
      "CategoryValue": "Administrative", "CorrelationId": Self.correlation,
      "Authorization": Self.json(authorization, isSpaced: true),
      "Authorization_d": Self.json(authorization), "Claims": "", "Claims_d": Self.json(claims),
      "Level": "Information", "OperationNameValue": Self.operation.uppercased(),
      "Properties": Self.json(properties, isSpaced: true),
      "Properties_d": Self.json(properties), "Caller": Self.upn, "HTTPRequest": "",
      "ActivityStatusValue": phase.hub, "ActivitySubstatusValue": detail.hub,
      "SubscriptionId": Self.subscription, "OperationName": "", "ActivityStatus": "",
      "Type": "AzureActivity", "_ResourceId": Self.policy.lowercased(), "ResourceId": "",
    ]
  }

  /// The former columns of Log Analytics.
  public var legacyRow: [String: String] {
    [
      "TimeGenerated": time.hub, "CallerIpAddress": "", "Category": "Administrative",
      "CorrelationId": Self.correlation, "Authorization": "", "Claims": Self.json(claims),
      "OperationName": "Initiate JIT Network Access Policy",
      "Properties": Self.json(properties), "Caller": Self.upn,
      "HTTPRequest": #"{"clientIpAddress":"\#(Self.address)","method":"POST"}"#,
      "ActivityStatus": phase.rest, "ActivitySubstatus": detail.legacy,
      "ResourceId": Self.policy, "Type": "AzureActivity",
    ]
  }

  /// The columns of the portal's file.
  public var portalRow: [String: String] {
    [
      "Correlation id": Self.correlation, "Operation name": "Initiate JIT Network Access Policy",
      "Status": phase.rest, "Event category": "Administrative", "Level": "Informational",
      "Time": time.portal, "Subscription": Self.subscription, "Event initiated by": Self.upn,
      "Resource type": "Microsoft.Security/locations/jitNetworkAccessPolicies",
      "Resource group": "rg-app", "Resource": "westeurope/default",
    ]
  }

  /// JSON of an object.
  public static func json(_ object: Any, isSpaced: Bool = false) -> String {
    var options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    if isSpaced { options.insert(.prettyPrinted) }
    let data = try? JSONSerialization.data(withJSONObject: object, options: options)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}

/// Writes CSV as spreadsheets and the portal do.
public enum CSVWriter {
  /// A file with a header and rows, which begins with a byte order mark.
  public static func file(_ rows: [[String: String]], lineBreak: String = "\r\n") -> String {
    let names = Set(rows.flatMap(\.keys)).sorted()
    return "\u{FEFF}"
      + ([names] + rows.map { row in names.map { row[$0] ?? "" } })
      .map { line($0) + lineBreak }.joined()
  }

  /// One row, in quotes where it needs them.
  public static func line(_ fields: [String]) -> String {
    fields.map { field in
      let isPlain = !field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      return isPlain ? field : "\"\(field.replacingOccurrences(of: "\"", with: "\"\""))\""
    }.joined(separator: ",")
  }
}
