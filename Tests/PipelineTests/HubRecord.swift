import Foundation

/// One record as a hub sends it, with what a test is about left open; times of day are on
/// 2026-08-12.
struct HubRecord {
  static let subscription = "11111111-1111-1111-1111-111111111111"
  static let application = "/subscriptions/\(subscription)/resourceGroups/rg-app/providers/"
  static let network =
    "/subscriptions/\(subscription)/resourceGroups/rg-net/providers/Microsoft.Network/"
  static let policy =
    application + "Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/default"
  static let nsg = network + "networkSecurityGroups/nsg1"
  static let initiate = "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action"
  static let defender = "8edd93e1-2103-40b4-bd70-6e34e586362d"
  static let user = "user@example.com"

  static func vm(_ name: String = "vm1") -> String {
    application + "Microsoft.Compute/virtualMachines/" + name
  }

  /// Members of the record; those that are nil are left out.
  var fields: [String: Any?]
  /// Members of its properties.
  var properties: [String: Any] = [:]

  /// A phase of one of ARM's calls.
  init(
    _ operation: String, on resource: String, _ phase: String, _ clock: String,
    in correlation: String? = nil
  ) {
    fields = [
      "time": "2026-08-12T\(clock)Z", "resourceId": resource.uppercased(),
      "operationName": operation.uppercased(), "category": "Administrative",
      "resultType": phase, "durationMs": "0", "level": "Information",
      "correlationId": correlation ?? "call \(clock) \(resource)",
    ]
  }

  /// The record's source.
  var text: String {
    var object = fields.compactMapValues { $0 }
    if object["properties"] == nil, !properties.isEmpty { object["properties"] = properties }
    return HubRecord.json(object)
  }

  /// The same record with something about it changed.
  func with(_ change: (inout HubRecord) -> Void) -> HubRecord {
    var copy = self
    change(&copy)
    return copy
  }

  static func json(_ object: Any) -> String {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    return String(
      decoding: try! JSONSerialization.data(withJSONObject: object, options: options),
      as: UTF8.self)
  }
}

// Initiates.
extension HubRecord {
  /// A phase of a request by `user`, with the bodies given.
  static func ask(
    _ phase: String, _ clock: String, asked: String? = nil, answered: String? = nil
  ) -> HubRecord {
    HubRecord(initiate, on: policy, phase, clock, in: "ask").with { record in
      record.fields["callerIpAddress"] = "203.0.113.10"
      record.fields["identity"] = [
        "claims": [
          "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn": user, "idtyp": "user",
        ]
      ]
      record.properties["requestbody"] = asked
      record.properties["responseBody"] = answered
    }
  }

  /// What a request asks for: an hour from one address, for VMs and ports as `vm1:3389`.
  static func asked(_ ports: String...) -> String {
    json(["virtualMachines": ports.map { machine($0, ["duration": "PT1H"]) }])
  }

  /// What it is answered with: an hour from 10:00:02 on.
  static func answered(_ ports: String...) -> String {
    json([
      "virtualMachines": ports.map { machine($0, ["endTimeUtc": "2026-08-12T11:00:02Z"]) },
      "startTimeUtc": "2026-08-12T10:00:02Z", "requestor": "",
    ])
  }

  private static func machine(_ place: String, _ end: [String: Any]) -> [String: Any] {
    let parts = place.split(separator: ":")
    var port = end
    port["number"] = Int(parts[1])
    port["allowedSourceAddressPrefix"] = "203.0.113.10"
    return ["id": vm(String(parts[0])), "ports": [port]]
  }

  /// The failure of a request, with what it says of the error.
  static func refusal(
    _ clock: String, status: String? = nil, signature: String? = nil, code: String? = nil
  ) -> HubRecord {
    ask("Failure", clock).with { record in
      record.fields["resultSignature"] = signature
      record.properties["statusMessage"] = status
      record.properties["statusCode"] = code
    }
  }
}

// Rules.
extension HubRecord {
  /// A write of the whole group; nil = without a body.
  static func write(
    _ clock: String, _ rules: [[String: Any]]?, by app: String? = defender
  ) -> HubRecord {
    HubRecord("Microsoft.Network/networkSecurityGroups/write", on: nsg, "Start", clock)
      .with { record in
        record.fields["identity"] = app.map { ["claims": ["appid": $0, "idtyp": "app"]] }
        if let rules {
          record.properties["requestbody"] = json(["properties": ["securityRules": rules]])
        }
      }
  }

  /// The deletion of one rule.
  static func deletion(
    _ clock: String, of rule: String, by app: String? = defender
  ) -> HubRecord {
    HubRecord(
      "Microsoft.Network/networkSecurityGroups/securityRules/delete",
      on: "\(nsg)/securityRules/\(rule)", "Start", clock
    )
    .with { $0.fields["identity"] = app.map { ["claims": ["appid": $0]] } }
  }

  static let name = "MicrosoftDefenderForCloud-JITRule-1170687618-8C18BF8921F041989344B4F1E3A0C370"
  static let denyName = name.replacingOccurrences(of: "-1170", with: "_1170")
    .replacingOccurrences(of: "-8C18", with: "_9C18")

  /// What Defender writes into its rules.
  static func description(_ vm: String = "vm1", brand: String = "MDC") -> String {
    "\(brand) JIT Network Access rule created by an initiation request for policy 'default' of VM "
      + "'\(vm)'."
  }

  /// Defender's rule for a port of a VM.
  static func rule(
    _ name: String = name, text: String? = description(), port: Int = 3389,
    to address: String = "10.0.0.4", access: String = "Allow"
  ) -> [String: Any] {
    var properties: [String: Any] = [
      "protocol": "*", "sourcePortRange": "*", "destinationPortRange": String(port),
      "sourceAddressPrefix": access == "Deny" ? "*" : "203.0.113.10",
      "destinationAddressPrefix": address, "access": access, "direction": "Inbound",
      "priority": access == "Deny" ? 4096 : 100,
    ]
    properties["description"] = text
    return ["name": name, "properties": properties]
  }

  /// The rule that always stands, by which Defender shuts a port.
  static var deny: [String: Any] {
    rule(
      denyName, text: "MDC JIT Network Access rule for policy 'default' of VM 'vm1'.",
      access: "Deny")
  }
}
