import Access
import Contract

/// Values that the tests of this module share.
enum Fixture {
  static let subscription = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590"
  static let vm = ResourceID(
    subscription + "/resourceGroups/Prod-RG/providers/Microsoft.Compute/virtualMachines/Web-01")
  static let vmText =
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourcegroups/prod-rg/providers/microsoft.compute/virtualmachines/web-01"
  static let policy = ResourceID(
    subscription
      + "/resourceGroups/Prod-RG/providers/Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/default"
  )
  static let policyText =
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourcegroups/prod-rg/providers/microsoft.security/locations/westeurope/jitnetworkaccesspolicies/default"
  static let nsg = ResourceID(
    subscription + "/resourceGroups/Net/providers/Microsoft.Network/networkSecurityGroups/Nsg1")
  static let nsgText =
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourcegroups/net/providers/microsoft.network/networksecuritygroups/nsg1"
  static let opening = Opening(
    nsg: nsg, rule: "jit", began: time("2026-08-12T08:00:05Z"),
    from: time("2026-08-12T08:00:05Z"), until: nil)
  static let actor = Actor(
    kind: .user, name: "Ada@contoso.com", objectID: "11111111-2222-3333-4444-555555555555",
    appID: nil)
  static let actorText =
    #"{"kind":"user","name":"Ada@contoso.com","objectId":"11111111-2222-3333-4444-555555555555","appId":null}"#
  static let evidence = evidenceID("a")
  static let evidenceText = "20260812-" + String(repeating: "a", count: 64)

  static func time(_ text: String) -> EventTime {
    EventTime(rfc3339: text) ?? .distantPast
  }

  static func evidenceID(_ digit: String) -> EvidenceID {
    EvidenceID("20260812-" + String(repeating: digit, count: 64))!
  }

  static func grant(port: Int? = 22, endsAt: EventTime? = time("2026-08-12T11:00:00Z"))
    -> AccessGrant
  {
    AccessGrant(
      vm: vm, port: port, sources: ["10.0.0.4", "10.0.0.5"],
      opensAt: time("2026-08-12T08:00:01.25Z"), endsAt: endsAt, askedFor: .hours(3),
      inferred: false)
  }

  static func request(grants: [AccessGrant] = [grant()]) -> AccessRequest {
    var request = AccessRequest(
      id: "e0", requestedAt: time("2026-08-12T08:00:00.1234567Z"), actor: actor, policy: policy)
    request.sourceAddress = "203.0.113.7"
    request.role = "Owner"
    request.justification = "disk \"full\""
    request.correlationID = "c0ffee00-0000-0000-0000-000000000001"
    request.acceptedAt = time("2026-08-12T08:00:02Z")
    request.hasBody = true
    request.grants = grants
    request.evidence = [evidence]
    return request
  }

  static func window(
    port: Int = 22, opensAt: String, endsAt: String?, actor: Actor = actor
  ) -> AccessWindow {
    var grant = grant(port: port, endsAt: endsAt.map(time))
    grant.opensAt = time(opensAt)
    var request = request(grants: [grant])
    request.requestedAt = time(opensAt)
    request.actor = actor
    return AccessWindow(of: grant, in: request)!
  }

  static func finding(severity: Severity = .high, rule: String = "wide-source") -> Finding {
    var finding = Finding(
      rule: rule, key: ["e0"], slice: "s", severity: severity,
      occurredAt: time("2026-08-12T08:00:00Z"))
    finding.title = "Port 22 of Web-01 was opened to everybody"
    finding.explanation = "Ada asked to open port 22 to *."
    finding.vms = [vm]
    finding.actor = actor
    finding.evidence = [evidence]
    finding.attack = ["T1133"]
    return finding
  }

  static func entry(_ sequence: Int64 = 7, acknowledged: Acknowledgement? = nil) -> FeedEntry {
    FeedEntry(
      sequence: sequence, transition: .raised, raisedAt: time("2026-08-12T08:00:05Z"),
      finding: finding(), acknowledged: acknowledged)
  }
}
