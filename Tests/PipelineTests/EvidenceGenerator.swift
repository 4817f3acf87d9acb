import Access
import TestSupport

/// Random small sets of evidence in which everything collides: few VMs, few people, few
/// correlation ids, instants close together.
struct EvidenceGenerator {
  var chance: Chance
  let start = EventTime(rfc3339: "2026-08-10T20:00:00Z") ?? .epoch

  init(seed: UInt64) { chance = Chance(seed: seed) }

  mutating func evidence(count: Int) -> [Evidence] {
    (0..<count).map { _ in
      chance.isTrue(oneIn: 12) ? note() : record()
    }
  }

  private mutating func note() -> Evidence {
    var note = Evidence(
      kind: .accessNoted, occurredAt: instant(),
      operation: "microsoft.security/locations/jitnetworkaccesspolicies/initiate/action",
      phase: .success, resource: vm(chance.below(3)), correlationID: correlation())
    note.note = AccessNote(user: "person\(chance.below(3))@contoso.com", justification: "noted")
    return note
  }

  private mutating func record() -> Evidence {
    let phase = [Phase.start, .start, .accept, .success, .failure][chance.below(5)]
    let kind: Evidence.Kind =
      switch phase {
      case .start, .other: .accessRequested
      case .accept, .success: .accessAccepted
      case .failure: .accessRefused
      }
    let policy =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Security/locations/we/"
      + "jitNetworkAccessPolicies/p\(chance.below(2))"
    var evidence = Evidence(
      kind: kind, occurredAt: instant(),
      operation: "microsoft.security/locations/jitnetworkaccesspolicies/initiate/action",
      phase: phase, resource: ResourceID(chance.isTrue(oneIn: 2) ? policy : policy.uppercased()),
      correlationID: correlation())
    evidence.claims = claims()
    evidence.callerAddress = chance.isTrue(oneIn: 3) ? nil : "203.0.113.\(chance.below(3))"
    if phase == .start, !chance.isTrue(oneIn: 4) { evidence.asked = body(at: evidence.occurredAt) }
    if phase == .accept || phase == .success, chance.isTrue(oneIn: 2) {
      var answer = body(at: evidence.occurredAt)
      answer.startsAt = evidence.occurredAt + .seconds(Int64(chance.below(600)) - 60)
      evidence.answered = answer
    }
    if phase == .failure { evidence.error = ErrorDetail(code: "AuthorizationFailed", message: nil) }
    return evidence
  }

  private mutating func instant() -> EventTime {
    let minutes = chance.isTrue(oneIn: 8) ? chance.below(60 * 24 * 40) : chance.below(60 * 9)
    return start + .seconds(Int64(minutes) * 60 + Int64(chance.below(3)))
  }

  private mutating func correlation() -> String {
    chance.isTrue(oneIn: 6) ? "" : "c\(chance.below(8))"
  }

  private mutating func claims() -> Claims {
    var claims = Claims()
    let person = chance.below(3)
    switch chance.below(5) {
    case 0: break
    case 1: claims.userPrincipalName = "person\(person)@contoso.com"
    case 2:
      claims.userPrincipalName = "Person\(person)@contoso.com"
      claims.objectID = "oid-\(chance.isTrue(oneIn: 5) ? 9 : person)"
    case 3: claims.objectID = "oid-\(person)"
    default:
      claims.appID = "app-\(person)"
      claims.idType = "app"
    }
    return claims
  }

  private mutating func vm(_ number: Int) -> ResourceID {
    let id =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm\(number)"
    return ResourceID(chance.isTrue(oneIn: 3) ? id.uppercased() : id)
  }

  private mutating func body(at instant: EventTime) -> AccessBody {
    let ports = (0...chance.below(2)).map { _ in
      AccessBody.Port(
        vm: vm(chance.below(3)), number: [22, 3389][chance.below(2)],
        sources: chance.isTrue(oneIn: 4) ? ["*"] : [],
        endsAt: chance.isTrue(oneIn: 3)
          ? instant + .minutes(Int64(chance.below(60 * 24 * 9)) - 30) : nil,
        duration: chance.isTrue(oneIn: 3) ? nil : .minutes(Int64(30 + chance.below(600))))
    }
    return AccessBody(ports: ports, justification: chance.isTrue(oneIn: 2) ? "why" : nil)
  }
}
