import Access
import Testing

@testable import Timelines

@Suite struct `The timeline of a VM` {
  static let group = "/subscriptions/S1/resourceGroups/rg/providers/"
  static let vm = ResourceID(group + "Microsoft.Compute/virtualMachines/vm1")
  static let other = ResourceID(group + "Microsoft.Compute/virtualMachines/vm2")
  static let policy = ResourceID(
    group + "Microsoft.Security/locations/west/jitNetworkAccessPolicies/default")
  static let ada = Actor(kind: .user, name: "ada@example.com", objectID: nil, appID: nil)
  static let always = EventTime.distantPast...EventTime.distantFuture

  static func time(_ clock: String) -> EventTime { EventTime(rfc3339: "2026-08-11T\(clock):00Z")! }

  static func id(_ number: Int) -> EvidenceID {
    let digits = String(number)
    return EvidenceID("20260811-" + String(repeating: "0", count: 64 - digits.count) + digits)!
  }

  static func request(
    _ clock: String, ports: [Int] = [22], vms: [ResourceID] = [vm], number: Int = 1
  ) -> AccessRequest {
    var request = AccessRequest(
      id: "request-\(clock)", requestedAt: time(clock), actor: ada, policy: policy)
    request.justification = "INC42"
    request.evidence = [id(number)]
    request.grants = vms.flatMap { vm in
      ports.map {
        AccessGrant(
          vm: vm, port: $0, sources: ["203.0.113.10"], opensAt: time(clock) + .minutes(1),
          endsAt: time(clock) + .hours(1), askedFor: nil, inferred: false)
      }
    }
    return request
  }

  static func lines(
    _ requests: [AccessRequest], findings: [Finding] = [], gaps: [EvidenceGap] = [],
    in span: ClosedRange<EventTime> = always, at instant: EventTime
  ) -> [TimelineEntry] {
    Timeline.entries(
      of: vm, requests: requests,
      windows: WindowFold.windows(
        of: WindowFold.chained(requests, grace: AccessWindow.usualGrace)),
      findings: findings, gaps: gaps, in: span, at: instant)
  }

  static func kinds(_ lines: [TimelineEntry]) -> [String] {
    lines.map { "\($0.at.description.dropFirst(11).prefix(5)) \($0.kind.rawValue)" }
  }

