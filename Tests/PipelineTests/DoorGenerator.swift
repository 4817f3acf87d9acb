import Access
import TestSupport

/// Random stories of rules beside requests: groups written whole or rule by rule, by Defender and
/// by others, sessions, ways around and policies, on few VMs of which two share a name.
struct DoorGenerator {
  private var requests: EvidenceGenerator
  private var chance: Chance

  static let vms = ["rg/vm0", "rg/vm1", "rh/vm1"].map { text in
    let parts = text.split(separator: "/")
    return ResourceID(
      "/subscriptions/s/resourceGroups/\(parts[0])/providers/Microsoft.Compute/virtualMachines/"
        + parts[1])
  }

  private static let defender = "8edd93e1-2103-40b4-bd70-6e34e586362d"

  init(seed: UInt64) {
    requests = EvidenceGenerator(seed: seed)
    chance = Chance(seed: seed &+ 77)
  }

  mutating func evidence(count: Int) -> [Evidence] {
    (0..<count).flatMap { _ -> [Evidence] in
      switch chance.below(8) {
      case 0, 1, 2: requests.evidence(count: 1)
      case 3, 4: [group()]
      case 5: [single()]
      case 6: [reached()]
      default: [policy()]
      }
    }
  }

  private mutating func instant() -> EventTime {
    requests.start + .seconds(Int64(chance.below(60 * 9)) * 60 + Int64(chance.below(3)))
  }

  private mutating func nsg() -> String {
    "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/"
      + "n\(chance.below(2))"
  }

  private mutating func record(
    _ kind: Evidence.Kind, _ operation: String, _ resource: String
  ) -> Evidence {
    let phase = [Phase.start, .start, .success, .failure][chance.below(chance.below(4) + 1)]
    var evidence = Evidence(
      kind: kind, occurredAt: instant(), operation: operation, phase: phase,
      resource: ResourceID(resource), correlationID: "d\(chance.below(40))")
    if chance.isTrue(oneIn: 2) {
      evidence.claims.appID = DoorGenerator.defender
      evidence.claims.idType = "app"
    } else {
      evidence.claims.userPrincipalName = "person\(chance.below(3))@contoso.com"
    }
    return evidence
  }

  private mutating func group() -> Evidence {
    if chance.isTrue(oneIn: 10) {
      return record(.ruleSetDeleted, "microsoft.network/networksecuritygroups/delete", nsg())
    }
    var evidence = record(
      .ruleSetObserved, "microsoft.network/networksecuritygroups/write", nsg())
    if !chance.isTrue(oneIn: 4) {
      var names: Set<String> = []
      evidence.askedRules = (0..<chance.below(4)).map { _ in rule() }
        .filter { names.insert($0.name).inserted }
    }
    evidence.created = chance.isTrue(oneIn: 10)
    return evidence
  }

  private mutating func single() -> Evidence {
    let rule = rule()
    let resource = nsg() + "/securityRules/\(rule.name)"
    if chance.isTrue(oneIn: 3) {
      return record(
        .ruleDeleted, "microsoft.network/networksecuritygroups/securityrules/delete", resource)
    }
    var evidence = record(
      .ruleWritten, "microsoft.network/networksecuritygroups/securityrules/write", resource)
    if !chance.isTrue(oneIn: 4) { evidence.askedRules = [rule] }
    return evidence
  }

  private mutating func rule() -> NetworkRule {
    let number = chance.below(3)
    let isJIT = !chance.isTrue(oneIn: 3)
    let port = [22, 3389][chance.below(2)]
    let sources = chance.isTrue(oneIn: 3) ? ["*"] : ["203.0.113.\(chance.below(2))"]
    guard isJIT else {
      return NetworkRule(
        name: "r\(number)", access: "allow", direction: "inbound", protocolName: "*",
        ports: [["22", "20-4000", "443"][chance.below(3)]], sources: sources,
        destinations: [["*", "10.0.0.0/30", "10.0.0.9", "VirtualNetwork"][chance.below(4)]])
    }
    let isAllow = !chance.isTrue(oneIn: 4)
    return NetworkRule(
      name: "MicrosoftDefenderForCloud-JITRule\(isAllow ? "-" : "_")\(number)\(port)",
      text: "MDC JIT Network Access rule for policy 'p\(chance.below(2))' of VM "
        + "'vm\(chance.below(2))'.", access: isAllow ? "allow" : "deny", direction: "inbound",
      protocolName: "*", ports: [String(port)], sources: sources,
      destinations: [["10.0.0.1", "10.0.0.2", "10.0.0.9", "*"][chance.below(4)]])
  }

  private mutating func reached() -> Evidence {
    let vm = DoorGenerator.vms[chance.below(3)].display
    guard chance.isTrue(oneIn: 2) else {
      return record(
        .bypassUsed, "microsoft.compute/virtualmachines/runcommand/action", vm)
    }
    let kinds = [Evidence.Kind.sessionOpened, .sessionOpened, .sessionClosed, .sessionRefused]
    var evidence = Evidence(
      kind: kinds[chance.below(4)], occurredAt: instant(),
      operation: "microsoft.network/bastionhost/connect", phase: .other,
      resource: ResourceID("/bastion"), correlationID: "")
    evidence.session = SessionDetail(
      vm: ResourceID(vm), login: "l\(chance.below(2))", protocolName: "ssh",
      tunnelID: chance.isTrue(oneIn: 3) ? nil : "t\(chance.below(6))")
    evidence.claims.emailAddress = "person\(chance.below(3))@contoso.com"
    return evidence
  }

  private mutating func policy() -> Evidence {
    let resource =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Security/locations/we/"
      + "jitNetworkAccessPolicies/p\(chance.below(2))"
    if chance.isTrue(oneIn: 4) {
      return record(
        .policyDeleted, "microsoft.security/locations/jitnetworkaccesspolicies/delete", resource)
    }
    var evidence = record(
      .policyWritten, "microsoft.security/locations/jitnetworkaccesspolicies/write", resource)
    let vms = DoorGenerator.vms.filter { _ in chance.isTrue(oneIn: 2) }
    evidence.askedPolicy = PolicyBody(
      vms: vms,
      ports: vms.map {
        PolicyBody.Port(
          vm: $0, number: 22, protocolName: "TCP", sources: ["*"], maximum: .hours(3))
      })
    return evidence
  }
}
