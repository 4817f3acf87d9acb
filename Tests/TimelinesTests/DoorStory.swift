import Access
import Testing
import Timelines

/// Rules of a story: `name allow 22 203.0.113.10`, and who writes them.
extension Story {
  static let nsg1 =
    "/subscriptions/S1/resourceGroups/rg-net/providers/Microsoft.Network/networkSecurityGroups/nsg1"
  static let nsg2 = nsg1.replacingLast("1", by: "2")

  static var defender: Claims {
    var claims = Claims()
    claims.appID = "8edd93e1-2103-40b4-bd70-6e34e586362d"
    return claims
  }

  /// A rule as Defender names it; the number makes it another one.
  static func jit(
    _ number: Int = 1, vm: String = "vm1", policy: String = "default", port: String = "22",
    from source: String = "203.0.113.10", to address: String = "10.0.0.4",
    access: String = "allow"
  ) -> NetworkRule {
    NetworkRule(
      name: "MicrosoftDefenderForCloud-JITRule-\(number)-8C18BF8921F041989344B4F1E3A0C370",
      text: "MDC JIT Network Access rule created by an initiation request for policy '\(policy)' "
        + "of VM '\(vm)'.",
      access: access, direction: "inbound", protocolName: "*", ports: [port], sources: [source],
      destinations: [address])
  }

  static func hand(_ name: String = "ssh", from source: String = "10.0.0.0/8") -> NetworkRule {
    NetworkRule(
      name: name, access: "allow", direction: "inbound", protocolName: "Tcp", ports: ["22"],
      sources: [source], destinations: ["*"])
  }

  /// A write of a whole group; nil = its content is unknown.
  static func write(
    _ at: String, _ rules: [NetworkRule]?, in nsg: String = nsg1, by claims: Claims = defender,
    created: Bool = false, phase: Phase = .start, correlation: String? = nil
  ) -> Evidence {
    var evidence = Evidence(
      kind: .ruleSetObserved, occurredAt: time(at),
      operation: "microsoft.network/networksecuritygroups/write", phase: phase,
      resource: ResourceID(nsg), correlationID: correlation ?? "write \(at) \(nsg)")
    evidence.askedRules = rules
    evidence.claims = claims
    evidence.created = created
    return evidence
  }

  /// A write (a rule), or a delete (nil), of one rule.
  static func single(
    _ at: String, _ name: String, _ rule: NetworkRule?, in nsg: String = nsg1,
    by claims: Claims = defender
  ) -> Evidence {
    let operation = "microsoft.network/networksecuritygroups/securityrules/"
    var evidence = Evidence(
      kind: rule == nil ? .ruleDeleted : .ruleWritten, occurredAt: time(at),
      operation: operation + (rule == nil ? "delete" : "write"), phase: .start,
      resource: ResourceID("\(nsg)/securityRules/\(name)"), correlationID: "rule \(at)")
    evidence.askedRules = rule.map { [$0] }
    evidence.claims = claims
    return evidence
  }

  static func deletion(_ at: String, of nsg: String = nsg1, by claims: Claims = defender)
    -> Evidence
  {
    var evidence = Evidence(
      kind: .ruleSetDeleted, occurredAt: time(at),
      operation: "microsoft.network/networksecuritygroups/delete", phase: .start,
      resource: ResourceID(nsg), correlationID: "delete \(at)")
    evidence.claims = claims
    return evidence
  }

  static func policyWrite(
    _ at: String, _ ports: [PolicyBody.Port], on policy: ResourceID = policy()
  )
    -> Evidence
  {
    var evidence = Evidence(
      kind: .policyWritten, occurredAt: time(at),
      operation: "microsoft.security/locations/jitnetworkaccesspolicies/write", phase: .start,
      resource: policy, correlationID: "policy \(at)")
    evidence.askedPolicy = PolicyBody(vms: ports.map(\.vm), ports: ports)
    return evidence
  }

  /// A request of one hour for `vm1:22` from the address that `jit()` opens to.
  static func ask(
    _ at: String, _ port: String = "vm1:22", from source: String = "203.0.113.10",
    hours: Int64? = 1, by name: String = "user@example.com", on policy: ResourceID = policy()
  ) -> Evidence {
    start(
      at, body(port, sources: [source], duration: hours.map { .hours($0) }), by: person(name),
      on: policy, correlation: "ask \(at) \(port) \(name)")
  }
}

extension String {
  fileprivate func replacingLast(_ end: String, by other: String) -> String {
    hasSuffix(end) ? dropLast(end.count) + other : self
  }
}

extension AccessWindow {
  /// The state with the time of day of the closing, as `closed 11:00:30 presumed`.
  func told(at clock: String) -> String {
    let standing = standing(at: Story.time(clock))
    let at = standing.closedAt.map { " \($0.description.dropFirst(11).dropLast())" } ?? ""
    return standing.state.rawValue + at + (standing.closedBy == .presumed ? " presumed" : "")
  }
}