  @Test func `tells of asking, accepting, opening and the end of each port`() {
    var request = Self.request("08:00", ports: [22, 3389])
    request.acceptedAt = Self.time("08:01")
    let lines = Self.lines([request], at: Self.time("12:00"))
    #expect(
      Self.kinds(lines) == [
        "08:00 requested", "08:00 requested", "08:01 accepted", "08:01 accepted",
        "08:01 opened", "08:01 opened", "09:00 expired", "09:00 expired",
      ])
    #expect(lines.map(\.port) == [22, 3389, 22, 3389, 22, 3389, 22, 3389])
    #expect(lines.allSatisfy { $0.actor == Self.ada && $0.evidence == [Self.id(1)] })
    #expect(
      lines[0].text
        == "Asked for port 22 from 203.0.113.10 until 2026-08-11T09:00:00Z: INC42")
    #expect(
      lines[4].text == "Meant to be open until 2026-08-11T09:00:00Z; no opening rule was seen.")
  }

  @Test func `tells of the provider's own records, once per call, by those that came in time`() {
    let notes = [
      Story.note("08:00:05", "INC1"), Story.note("08:00:09", "INC1"),
      Story.note("09:00:00", user: nil, correlation: ""), Story.note("09:30:00", on: "vm2"),
      Story.note("11:00:00", correlation: "later"),
    ].map(\.identified)
    let lines = Timeline.entries(
      of: Story.vm("vm1"), requests: [], windows: [], notes: notes, findings: [], gaps: [],
      in: Self.always, at: Story.time("10:00:00"))
    #expect(Self.kinds(lines) == ["08:00 noted", "09:00 noted"])
    #expect(lines[0].evidence.count == 2)
    #expect(lines.map(\.actor?.name) == ["user@example.com", nil])
    #expect(lines[0].text.hasSuffix(": INC1"))
  }

  @Test func `shows a refused request as asked, and no window of it`() {
    var request = Self.request("08:00")
    request.refusedAt = Self.time("08:02")
    request.error = ErrorDetail(code: "Denied", message: "Not you.")
    let lines = Self.lines([request], at: Self.time("12:00"))
    #expect(Self.kinds(lines) == ["08:00 requested", "08:02 refused"])
    #expect(lines[1].text == "The request was refused: Denied: Not you.")
  }

  @Test func `leaves out what is later than the instant`() {
    var request = Self.request("08:00")
    request.acceptedAt = Self.time("08:30")
    #expect(Self.kinds(Self.lines([request], at: Self.time("08:00"))) == ["08:00 requested"])
    #expect(
      Self.kinds(Self.lines([request], at: Self.time("08:59")))
        == ["08:00 requested", "08:01 opened", "08:30 accepted"])
    #expect(Self.lines([request], at: Self.time("07:59")).isEmpty)
  }

  @Test func `tells of the newer request that takes over, from when on it does`() {
    let requests = [Self.request("08:00"), Self.request("08:30", number: 2)]
    #expect(
      Self.kinds(Self.lines(requests, at: Self.time("08:30"))) == [
        "08:00 requested", "08:01 opened", "08:30 requested",
      ])
    let lines = Self.lines(requests, at: Self.time("08:31"))
    #expect(
      Self.kinds(lines) == [
        "08:00 requested", "08:01 opened", "08:30 requested", "08:31 opened", "08:31 superseded",
      ])
    #expect(lines.last?.evidence == [Self.id(1)])
  }

  @Test func `keeps to its span, of which both ends belong to it`() {
    let span = Self.time("08:01")...Self.time("09:00")
    let lines = Self.lines([Self.request("08:00")], in: span, at: Self.time("12:00"))
    #expect(Self.kinds(lines) == ["08:01 opened", "09:00 expired"])
  }

  @Test func `passes over other VMs`() {
    let request = Self.request("08:00", vms: [Self.other, Self.vm])
    let lines = Self.lines([request], at: Self.time("08:30"))
    #expect(lines.map(\.vm) == [Self.vm, Self.vm])
    #expect(Self.lines([Self.request("08:00", vms: [Self.other])], at: Self.time("10:00")).isEmpty)
  }

  @Test func `has findings about the VM and the gaps that begin in its span`() {
    var finding = Finding(
      rule: "off-hours", key: ["1"], slice: "s", severity: .medium, occurredAt: Self.time("08:00"))
    finding.title = "Asked at night"
    finding.vms = [Self.vm, Self.other]
    var elsewhere = finding
    elsewhere.vms = [Self.other]
    let gap = EvidenceGap(
      from: Self.time("07:00"), to: Self.time("07:30"), source: "kafka:logs", reason: "Aged out.")
    let later = EvidenceGap(
      from: Self.time("13:00"), to: Self.time("14:00"), source: "kafka:logs", reason: "Aged out.")
    let lines = Self.lines(
      [], findings: [finding, elsewhere], gaps: [later, gap], at: Self.time("12:00"))
    #expect(Self.kinds(lines) == ["07:00 gap", "08:00 finding"])
    #expect(lines[0].text == "No evidence from kafka:logs until 2026-08-11T07:30:00Z: Aged out.")
    #expect(lines[1].text == "off-hours (medium): Asked at night")
  }
}

@Suite struct `A window in a span` {
  typealias Fixtures = `The timeline of a VM`

  /// Opens at 08:01 and ends at 09:00.
  static func window(supersededAt clock: String? = nil) throws -> AccessWindow {
    let request = Fixtures.request("08:00")
    var window = try #require(AccessWindow(of: request.grants[0], in: request))
    window.supersededBy = clock.map {
      AccessGrant.Superseding(requestedAt: Fixtures.time($0), opensAt: Fixtures.time($0))
    }
    return window
  }

  @Test(arguments: [
    ("07:00", "08:00", false), ("07:00", "08:01", true), ("08:30", "08:30", true),
    ("08:59", "12:00", true), ("09:00", "12:00", false), ("07:00", "12:00", true),
  ])
  func `is in force where they overlap`(from: String, to: String, expected: Bool) throws {
    let span = Fixtures.time(from)...Fixtures.time(to)
    #expect(try Self.window().isInForce(within: span) == expected)
  }

  @Test func `agrees with the question for one instant`() throws {
    for window in [try Self.window(), try Self.window(supersededAt: "08:30")] {
      for minute in stride(from: Int64(0), through: 90, by: 1) {
        let instant = Fixtures.time("07:50") + .minutes(minute)
        #expect(
          window.isInForce(within: instant...instant) == window.isInForce(at: instant),
          "\(instant)")
      }
    }
  }

  @Test func `is in force until it is taken over, as far as the span's end knows`() throws {
    let window = try Self.window(supersededAt: "08:30")
    #expect(!window.isInForce(within: Fixtures.time("08:30")...Fixtures.time("12:00")))
    #expect(window.isInForce(within: Fixtures.time("08:29")...Fixtures.time("12:00")))
  }
}
