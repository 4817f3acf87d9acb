import Access
import Detection
import Testing

@Suite struct `Off hours` {
  private func isRaised(
    _ at: String, by name: String = "user@example.com", for vm: String = "vm1",
    _ change: (inout DetectionSettings) -> Void = Story.office
  ) throws -> Bool {
    let request = Story.request(at, by: Story.person(name), for: [Story.vm(vm)])
    return try Story.detectors(change).verdict("off-hours", on: request) != nil
  }

  @Test func `are told with the local time and the hours`() throws {
    let request = Story.request("2026-08-12T20:41:07Z")
    let set = try Story.detectors(Story.office)
    let finding = try #require(set.verdict("off-hours", on: request))
    #expect(finding.title == "Request outside working hours")
    #expect(
      finding.explanation == "user@example.com asked for vm1 port 3389 on Wednesday 2026-08-12"
        + " 22:41 Europe/Berlin; working hours are 08:00–18:00.")
    #expect(finding.severity == .medium)
    #expect(finding.vms == [Story.vm("vm1")])
    #expect(finding.actor == request.actor)
    #expect(finding.occurredAt == request.requestedAt)
    #expect(finding.evidence == request.evidence)
    #expect(finding.attack == ["T1078.004"])
    #expect(finding.slice == "request:" + request.id)
    let same = Finding(
      rule: "off-hours", key: [request.id], slice: "", severity: .low, occurredAt: .epoch)
    #expect(finding.id == same.id)
  }

  // Berlin is two hours east in August and one hour east in December.
  @Test(arguments: [
    ("2026-08-12T06:00:00Z", false), ("2026-08-12T05:59:59.9999999Z", true),
    ("2026-08-12T15:59:59.9999999Z", false), ("2026-08-12T16:00:00Z", true),
    ("2026-08-15T10:00:00Z", true), ("2026-12-24T07:00:00Z", false),
    ("2026-12-24T06:59:59Z", true), ("2026-12-25T10:00:00Z", true),
    ("2026-12-28T10:00:00Z", false),
  ])
  func `begin and end with the ranges of the calendar`(at: String, raised: Bool) throws {
    #expect(try isRaised(at) == raised)
  }

  @Test func `say why there are none on a holiday and on a weekend`() throws {
    let set = try Story.detectors(Story.office)
    let holiday = set.verdict("off-hours", on: Story.request("2026-12-25T10:00:00Z"))
    #expect(holiday?.title == "Request on a holiday")
    #expect(holiday?.explanation.hasSuffix("11:00 Europe/Berlin; that day is a holiday.") == true)
    let weekend = set.verdict("off-hours", on: Story.request("2026-08-15T10:00:00Z"))
    #expect(weekend?.explanation.hasSuffix("no working hours begin on a Saturday.") == true)
  }

  // Clocks go forward on 2026-03-29 at 01:00 UTC and back on 2026-10-25 at 01:00 UTC.
  @Test(arguments: [
    ("2026-03-27T07:00:00Z", false), ("2026-03-27T06:30:00Z", true),
    ("2026-03-30T06:00:00Z", false), ("2026-03-30T05:30:00Z", true),
    ("2026-10-23T16:30:00Z", true), ("2026-10-26T16:30:00Z", false),
  ])
  func `follow the clock of the zone over its changes`(at: String, raised: Bool) throws {
    #expect(try isRaised(at) == raised)
  }

  @Test(arguments: [
    ("2026-08-12T21:59:59Z", true), ("2026-08-12T22:00:00Z", false),
    ("2026-08-13T05:59:59Z", false), ("2026-08-13T06:00:00Z", true),
    // Friday's range reaches into Saturday, Saturday and Sunday have none of their own.
    ("2026-08-15T05:00:00Z", false), ("2026-08-15T22:00:00Z", true),
    ("2026-08-17T05:00:00Z", true),
    // The holiday is the local date of the request, whenever the range began.
    ("2026-12-25T05:00:00Z", true), ("2026-12-25T22:30:00Z", true),
    ("2026-12-26T05:00:00Z", false),
  ])
  func `count a range over midnight to the day on which it begins`(
    at: String, raised: Bool
  ) throws {
    let isRaised = try isRaised(at) { settings in
      Story.office(&settings)
      settings.calendar.timeZone = nil
      settings.calendar.workingHours = Story.hours("mon-fri", "22:00-06:00")
    }
    #expect(isRaised == raised)
  }

  @Test(arguments: [("2026-08-12T09:00:00Z", false), ("2026-08-12T12:30:00Z", true)])
  func `know several ranges a day`(at: String, raised: Bool) throws {
    let isRaised = try isRaised(at) { settings in
      settings.calendar.workingHours = Story.hours("mon-fri", "08:00-12:00", "13:00-17:00")
    }
    #expect(isRaised == raised)
  }

  @Test func `take the zone of the person, the group, the calendar, else UTC`() throws {
    // 07:30 in UTC is 09:30 in Berlin, 16:30 in Tokyo and 03:30 in New York.
    let at = "2026-08-12T07:30:00Z"
    let settings: (inout DetectionSettings) -> Void = { settings in
      Story.office(&settings)
      settings.groups = [
        GroupSettings(name: "no zone", vms: ["*"]),
        GroupSettings(name: "us", vms: ["us-*"], timeZone: "America/New_York"),
        GroupSettings(name: "jp", vms: ["*-jp"], timeZone: "Asia/Tokyo"),
      ]
      settings.people = [
        PersonSettings(match: "*@jp.example.com", timeZone: "Asia/Tokyo"),
        PersonSettings(match: "*@us.example.com"),
        PersonSettings(match: "ann@*", timeZone: "America/New_York"),
      ]
    }
    #expect(try !isRaised(at, settings))
    #expect(try isRaised(at, for: "us-1", settings))
    #expect(try isRaised(at, for: "us-jp", settings))
    #expect(try !isRaised(at, for: "vm-jp", settings))
    #expect(try !isRaised(at, by: "bob@jp.example.com", for: "us-1", settings))
    #expect(try isRaised(at, by: "ann@example.com", for: "vm-jp", settings))
    // Only the first entry that fits counts, also where it has no zone.
    #expect(try !isRaised(at, by: "ann@us.example.com", settings))
    #expect(
      try isRaised(at) { settings in
        settings.calendar.workingHours = Story.hours("mon-fri", "08:00-18:00")
      })
  }

  @Test func `take the person's own hours before those of the calendar`() throws {
    let settings: (inout DetectionSettings) -> Void = { settings in
      Story.office(&settings)
      settings.people = [
        PersonSettings(match: "late@*", workingHours: Story.hours("mon-sun", "14:00-23:00")),
        PersonSettings(match: "empty@*", workingHours: WorkingHours()),
      ]
    }
    #expect(try !isRaised("2026-08-12T20:41:00Z", by: "Late@example.com", settings))
    #expect(try isRaised("2026-08-12T08:00:00Z", by: "Late@example.com", settings))
    #expect(try !isRaised("2026-08-12T08:00:00Z", by: "empty@example.com", settings))
    // Holidays are holidays for everybody.
    #expect(try isRaised("2026-12-25T14:00:00Z", by: "Late@example.com", settings))
  }

  @Test func `are silent for people on call`() throws {
    let raised = try isRaised("2026-12-25T03:00:00Z", by: "ops@example.com") { settings in
      Story.office(&settings)
      settings.people = [PersonSettings(match: "ops@*", onCall: true)]
    }
    #expect(!raised)
  }

  @Test func `are silent where no hours are set`() throws {
    #expect(try !isRaised("2026-12-25T03:00:00Z") { $0.calendar.timeZone = "Europe/Berlin" })
  }

  @Test(arguments: [Actor.Kind.app, .unknown])
  func `are silent for anybody but people`(kind: Actor.Kind) throws {
    let actor = Actor(kind: kind, name: "robot", objectID: nil, appID: nil)
    let request = Story.request("2026-08-12T22:41:07Z", by: actor)
    #expect(try Story.detectors(Story.office).verdict("off-hours", on: request) == nil)
  }

  @Test func `count refused requests, also without a VM`() throws {
    let request = Story.request("2026-08-12T22:41:07Z", for: [], refused: true)
    let finding = try Story.detectors(Story.office).verdict("off-hours", on: request)
    #expect(finding?.vms == [])
    #expect(finding?.explanation.contains("access by policy default") == true)
  }
}
