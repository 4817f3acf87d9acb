import Access
import Ledger

/// Values that these tests share.
enum Sample {
  static let now = time("2026-08-12T10:00:00.25Z")
  static let vm = vm(1)

  static func time(_ text: String) -> EventTime { EventTime(rfc3339: text)! }

  static func vm(_ number: Int) -> ResourceID {
    ResourceID(
      "/subscriptions/S/resourceGroups/Rg/providers/Microsoft.Compute/virtualMachines/Vm\(number)")
  }

  static let policy = ResourceID(
    "/subscriptions/S/resourceGroups/Rg/providers/Microsoft.Security/locations/we/"
      + "jitNetworkAccessPolicies/Default")

  /// One piece of evidence for each number, all different.
  static func evidence(_ number: Int) -> Evidence {
    var evidence = Evidence(
      kind: .accessRequested, occurredAt: time("2026-08-12T09:00:00Z") + .minutes(Int64(number)),
      operation: "microsoft.security/locations/jitnetworkaccesspolicies/initiate/action",
      phase: .start, resource: policy, correlationID: "c\(number)")
    evidence.claims.userPrincipalName = "ann@contoso.com"
    evidence.asked = AccessBody(ports: [
      AccessBody.Port(
        vm: vm, number: 22, sources: ["10.0.0.4"], endsAt: nil, duration: .hours(1))
    ])
    return evidence
  }

  static func id(_ number: Int) -> EvidenceID { evidence(number).identified.id }

  static func raw(_ number: Int) -> [UInt8] {
    Array(#"{"record":\#(number),"Ünïcode":"\u{1F6AA}"}"#.utf8)
  }

  static func item(_ numbers: [Int], bodies: [RejectedInput] = []) -> LedgerBatch.Item {
    LedgerBatch.Item(
      pieces: numbers.map(evidence), raw: raw(numbers[0]), position: "0/\(numbers[0])",
      rejectedBodies: bodies)
  }

  /// A batch of one record for each number.
  static func batch(
    _ numbers: some Sequence<Int>, source: String = "kafka:logs", receivedAt: EventTime = now
  ) -> LedgerBatch {
    batch(numbers.map { item([$0]) }, source: source, receivedAt: receivedAt)
  }

  static func batch(
    _ items: [LedgerBatch.Item], source: String = "kafka:logs", receivedAt: EventTime = now
  ) -> LedgerBatch {
    var batch = LedgerBatch(source: source, receivedAt: receivedAt)
    batch.items = items
    batch.counts.recordsRead = items.count
    return batch
  }

  static func rejected(
    _ text: String, kind: RejectedInput.Kind = .message, reason: String = "No JSON."
  ) -> RejectedInput {
    RejectedInput(kind: kind, reason: reason, offset: 3, bytes: Array(text.utf8))
  }

  /// A batch of rejected messages, at the places given by their numbers.
  static func rejects(_ texts: [String], receivedAt: EventTime = now) -> LedgerBatch {
    var batch = LedgerBatch(source: "kafka:logs", receivedAt: receivedAt)
    batch.rejects = texts.enumerated().map {
      LedgerBatch.Reject(input: rejected($1), position: "0/\($0)")
    }
    batch.counts.messagesRejected = texts.count
    return batch
  }

  static func finding(
    _ key: String = "k", severity: Severity = .medium, count: Int = 1, vms: [ResourceID] = [vm]
  ) -> Finding {
    var finding = Finding(
      rule: "wide-source", key: [key], slice: "slice", severity: severity, occurredAt: now)
    finding.title = "Title \(key)"
    finding.vms = vms
    finding.count = count
    return finding
  }

  /// A request for port 22 of a VM.
  static func request(_ number: Int, at instant: EventTime = now) -> AccessRequest {
    var request = AccessRequest(
      id: "r\(number)", requestedAt: instant,
      actor: Actor(kind: .user, name: "Ann", objectID: nil, appID: nil), policy: policy)
    request.correlationID = "c\(number)"
    request.grants = [
      AccessGrant(
        vm: vm, port: 22, sources: ["*"], opensAt: instant, endsAt: instant + .hours(1),
        askedFor: .hours(1), inferred: false)
    ]
    return request
  }
}
