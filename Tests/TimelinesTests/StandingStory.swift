import Access
import Timelines

/// Makes rules, groups, sessions and ways around for stories of 2026-08-12.
enum StandingStory {
  static let nsg = group("nsg1")
  static let defender = "8edd93e1-2103-40b4-bd70-6e34e586362d"

  static func group(_ name: String) -> ResourceID {
    ResourceID(
      "/subscriptions/S1/resourceGroups/rg-net/providers/Microsoft.Network/"
        + "networkSecurityGroups/\(name)")
  }

  static func episode(
    _ name: String, _ begin: String?, _ end: String? = nil, in nsg: ResourceID = nsg,
    ports: [String] = ["22"], to destinations: [String] = ["*"], access: String = "allow",
    direction: String = "inbound", text: String? = nil, byDefender: Bool = false,
    seen: String = "06:00:00"
  ) -> RuleEpisode {
    let rule = NetworkRule(
      name: name, text: text, access: access, direction: direction, protocolName: "*",
      ports: ports, sources: ["203.0.113.10"], destinations: destinations)
    let actor = Actor(kind: .user, name: "bob@example.com", objectID: nil, appID: nil)
    let app = Actor(kind: .app, name: nil, objectID: nil, appID: defender)
    let author = begin == nil ? nil : byDefender ? app : actor
    var episode = RuleEpisode(
      nsg: nsg,
      first: RuleEpisode.Version(
        at: Story.time(begin ?? seen), rule: rule, writer: author, evidence: []),
      begin: begin.map(Story.time), author: author)
    episode.byDefender = byDefender && begin != nil
    episode.end = end.map(Story.time)
    return episode
  }

  /// A JIT rule of Defender's for a VM.
  static func jit(
    _ begin: String?, _ end: String? = nil, vm: String = "vm1", in nsg: ResourceID = nsg,
    address: String? = "10.0.0.4", port: String = "22", access: String = "allow",
    name: String = "MicrosoftDefenderForCloud-JITRule-1-A", seen: String = "06:00:00"
  ) -> RuleEpisode {
    episode(
      name, begin, end, in: nsg, ports: [port], to: [address ?? "*"], access: access,
      text: "MDC JIT Network Access rule for policy 'default' of VM '\(vm)'.", byDefender: true,
      seen: seen)
  }

  static func session(
    _ kind: Evidence.Kind, _ at: String, tunnel: String? = nil, login: String? = "azureuser",
    email: String? = "ann@example.com"
  ) -> IdentifiedEvidence {
    var evidence = Evidence(
      kind: kind, occurredAt: Story.time(at), operation: "microsoft.network/bastionhost/connect",
      phase: .other, resource: group("bastion"), correlationID: "")
    evidence.session = SessionDetail(
      vm: Story.vm("vm1"), login: login, protocolName: "ssh", tunnelID: tunnel)
    evidence.claims.emailAddress = email
    evidence.callerAddress = "203.0.113.10"
    return evidence.identified
  }

  static func bypass(
    _ at: String, _ operation: String, on resource: String = "", phase: Phase = .start,
    type: String? = nil, correlation: String = Story.correlation
  ) -> IdentifiedEvidence {
    var evidence = Evidence(
      kind: .bypassUsed, occurredAt: Story.time(at), operation: operation, phase: phase,
      resource: ResourceID(Story.vm("vm1").display + resource), correlationID: correlation)
    evidence.extensionType = type
    evidence.claims = Story.person("eve@example.com")
    if phase == .failure { evidence.error = ErrorDetail(code: "Denied", message: nil) }
    return evidence.identified
  }
}
