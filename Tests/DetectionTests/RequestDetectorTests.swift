import Access
import Detection
import Testing

@Suite struct `A wide source` {
  private let networks: (inout DetectionSettings) -> Void = {
    $0.allowedNetworks = ["10.20.0.0/16", "2001:db8::/48"]
  }

  private func severity(
    of sources: [String], _ change: (inout DetectionSettings) -> Void = { _ in }
  ) throws -> Severity? {
    let request = Story.request("2026-08-12T10:00:00Z", sources: sources)
    return try Story.detectors(change).verdict("wide-source", on: request)?.severity
  }

  @Test(arguments: ["*", "any", "Internet", "0.0.0.0/0", "::/0"])
  func `is high where it is everything`(source: String) throws {
    #expect(try severity(of: [source]) == .high)
    #expect(try severity(of: ["10.20.0.1", source], networks) == .high)
  }

  @Test(arguments: [
    ("10.0.0.0/23", true), ("10.0.0.0/24", false), ("10.0.0.1", false), ("2001:db8::/63", true),
    ("2001:db8::/64", false), ("0.0.0.0/1", true), ("VirtualNetwork", false),
  ])
  func `is medium where it is wider than the limit`(source: String, raised: Bool) throws {
    #expect(try severity(of: [source]) == (raised ? .medium : nil))
  }

  @Test(arguments: [
    ("10.20.3.0/24", false), ("10.21.0.1", true), ("VirtualNetwork", true), ("10.20.0.0/16", true),
    ("2001:db8:0:1::/64", false), ("2001:db8:1::1", true), ("nonsense", true),
  ])
  func `is medium outside of the allowed networks`(source: String, raised: Bool) throws {
    #expect(try severity(of: [source], networks) == (raised ? .medium : nil))
  }

  @Test func `has limits of its own`() throws {
    #expect(try severity(of: ["10.0.0.0/16"]) { $0.wideSource.widestIPv4 = 16 } == nil)
    #expect(try severity(of: ["2001:db8::/64"]) { $0.wideSource.widestIPv6 = 128 } == .medium)
  }

  @Test func `names the VMs that it concerns and the worst source first`() throws {
    var request = Story.request(
      "2026-08-12T10:00:00Z", for: [Story.vm("vm1"), Story.vm("vm2"), Story.vm("vm3")],
      refused: true)
    request.grants[1].sources = ["10.0.0.0/8", "203.0.113.10"]
    request.grants[2].sources = ["*"]
    let finding = try #require(try Story.detectors().verdict("wide-source", on: request))
    #expect(finding.vms == [Story.vm("vm2"), Story.vm("vm3")])
    #expect(finding.severity == .high)
    #expect(finding.title == "Request to open for everybody")
    #expect(
      finding.explanation == "user@example.com asked to open vm2 and vm3 to * (any address)"
        + " and 10.0.0.0/8 (wider than /24).")
    #expect(finding.attack == ["T1133", "T1562.007"])
  }

  @Test func `is silent where no source is known`() throws {
    #expect(try severity(of: []) == nil)
    #expect(try severity(of: [], networks) == nil)
  }
}

@Suite struct `A critical VM` {
  private func finding(on request: AccessRequest) throws -> Finding? {
    let set = try Story.detectors { settings in
      settings.groups = [
        GroupSettings(name: "lab", vms: ["*"]),
        GroupSettings(
          name: "crown-jewels",
          vms: ["dc*", "/subscriptions/*/resourceGroups/PROD-*/*"], critical: true),
      ]
    }
    return set.verdict("critical-vm", on: request)
  }

  @Test func `is found by its name or its full id`() throws {
    let vms = [Story.vm("vm1"), Story.vm("DC01"), Story.vm("vm1", in: "prod-1")]
    let finding = try #require(try finding(on: Story.request("2026-08-12T10:00:00Z", for: vms)))
    #expect(finding.vms == [Story.vm("vm1", in: "prod-1"), Story.vm("dc01")].sorted())
    #expect(finding.vms.contains { $0.display.hasSuffix("DC01") })
    #expect(finding.severity == .medium)
    #expect(
      finding.explanation
        == "user@example.com asked for vm1 and DC01; critical by the group crown-jewels.")
  }

  @Test func `is not what only another group names`() throws {
    #expect(try finding(on: Story.request("2026-08-12T10:00:00Z")) == nil)
  }

  @Test func `is silent about refused requests`() throws {
    let request = Story.request(
      "2026-08-12T10:00:00Z", for: [Story.vm("dc1")], refused: true)
    #expect(try finding(on: request) == nil)
  }

  @Test func `speaks of an actor that nothing is known of`() throws {
    let nobody = Actor(kind: .unknown, name: nil, objectID: nil, appID: nil)
    let request = Story.request("2026-08-12T10:00:00Z", by: nobody, for: [Story.vm("dc1")])
    let finding = try #require(try finding(on: request))
    #expect(finding.actor == nil)
    #expect(finding.explanation.hasPrefix("unknown asked for dc1 port 3389"))
  }
}

@Suite struct `A long duration` {
  private func finding(
    _ span: TimeSpan?, maximum: TimeSpan? = nil, refused: Bool = false,
    _ change: (inout DetectionSettings) -> Void = { _ in }
  ) throws -> Finding? {
    var request = Story.request(
      Story.time("2026-08-12T10:00:00Z"), askedFor: span, refused: refused)
    for index in request.grants.indices { request.grants[index].maximum = maximum }
    return try Story.detectors(change).judge(request).first { $0.rule == "long-duration" }
  }

  @Test func `is more than the limit`() throws {
    #expect(try finding(.hours(8)) == nil)
    #expect(try finding(nil) == nil)
    let finding = try #require(try finding(TimeSpan(ticks: TimeSpan.hours(12).ticks + 1)))
    #expect(finding.severity == .low)
    #expect(
      finding.explanation
        == "user@example.com asked for vm1 port 3389 for 12 h; the limit is 8 h.")
    #expect(try self.finding(TimeSpan(ticks: TimeSpan.hours(8).ticks + 1)) != nil)
    #expect(try self.finding(.hours(9), refused: true) != nil)
    #expect(try self.finding(.hours(9)) { $0.longDuration.limit = .hours(9) } == nil)
  }

  @Test func `is the maximum, where that is asked for`() throws {
    let flag: (inout DetectionSettings) -> Void = { $0.longDuration.flagMaximum = true }
    #expect(try finding(.hours(3), maximum: .hours(3)) == nil)
    #expect(try finding(.hours(3), flag) == nil)
    #expect(try finding(.seconds(10_795), maximum: .hours(3), flag) != nil)
    #expect(try finding(.seconds(10_794), maximum: .hours(3), flag) == nil)
    let finding = try #require(try finding(.hours(3), maximum: .hours(3), flag))
    #expect(finding.title == "Request for the longest time allowed")
  }

  @Test func `concerns only the VMs that it is asked for`() throws {
    var request = Story.request(
      "2026-08-12T10:00:00Z", for: [Story.vm("vm1"), Story.vm("vm2")], hours: 3)
    request.grants[1].askedFor = .hours(24)
    let finding = try Story.detectors().verdict("long-duration", on: request)
    #expect(finding?.vms == [Story.vm("vm2")])
  }
}
