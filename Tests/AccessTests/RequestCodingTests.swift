import Access
import Testing

@Suite struct `A request as canonical JSON` {
  let hex = String(repeating: "0", count: 64)

  private func full() -> AccessRequest {
    var request = AccessRequest(
      id: "id", requestedAt: time("2026-08-12T10:00:00Z"),
      actor: Actor(kind: .user, name: "A", objectID: "o", appID: "x"),
      policy: ResourceID("/Policy"))
    request.actorIdentity = "o"
    request.actorIsNoted = true
    request.sourceAddress = "203.0.113.10"
    request.role = "Owner"
    request.justification = "why"
    request.correlationID = "c"
    request.acceptedAt = time("2026-08-12T10:00:01Z")
    request.refusedAt = time("2026-08-12T10:00:02Z")
    request.error = ErrorDetail(code: "No", message: "No.")
    request.hasBody = true
    request.grants = [
      AccessGrant(
        vm: ResourceID("/Vm1"), port: 22, sources: ["a", "b"],
        opensAt: time("2026-08-12T10:00:00Z"), endsAt: time("2026-08-12T11:00:00Z"),
        askedFor: .hours(1), inferred: false),
      AccessGrant(
        vm: ResourceID("/Vm2"), port: nil, sources: [], opensAt: time("2026-08-12T10:00:00Z"),
        endsAt: nil, askedFor: nil, inferred: true),
    ]
    request.evidence = [EvidenceID("20260812-\(hex)")!]
    return request
  }

  @Test func `comes back as it was`() {
    let request = full()
    #expect(AccessRequest(canonical: request.canonical) == request)
    #expect(AccessRequest(canonical: request.canonical)?.canonical == request.canonical)
  }

  @Test func `comes back without what is not known`() {
    var request = AccessRequest(
      id: "id", requestedAt: .epoch, actor: Actor(Claims()), policy: ResourceID("/p"))
    request.error = ErrorDetail(code: nil, message: nil)
    #expect(AccessRequest(canonical: request.canonical) == request)
    #expect(!text(request.canonical).contains("actorIsNoted"))
  }

  @Test(arguments: ["", "{", #"{"id":1}"#, #"{"more":"x"}"#, #"{"grants":[{"askedFor":"x"}]}"#])
  func `is refused when it is something else`(json: String) {
    #expect(AccessRequest(canonical: bytes(json)) == nil)
  }
}

@Suite struct `A finding as canonical JSON` {
  private func finding() -> Finding {
    var finding = Finding(
      rule: "off-hours", key: ["a", "b"], slice: "s", severity: .high,
      occurredAt: time("2026-08-12T10:00:00Z"))
    finding.title = "Title"
    finding.explanation = "Because \"so\"."
    finding.vms = [ResourceID("/Vm1")]
    finding.actor = Actor(kind: .app, name: nil, objectID: "o", appID: nil)
    finding.evidence = [EvidenceID("20260812-" + String(repeating: "a", count: 64))!]
    finding.attack = ["T1133"]
    finding.over = true
    finding.count = 3
    return finding
  }

  @Test func `comes back as it was`() {
    #expect(Finding(canonical: finding().canonical) == finding())
    var nobody = finding()
    nobody.actor = nil
    #expect(Finding(canonical: nobody.canonical) == nobody)
  }

  @Test func `is refused when it is something else`() {
    #expect(Finding(canonical: bytes(#"{"severity":"worst"}"#)) == nil)
    #expect(Finding(canonical: bytes("{}x")) == nil)
  }

  @Test func `has an id of its rule and key only`() {
    let other = Finding(
      rule: "off-hours", key: ["a", "b"], slice: "t", severity: .low, occurredAt: .epoch)
    #expect(other.id == finding().id)
    let changed = Finding(
      rule: "off-hours", key: ["a b"], slice: "s", severity: .high, occurredAt: .epoch)
    #expect(changed.id != finding().id)
  }

  @Test(arguments: Severity.allCases)
  func `reads severities in any case`(severity: Severity) {
    #expect(Severity(severity.text.uppercased()) == severity)
    #expect(Severity("") == nil)
  }
}

@Suite struct `Lines of a timeline` {
  private func line(
    _ at: EventTime, _ kind: TimelineEntry.Kind, _ port: Int? = nil, _ digit: String? = nil
  ) -> TimelineEntry {
    TimelineEntry(
      at: at, kind: kind, vm: ResourceID("/vm"), actor: nil, port: port, text: "",
      evidence: digit.map { [EvidenceID("20260812-" + String(repeating: $0, count: 64))!] } ?? [])
  }

  @Test func `go by instant, kind, port, first evidence`() {
    let later = EventTime(seconds: 1)
    let sorted = [
      line(.epoch, .requested), line(.epoch, .requested, 22, "1"),
      line(.epoch, .requested, 22, "2"),
      line(.epoch, .requested, 3389, "0"), line(.epoch, .opened), line(.epoch, .sessionOpened),
      line(.epoch, .finding), line(later, .accepted),
    ]
    #expect(sorted.reversed().sorted(by: TimelineEntry.precedes) == sorted)
  }

  @Test func `have the words of the contract`() {
    #expect(
      TimelineEntry.Kind.allCases.map(\.rawValue) == [
        "requested", "accepted", "refused", "opened", "closed", "expired", "overdue",
        "superseded", "revoked", "session-opened", "session-refused", "session-closed",
        "policy-written", "policy-deleted", "rule-written", "rule-deleted", "bypass", "noted",
        "failed", "gap", "finding",
      ])
  }
}

@Suite struct `Counts of records` {
  @Test func `add up and reconcile`() {
    var counts = RecordCounts()
    counts.recordsRead = 4
    counts.irrelevant = 1
    counts.evidence = 1
    counts.duplicates = 1
    #expect(!counts.reconciles)
    counts.rejected = 1
    counts.messagesRejected = 5
    counts.rejectedBodies = 6
    counts.repaired = 7
    counts += counts
    #expect(counts.reconciles)
    #expect(counts.recordsRead == 8)
    #expect([counts.messagesRejected, counts.rejectedBodies, counts.repaired] == [10, 12, 14])
  }
}
