import Access
import TestSupport

/// Random requests, findings and gaps whose texts and instants are as awkward as any may be.
struct RequestGenerator {
  var chance: Chance

  init(seed: UInt64) { chance = Chance(seed: seed) }

  private static let names = [
    "Ann@contoso.com", "O'Brien \"Bob\" <b@c>", "Zoë Ünal\u{1F6AA}", "tab\there\nline\u{1}", "",
    "{\"a\":[1,null]}", "nul\u{0}l", "12", "null", "C:\\temp\\x", "\u{202E}evil", "%_';--",
  ]

  private static let resources = [
    "/subscriptions/S/resourceGroups/Rg/providers/Microsoft.Compute/virtualMachines/Web-01",
    "/subscriptions/S/resourceGroups/Ärzte/providers/Microsoft.Compute/virtualMachines/ÖL'01",
    "/subscriptions/S/resourceGroups/Rg/providers/Microsoft.Compute/virtualMachines/x%_\"y\"",
    "/subscriptions/S/resourceGroups/Rg/providers/Microsoft.Compute/virtualMachines/Slash/",
    "/a/b/a/b/a", "noslash", "///", "",
  ]

  private mutating func text() -> String { Self.names[chance.below(Self.names.count)] }

  private mutating func optionalText() -> String? { chance.isTrue(oneIn: 3) ? nil : text() }

  private mutating func resource() -> ResourceID {
    let text = Self.resources[chance.below(Self.resources.count)]
    return ResourceID([text, text.uppercased(), text.lowercased()][chance.below(3)])
  }

  /// Mostly within a few hours, with fractions of every length; now and then far away.
  mutating func instant() -> EventTime {
    let middle = Sample.now
    let fraction = [0, 1, 5_000_000, 1_234_567, 9_999_999, 10, 1_000_000][chance.below(7)]
    let base =
      switch chance.below(14) {
      case 0: EventTime(seconds: -1)
      case 1: EventTime(seconds: -86_400 * 365 * 40)
      case 2: Sample.time("9999-12-31T23:59:59Z")
      case 3: Sample.time("0001-01-01T00:00:00Z")
      case 4: EventTime.epoch
      default: EventTime(seconds: middle.seconds + Int64(chance.below(60 * 60 * 30)))
      }
    return EventTime(ticks: base.ticks + Int64(fraction))
  }

  private mutating func evidenceIDs() -> [EvidenceID] {
    (0..<chance.below(3)).map { Sample.id($0) }
  }

  private mutating func actor() -> Actor {
    let kind = [Actor.Kind.user, .user, .app, .unknown][chance.below(4)]
    let objectID = chance.isTrue(oneIn: 2) ? "oid-\(chance.below(3))" : nil
    return Actor(kind: kind, name: optionalText(), objectID: objectID, appID: optionalText())
  }

  mutating func request(_ number: Int) -> AccessRequest {
    var request = AccessRequest(
      id: "r\(number)", requestedAt: instant(), actor: actor(), policy: resource())
    request.sourceAddress = optionalText()
    request.role = optionalText()
    request.justification = optionalText()
    request.correlationID = chance.isTrue(oneIn: 4) ? "" : "c'\(number)"
    if chance.isTrue(oneIn: 2) { request.acceptedAt = instant() }
    if chance.isTrue(oneIn: 4) { request.refusedAt = instant() }
    if chance.isTrue(oneIn: 4) {
      request.error = ErrorDetail(code: optionalText(), message: optionalText())
    }
    request.hasBody = chance.isTrue(oneIn: 2)
    request.evidence = evidenceIDs()
    var seen: Set<String> = []
    for _ in 0..<chance.below(5) {
      let grant = grant(of: request)
      if seen.insert("\(grant.vm.canonical) \(grant.port ?? -1)").inserted {
        request.grants.append(grant)
      }
    }
    return request
  }

  private mutating func grant(of request: AccessRequest) -> AccessGrant {
    let opensAt =
      chance.isTrue(oneIn: 2)
      ? request.requestedAt : request.requestedAt + .minutes(Int64(chance.below(120)) - 30)
    let lengths = [TimeSpan.hours(1), .hours(3), .hours(26), .days(6), .days(8)]
    var grant = AccessGrant(
      vm: resource(), port: [22, 3389, 0, nil][chance.below(4)],
      sources: (0..<chance.below(3)).map { _ in text() }, opensAt: opensAt,
      endsAt: chance.isTrue(oneIn: 4) ? nil : opensAt + lengths[chance.below(lengths.count)],
      askedFor: chance.isTrue(oneIn: 2) ? .hours(1) : nil, inferred: false)
    grant.protocolName = chance.isTrue(oneIn: 2) ? optionalText() : nil
    grant.maximum = chance.isTrue(oneIn: 2) ? .hours(Int64(1 + chance.below(20))) : nil
    guard grant.port != nil else { return grant }
    for _ in 0..<[0, 0, 1, 1, 2][chance.below(5)] {
      grant.openings.append(opening(of: grant, in: request))
    }
    // What is concluded is concluded from a rule, and has no stated end.
    if !grant.openings.isEmpty, chance.isTrue(oneIn: 3) {
      grant.inferred = true
      grant.endsAt = nil
    }
    return grant
  }

  /// A rule that stands, is gone at some time, or was probably removed near the window's end.
  private mutating func opening(of grant: AccessGrant, in request: AccessRequest) -> Opening {
    let began = max(request.requestedAt, grant.opensAt) + .seconds(Int64(chance.below(900)))
    let end = grant.presumedEnd
    let ends = [
      nil, nil, began + .minutes(Int64(chance.below(90))), end - .seconds(60), end - .seconds(59),
      end + .minutes(5), end + .minutes(15), end + .hours(5),
    ]
    var opening = Opening(
      nsg: ResourceID("/nsg/\(chance.below(2))"), rule: text(), began: began, from: began,
      until: ends[chance.below(ends.count)].map { max($0, began) })
    for _ in 0..<chance.below(3) {
      let at = end + .seconds(Int64(chance.below(1_200)) - 120)
      opening.presumed.append(
        Opening.Presumption(
          at: at, refutedAt: chance.isTrue(oneIn: 3) ? at + .minutes(1) : nil))
    }
    opening.presumed.sort { $0.at < $1.at }
    return opening
  }

  mutating func finding(_ number: Int, slice: String) -> Finding {
    var finding = Finding(
      rule: "rule-\(chance.below(3))", key: ["\(number)"], slice: slice,
      severity: Severity.allCases[chance.below(5)], occurredAt: instant())
    finding.title = text()
    finding.explanation = text()
    finding.vms = (0..<chance.below(3)).map { _ in resource() }
    finding.actor = chance.isTrue(oneIn: 3) ? nil : actor()
    finding.evidence = evidenceIDs()
    finding.attack = (0..<chance.below(3)).map { "T\($0)" }
    finding.over = chance.isTrue(oneIn: 3)
    finding.count = 1 + chance.below(5)
    return finding
  }

  mutating func gap() -> EvidenceGap {
    let (first, second) = (instant(), instant())
    return EvidenceGap(
      from: min(first, second), to: max(first, second), source: "kafka:\(text())", reason: text())
  }
}
