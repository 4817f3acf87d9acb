import Foundation

/// Logs in which everything happens in one place, and their even counterparts: the same records
/// spread over a hundred places.
struct UnevenLog {
  /// What grows without end.
  enum Kind: String, CaseIterable {
    /// One VM whose windows never end: each is renewed before the end of the one before.
    case chain
    /// One group with whole writes of 200 rules, one of which lets in a VM by JIT, and another by
    /// hand and under a new name each time.
    case rules
    /// One policy, whose requests sometimes have no body.
    case policy
  }

  let kind: Kind
  /// In how many places the records are spread.
  let places: Int

  static let subscription = "11111111-1111-1111-1111-111111111111"

  /// The records of step `number`, each step being one window, one write or one request.
  func records(_ number: Int) -> [String] {
    switch kind {
    case .chain: chain(number)
    case .rules: rules(number)
    case .policy: policy(number)
    }
  }

  /// A record of the first place about a time long before the others' end.
  func late(before number: Int) -> String {
    let early = max(0, number - 90 * 1_440)
    switch kind {
    case .chain: return request(early, minute: Double(early) + 0.5, extra: "late", hasBody: true)
    case .rules: return write(early, shift: 0.5, extra: "late")
    case .policy: return request(early, minute: Double(early) + 0.5, extra: "late", hasBody: true)
    }
  }

  private func place(_ number: Int) -> Int { number % places }

  /// Every place has its window of two hours each hour, so that it never ends.
  private func minute(_ number: Int) -> Double {
    Double(number / places) * 60 + Double(number % places) * 60 / Double(places)
  }

  private func time(_ minute: Double) -> String {
    let seconds = 1_700_000_000 + Int(minute * 60)
    var moment = time_t(seconds)
    var parts = tm()
    gmtime_r(&moment, &parts)
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02dZ", Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1,
      Int(parts.tm_mday), Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
  }

  private func chain(_ number: Int) -> [String] {
    let minute = minute(number)
    let rules = [jit(number), jit(number - places)].joined(separator: ",")
    return [
      request(number, minute: minute, extra: "", hasBody: true),
      nsg(number, minute: minute + 0.5, rules: rules, extra: "open"),
      nsg(number, minute: minute + 1, rules: jit(number), extra: "renew"),
    ]
  }

  private func policy(_ number: Int) -> [String] {
    let minute = Double(number)
    let hasBody = number % 10 != 0
    let asked = request(number, minute: minute, extra: "", hasBody: hasBody)
    return hasBody
      ? [asked]
      : [
        asked, nsg(number, minute: minute + 0.2, rules: jit(number), extra: "open"),
        nsg(number, minute: minute + 0.8, rules: "", extra: "close"),
      ]
  }

  private func rules(_ number: Int) -> [String] {
    guard number < places else { return [write(number)] }
    return [
      request(number, minute: Double(number) - 0.5, extra: "", hasBody: true), write(number),
    ]
  }

  private func write(_ number: Int, shift: Double = 0, extra: String = "") -> String {
    let rules = (0..<199).map { index in
      index == number % 199
        ? hand("r\(index)-\(number)", port: 22) : hand("r\(index)", port: 8_000 + index)
    }
    return nsg(
      number, minute: Double(number) + shift,
      rules: ([jit(place(number))] + rules).joined(separator: ","), extra: extra)
  }

  private func request(
    _ number: Int, minute: Double, extra: String, hasBody: Bool
  ) -> String {
    let place = place(number)
    let vm = kind == .policy ? number % 1_000 : place
    let body =
      #"{\"virtualMachines\":[{\"id\":\"/subscriptions/\#(Self.subscription)/resourceGroups/rg/providers"#
      + #"/Microsoft.Compute/virtualMachines/vm\#(vm)\",\"ports\":[{\"number\":22,\"duration\":\"PT2H\","#
      + #"\"allowedSourceAddressPrefix\":\"203.0.113.10\"}]}]}"#
    let policy = kind == .policy ? "p\(place)" : "default"
    return record(
      minute, "MICROSOFT.SECURITY/LOCATIONS/JITNETWORKACCESSPOLICIES/INITIATE/ACTION",
      "resourceGroups/rg/providers/Microsoft.Security/locations/we/jitNetworkAccessPolicies/\(policy)",
      correlation: "ask-\(number)\(extra)",
      claims: #""appid":"c","idtyp":"user","upn":"user\#(vm % 50)@example.com""#,
      properties: hasBody ? #""requestbody":"\#(body)""# : "")
  }

  private func nsg(_ number: Int, minute: Double, rules: String, extra: String) -> String {
    let place = kind == .policy ? number % 1_000 : place(number)
    return record(
      minute, "MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WRITE",
      "resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg\(place)",
      correlation: "nsg-\(number)\(extra)",
      claims: #""appid":"8edd93e1-2103-40b4-bd70-6e34e586362d","idtyp":"app""#,
      properties: #""requestbody":"{\"properties\":{\"securityRules\":[\#(rules)]}}""#)
  }

  private func jit(_ number: Int) -> String {
    if number < 0 { return hand("none", port: 8_000) }
    let vm = kind == .policy ? number % 1_000 : place(number)
    let policy = kind == .policy ? "p\(place(number))" : "default"
    return rule(
      "MicrosoftDefenderForCloud-JITRule-\(vm)-" + String(format: "%032X", number),
      "MDC JIT Network Access rule created by an initiation request for policy '\(policy)' of VM "
        + "'vm\(vm)'.", port: "22", source: "203.0.113.10",
      destination: "10.\(vm / 65_536).\(vm / 256 % 256).\(vm % 256)")
  }

  private func hand(_ name: String, port: Int) -> String {
    rule(name, "by hand", port: "\(port)", source: "10.0.0.0/8", destination: "*")
  }

  private func rule(
    _ name: String, _ text: String, port: String, source: String, destination: String
  ) -> String {
    #"{\"name\":\"\#(name)\",\"properties\":{\"description\":\"\#(text)\",\"protocol\":\"*\","#
      + #"\"destinationPortRange\":\"\#(port)\",\"sourceAddressPrefix\":\"\#(source)\","#
      + #"\"destinationAddressPrefix\":\"\#(destination)\",\"access\":\"Allow\",\"direction\":\"Inbound\"}}"#
  }

  private func record(
    _ minute: Double, _ operation: String, _ resource: String, correlation: String,
    claims: String, properties: String
  ) -> String {
    #"{"records":[{"time":"\#(time(minute))","resourceId":"/subscriptions/\#(Self.subscription)/"#
      + #"\#(resource)","operationName":"\#(operation)","category":"Administrative","#
      + #""resultType":"Start","resultSignature":"Started.","correlationId":"\#(correlation)","#
      + #""callerIpAddress":"203.0.113.10","identity":{"claims":{\#(claims)}},"#
      + #""properties":{\#(properties)}}]}"#
  }
}
