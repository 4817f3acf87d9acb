import Access
import Testing

@Suite struct `Evidence as canonical JSON` {
  @Test(arguments: 0..<cases)
  func `comes back as it was`(seed: Int) {
    var random = RandomValues(seed: seed)
    let evidence = random.evidence()
    let again = Evidence(canonical: evidence.canonical)
    #expect(again == evidence)
    #expect(again?.canonical == evidence.canonical)
    #expect(again?.identified.id == evidence.identified.id)
  }

  @Test(arguments: Evidence.Kind.allCases)
  func `comes back for every kind`(kind: Evidence.Kind) {
    var random = RandomValues(seed: 54_650)
    var evidence = random.evidence()
    evidence.kind = kind
    #expect(Evidence(canonical: evidence.canonical) == evidence)
  }

  @Test(arguments: 0..<cases)
  func `may hold its rules by number`(seed: Int) {
    var random = RandomValues(seed: seed)
    var evidence = random.evidence()
    evidence.askedRules = random.rules()
    var known: [NetworkRule] = []
    let stored = evidence.encoded { (rule: NetworkRule) -> Int64? in
      known.append(rule)
      return Int64(known.count - 1)
    }
    #expect(Evidence(canonical: stored) { known[Int($0)] } == evidence)
    let isBare = (evidence.askedRules ?? []).isEmpty && (evidence.answeredRules ?? []).isEmpty
    #expect((stored == evidence.canonical) == isBare)
    #expect((Evidence(canonical: stored) == nil) == !isBare)
  }

  @Test func `has its keys in order, instants as text and nothing that is absent`() {
    var evidence = Evidence(
      kind: .accessRequested, occurredAt: time("2026-08-12T10:00:00.50Z"), operation: "op",
      phase: .start, resource: ResourceID("/A/b"), correlationID: "c")
    evidence.callerAddress = "203.0.113.10"
    evidence.claims.userPrincipalName = "é\n\"\u{1}"
    evidence.claims.appID = "x"
    evidence.asked = AccessBody(
      ports: [
        AccessBody.Port(
          vm: ResourceID("/Vm"), number: 22, sources: ["b", "a"],
          endsAt: time("2026-08-12T11:00:00Z"), duration: .seconds(1))
      ], startsAt: nil, justification: "why")
    #expect(
      text(evidence.canonical) == """
        {"address":"203.0.113.10","asked":{"justification":"why","ports":[{"duration":"10000000",\
        "endsAt":"2026-08-12T11:00:00Z","number":22,"sources":["b","a"],"vm":"/Vm"}]},\
        "claims":{"appId":"x","upn":"é\\n\\"\\u0001"},"correlationId":"c",\
        "kind":"accessRequested","occurredAt":"2026-08-12T10:00:00.5Z","operation":"op",\
        "phase":"Start","resource":"/A/b"}
        """)
  }

  @Test(arguments: [
    "", "{}", "[]", "null", #"{"kind":"accessRequested"}"#,
    #"{"kind":"other","occurredAt":"2026-08-12T10:00:00Z","phase":"Start"}"#,
    #"{"kind":"accessNoted","occurredAt":"yesterday","phase":"Start"}"#,
    #"{"kind":"accessNoted","occurredAt":"2026-08-12T10:00:00Z","phase":"start"}"#,
    #"{"kind":"accessNoted","occurredAt":"2026-08-12T10:00:00Z","phase":"Start","x":1}"#,
    #"{"kind":"accessNoted","occurredAt":"2026-08-12T10:00:00Z","phase":"Start"} "#,
  ])
  func `is refused when it is something else`(json: String) {
    #expect(Evidence(canonical: bytes(json)) == nil)
  }

  @Test func `does not depend on where and when it was read, but on every field`() {
    let one = Evidence(
      kind: .accessNoted, occurredAt: time("2026-08-12T10:00:00Z"), operation: "op",
      phase: .success, resource: ResourceID("/a"), correlationID: "")
    var other = one
    #expect(one.identified.id == other.identified.id)
    other.note = AccessNote(user: nil, justification: "why")
    #expect(one.identified.id != other.identified.id)
  }
}

@Suite struct `The id of evidence` {
  let hex = String(repeating: "0123456789abcdef", count: 4)

  @Test func `is its UTC date and a SHA-256`() throws {
    let id = try #require(EvidenceID("20260812-\(hex)"))
    #expect(id.description == "20260812-\(hex)")
    #expect(EventTime.start(ofDay: id.day) == time("2026-08-12T00:00:00Z"))
  }

  @Test func `is read in any case of its digits`() {
    #expect(EvidenceID("20260812-\(hex.uppercased())")?.description == "20260812-\(hex)")
  }

  @Test(arguments: [
    "", "20260812", "2026081-", "20260230-", "+2026081-", "00000000-", "2026-08-12-",
  ])
  func `is not read from anything else`(start: String) {
    #expect(EvidenceID(start + (start.hasSuffix("-") ? hex : "")) == nil)
    #expect(EvidenceID("20260812-\(hex)0") == nil)
  }

  @Test func `is that of the canonical JSON`() {
    let evidence = Evidence(
      kind: .accessNoted, occurredAt: time("2026-08-12T23:00:00-05:00"), operation: "op",
      phase: .other, resource: ResourceID("/a"), correlationID: "c")
    // SHA-256 of {"correlationId":"c","kind":"accessNoted",…,"resource":"/a"}.
    #expect(
      evidence.identified.id.description
        == "20260813-f45db104118c0de60c3eb936e24ffdbee9a369bee5cf0d22bfe2ad85a1eb714f")
  }

  @Test func `is ordered by date, then by hash`() throws {
    let ids = ["20260812-f", "20260813-0", "20260812-0"].compactMap {
      EvidenceID($0 + String(repeating: "0", count: 63))
    }
    #expect(
      ids.sorted().map { $0.description.prefix(10) } == ["20260812-0", "20260812-f", "20260813-0"])
  }
}

@Suite struct `Evidence of one instant` {
  private func evidence(
    _ operation: String = "a", _ resource: String = "/a", _ correlation: String = "a",
    _ phase: Phase = .start
  ) -> IdentifiedEvidence {
    Evidence(
      kind: .accessRequested, occurredAt: .epoch, operation: operation, phase: phase,
      resource: ResourceID(resource), correlationID: correlation
    ).identified
  }

  @Test func `is ordered by operation, resource, correlation id, phase`() {
    let sorted = [
      evidence(), evidence("a", "/a", "a", .accept), evidence("a", "/a", "a", .success),
      evidence("a", "/a", "a", .failure), evidence("a", "/a", "a", .other),
      evidence("a", "/a", "b"), evidence("a", "/B", "a"), evidence("b", "/a", "a"),
    ]
    #expect(sorted.reversed().sorted(by: IdentifiedEvidence.precedes) == sorted)
  }

  @Test func `of one phase is ordered by id`() {
    var other = evidence().evidence
    other.role = "Owner"
    let pair = [evidence(), other.identified].sorted { $0.id < $1.id }
    #expect(pair.reversed().sorted(by: IdentifiedEvidence.precedes) == pair)
  }
}
