import Access
import Testing
import Timelines

@Suite struct `The sessions of a VM` {
  typealias Doors = StandingStory

  static func open(_ records: [IdentifiedEvidence], _ from: String, _ to: String? = nil) -> Int {
    let span = Story.time(from)...Story.time(to ?? from)
    return SessionFold.sessions(of: records).count { $0.isOpen(within: span) }
  }

  @Test func `are put together by their tunnel`() throws {
    let records = [
      Doors.session(.sessionClosed, "10:00:00", tunnel: "T-1", email: nil),
      Doors.session(.sessionOpened, "08:00:00", tunnel: "t-1"),
      Doors.session(.sessionOpened, "08:30:00", tunnel: "t-2"),
    ]
    let sessions = SessionFold.sessions(of: records)
    #expect(sessions.map(\.since) == [Story.time("08:00:00"), Story.time("08:30:00")])
    #expect(sessions.map(\.until) == [Story.time("10:00:00"), nil])
    #expect(sessions.map(\.presumedUntil) == [nil, Story.time("20:30:00")])
    let first = try #require(sessions.first)
    #expect(first.actor?.name == "ann@example.com" && first.evidence.count == 2)
    #expect(first.login == "azureuser" && first.protocolName == "ssh")
    #expect(first.clientAddress == "203.0.113.10")
  }

  @Test func `without a tunnel are each their own`() {
    let records = ["08:00:00", "08:00:00", "08:00:01"].map {
      Doors.session(.sessionOpened, $0)
    }
    #expect(SessionFold.sessions(of: records).count == 2)
    let logins = ["a", "b"].map { Doors.session(.sessionOpened, "08:00:00", login: $0) }
    #expect(SessionFold.sessions(of: logins).count == 2)
  }

  @Test func `are not made by refused logins`() {
    #expect(SessionFold.sessions(of: [Doors.session(.sessionRefused, "08:00:00")]).isEmpty)
    let tunnel = [
      Doors.session(.sessionRefused, "08:00:00", tunnel: "t"),
      Doors.session(.sessionOpened, "08:00:05", tunnel: "t"),
    ]
    #expect(SessionFold.sessions(of: tunnel).map(\.since) == [Story.time("08:00:05")])
  }

  @Test(arguments: [
    ("07:59:59", nil, 0), ("08:00:00", nil, 1), ("19:59:59", nil, 1), ("20:00:00", nil, 0),
    ("07:00:00", "09:00:00", 1), ("20:00:00", "21:00:00", 0),
  ])
  func `without a recorded end are open for 12 h`(from: String, to: String?, count: Int) {
    #expect(Self.open([Doors.session(.sessionOpened, "08:00:00")], from, to) == count)
  }

  @Test func `with a recorded end are open until then, and known by it alone`() {
    let closed = Doors.session(.sessionClosed, "09:00:00", tunnel: "t")
    let both = [Doors.session(.sessionOpened, "08:00:00", tunnel: "t"), closed]
    #expect(Self.open(both, "08:59:59") == 1 && Self.open(both, "09:00:00") == 0)
    #expect(Self.open([closed], "08:00:00", "10:00:00") == 1)
    #expect(Self.open([closed], "09:00:01", "10:00:00") == 0)
    #expect(SessionFold.misses([closed]) && !SessionFold.misses(both))
  }

  @Test func `are lines of a timeline, each failed login of its own`() {
    let lines = SessionFold.lines(of: [
      Doors.session(.sessionRefused, "08:00:00", tunnel: "t"),
      Doors.session(.sessionRefused, "08:00:03", tunnel: "t"),
      Doors.session(.sessionOpened, "08:00:05", tunnel: "t"),
      Doors.session(.sessionOpened, "08:00:06", tunnel: "t"),
      Doors.session(.sessionClosed, "09:00:00", tunnel: "t"),
    ]).sorted(by: TimelineEntry.precedes)
    #expect(
      lines.map(\.kind) == [.sessionRefused, .sessionRefused, .sessionOpened, .sessionClosed])
    #expect(lines[2].evidence.count == 2)
    #expect(
      lines[2].text == "Bastion ssh session as azureuser from 203.0.113.10 began.")
  }
}

@Suite struct `Ways around the door` {
  typealias Doors = StandingStory
  static let write = "microsoft.compute/virtualmachines/extensions/write"
  static let run = "microsoft.compute/virtualmachines/runcommand/action"

  @Test func `are told once per call, at its earliest record`() throws {
    let uses = BypassFold.uses(of: [
      Doors.bypass("08:00:09", Self.run, phase: .success), Doors.bypass("08:00:00", Self.run),
    ])
    let use = try #require(uses.first)
    #expect(uses.count == 1 && use.at == Story.time("08:00:00") && use.evidence.count == 2)
    #expect(use.vm == Story.vm("vm1") && use.actor?.name == "eve@example.com")
  }

  @Test func `have no effect where the call failed, which is a line of its own`() {
    let records = [
      Doors.bypass("08:00:00", Self.run), Doors.bypass("08:00:01", Self.run, phase: .failure),
    ]
    #expect(BypassFold.uses(of: records).isEmpty)
    let lines = BypassFold.lines(of: records)
    #expect(lines.map(\.kind) == [.failed])
    #expect(lines.first?.text == "Using a run command failed: Denied")
  }

  @Test(arguments: [
    (nil, "VMAccessLinux", true), (nil, "enablevmaccess", true), (nil, "customscriptExt", true),
    (nil, "monitor", false), ("VMACCESSAGENT", "monitor", true),
    ("AzureMonitor", "VMAccess", false), ("CustomScriptExtension", "x", true),
  ])
  func `are extensions by their type, else their name`(
    type: String?, name: String, expected: Bool
  ) {
    let record = Doors.bypass(
      "08:00:00", Self.write, on: "/extensions/\(name)", type: type)
    #expect(BypassFold.uses(of: [record]).isEmpty != expected)
  }

  @Test func `are extensions by the type that any phase tells`() {
    let records = [
      Doors.bypass("08:00:00", Self.write, on: "/extensions/x"),
      Doors.bypass(
        "08:00:09", Self.write, on: "/extensions/x", phase: .success, type: "VMAccessForLinux"),
    ]
    #expect(BypassFold.uses(of: records).map(\.extensionName) == ["VMAccessForLinux"])
  }
}
