import Access
import TestSupport

/// Rules, policies, sessions and ways around, in the same small world.
extension EvidenceGenerator {
  static let defender = "8edd93e1-2103-40b4-bd70-6e34e586362d"

  /// All kinds of evidence, about as much of rules and policies as of requests.
  mutating func estate(count: Int) -> [Evidence] {
    (0..<count).map { _ in
      switch chance.below(16) {
      case 0..<6: evidence(count: 1)[0]
      case 6..<11: ruleSet()
      case 11, 12: chance.isTrue(oneIn: 2) ? ruleWrite() : ruleDelete()
      case 13: policy()
      case 14: session()
      default: bypass()
      }
    }
  }

  private mutating func moment() -> EventTime {
    start + .seconds(Int64(chance.below(60 * 9)) * 60 + Int64(chance.below(3)))
  }

  private mutating func machine() -> ResourceID {
    // vm1 is there twice, in two groups.
    let group = chance.isTrue(oneIn: 6) ? "rg2" : "rg"
    return ResourceID(
      "/subscriptions/s/resourceGroups/\(group)/providers/Microsoft.Compute/virtualMachines/vm"
        + "\(chance.below(3))")
  }

  private mutating func nsg() -> String {
    "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/nsg"
      + "\(chance.below(2))"
  }

  private mutating func call(
    _ kind: Evidence.Kind, _ operation: String, _ resource: String
  ) -> Evidence {
    let phase = [Phase.start, .start, .accept, .success, .success, .failure]
    var evidence = Evidence(
      kind: kind, occurredAt: moment(), operation: operation,
      phase: chance.isTrue(oneIn: 12) ? .failure : phase[chance.below(5)],
      resource: ResourceID(resource),
      correlationID: chance.isTrue(oneIn: 6) ? "" : "d\(chance.below(24))")
    if chance.isTrue(oneIn: 4) {
      evidence.claims.userPrincipalName = "person\(chance.below(2))@contoso.com"
    } else {
      evidence.claims.appID = EvidenceGenerator.defender
    }
    return evidence
  }

  private mutating func ruleSet() -> Evidence {
    let nsg = nsg()
    if chance.isTrue(oneIn: 20) {
      return call(.ruleSetDeleted, "microsoft.network/networksecuritygroups/delete", nsg)
    }
    var write = call(.ruleSetObserved, "microsoft.network/networksecuritygroups/write", nsg)
    let rules = (0..<chance.below(4)).map { _ in rule() }
    switch chance.below(5) {
    case 0: break
    case 1: write.answeredRules = rules
    default: write.askedRules = rules
    }
    write.created = chance.isTrue(oneIn: 10)
    return write
  }

  private mutating func ruleWrite() -> Evidence {
    let rule = rule()
    var write = call(
      .ruleWritten, "microsoft.network/networksecuritygroups/securityrules/write",
      "\(nsg())/securityRules/\(rule.name)")
    if !chance.isTrue(oneIn: 5) { write.askedRules = [rule] }
    return write
  }

  private mutating func ruleDelete() -> Evidence {
    call(
      .ruleDeleted, "microsoft.network/networksecuritygroups/securityrules/delete",
      "\(nsg())/securityRules/\(rule().name)")
  }

  private mutating func rule() -> NetworkRule {
    let number = chance.below(8)
    if number == 7 {
      return NetworkRule(
        name: "ssh-in", access: "allow", direction: "inbound", protocolName: "Tcp", ports: ["22"],
        sources: [chance.isTrue(oneIn: 2) ? "*" : "10.0.0.0/8"], destinations: ["*"])
    }
    let (vm, port) = (number % 3, number < 4 ? 22 : 3389)
    return NetworkRule(
      name: "MicrosoftDefenderForCloud-JITRule-\(number)-8C18BF8921F041989344B4F1E3A0C370",
      text: "MDC JIT Network Access rule created by an initiation request for policy "
        + "'p\(number % 2)' of VM 'vm\(vm)'.",
      access: chance.isTrue(oneIn: 8) ? "deny" : "allow", direction: "inbound",
      protocolName: "*", ports: ["\(port)"],
      sources: [chance.isTrue(oneIn: 3) ? "*" : "203.0.113.\(chance.below(3))"],
      destinations: ["10.0.0.\(vm + (chance.isTrue(oneIn: 6) ? 10 : 0))"])
  }

  private mutating func policy() -> Evidence {
    let id =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Security/locations/we/"
      + "jitNetworkAccessPolicies/p\(chance.below(2))"
    let operation = "microsoft.security/locations/jitnetworkaccesspolicies"
    if chance.isTrue(oneIn: 6) { return call(.policyDeleted, "\(operation)/delete", id) }
    var write = call(.policyWritten, "\(operation)/write", id)
    let ports = (0..<chance.below(4)).map { _ in
      PolicyBody.Port(
        vm: machine(), number: [22, 3389][chance.below(2)], protocolName: "TCP", sources: ["*"],
        maximum: .hours(Int64(1 + chance.below(5))))
    }
    if !chance.isTrue(oneIn: 5) {
      write.askedPolicy = PolicyBody(vms: ports.map(\.vm), ports: ports)
    }
    return write
  }

  private mutating func session() -> Evidence {
    var session = Evidence(
      kind: [.sessionOpened, .sessionOpened, .sessionClosed, .sessionRefused][chance.below(4)],
      occurredAt: moment(), operation: "microsoft.network/bastionhost/connect", phase: .other,
      resource: ResourceID("/bastion"), correlationID: "")
    session.session = SessionDetail(
      vm: machine(), login: "azure", protocolName: "ssh",
      tunnelID: chance.isTrue(oneIn: 3) ? nil : "t\(chance.below(4))")
    return session
  }

  private mutating func bypass() -> Evidence {
    call(
      .bypassUsed, "microsoft.compute/virtualmachines/runcommand/action", machine().display)
  }
}
