import Access
import Detection
import Testing

@Suite struct `Repeated requests` {
  private let vm = Story.vm("vm1")

  private func judge(
    _ requests: [AccessRequest], on date: String = "2026-08-12",
    _ change: (inout DetectionSettings) -> Void = { _ in }
  ) throws -> Finding? {
    try Story.detectors(change).burst("repeated-requests")
      .judge(day: Story.day(date), vm: vm, requests: requests)
  }

  private func requests(_ times: String...) -> [AccessRequest] {
    times.map { Story.request("2026-08-12T\($0)Z") }
  }

  @Test func `are found where the third comes within an hour`() throws {
    let asked = requests("09:00:00", "21:50:00", "22:00:00", "22:41:07", "22:50:00")
    let finding = try #require(try judge(asked))
    #expect(finding.count == 4)
    #expect(finding.occurredAt == asked[3].requestedAt)
    #expect(finding.evidence == asked[1...].flatMap(\.evidence))
    #expect(finding.actor == asked[3].actor)
    #expect(finding.vms == [vm])
    #expect(finding.severity == .medium)
    #expect(
      finding.explanation == "user@example.com asked for vm1 4 times, from 2026-08-12 21:50 UTC to"
        + " 22:50 UTC. The limit of 3 within 1 h was reached at 22:41 UTC.")
    let key = ["user@example.com", vm.canonical, "2026-08-12"]
    let same = Finding(
      rule: "repeated-requests", key: key, slice: "", severity: .low, occurredAt: .epoch)
    #expect(finding.id == same.id)
    #expect(
      finding.slice
        == "repeated-requests:user@example.com|\(vm.canonical)|\(Story.day("2026-08-12"))")
  }

  @Test func `name the VM as its requests show it best, however the subject is written`() throws {
    let asked = requests("10:00:00", "10:10:00", "10:20:00")
    let detectors = try Story.detectors()
    let texts = try [vm.canonical, vm.display.uppercased(), vm.display].map { text in
      try detectors.burst("repeated-requests")
        .judge(day: Story.day("2026-08-12"), vm: ResourceID(text), requests: asked)?.explanation
    }
    #expect(Set(texts).count == 1)
  }

  @Test func `are those exactly as old as the span, and none that is older`() throws {
    #expect(try judge(requests("10:00:00", "10:30:00", "11:00:00")) != nil)
    #expect(try judge(requests("10:00:00", "10:30:00", "11:00:00.0000001")) == nil)
    #expect(try judge(requests("10:00:00", "10:30:00")) == nil)
  }

  @Test func `have count and span of their own`() throws {
    let asked = requests("10:00:00", "10:30:00", "12:00:00")
    #expect(try judge(asked) { $0.repeatedRequests.count = 2 }?.count == 2)
    #expect(try judge(asked) { $0.repeatedRequests.within = .hours(2) }?.count == 3)
  }

  @Test func `of the day before count on this one`() throws {
    let asked = [
      Story.request("2026-08-11T23:30:00Z"), Story.request("2026-08-11T23:40:00Z"),
      Story.request("2026-08-12T00:10:00Z"),
    ]
    let finding = try #require(try judge(asked))
    #expect(finding.count == 3)
    #expect(finding.explanation.contains("from 2026-08-11 23:30 UTC to 2026-08-12 00:10 UTC"))
    #expect(try judge(asked, on: "2026-08-11") == nil)
  }

  @Test func `that go on over midnight are a finding of each day`() throws {
    let asked = [
      "2026-08-11T23:00:00Z", "2026-08-11T23:20:00Z", "2026-08-11T23:40:00Z",
      "2026-08-12T00:10:00Z",
    ].map { Story.request($0) }
    let first = try #require(try judge(asked, on: "2026-08-11"))
    let second = try #require(try judge(Array(asked[1...])))
    #expect(first.count == 3)
    #expect(second.count == 3)
    #expect(second.occurredAt == asked[3].requestedAt)
    #expect(first.id != second.id)
  }

  @Test func `of two separate bursts leave out what lies between`() throws {
    let asked = requests(
      "01:00:00", "01:10:00", "01:20:00", "06:00:00", "12:00:00", "12:10:00", "12:20:00")
    #expect(try judge(asked)?.evidence == (asked[..<3] + asked[4...]).flatMap(\.evidence))
  }

  @Test func `count refused ones and name all their VMs`() throws {
    let other = Story.vm("vm2")
    let asked = [
      Story.request("2026-08-12T10:00:00Z", for: [vm, other]),
      Story.request("2026-08-12T10:01:00Z", refused: true),
      Story.request("2026-08-12T10:02:00Z"),
    ]
    #expect(try judge(asked)?.vms == [vm, other])
    #expect(try Story.detectors().burst("repeated-requests").counts(asked[1]))
  }

  @Test func `at one instant count in the order of ties`() throws {
    var asked = (0..<4).map { _ in Story.request("2026-08-12T10:00:00Z") }
    for index in asked.indices { asked[index].correlationID = "c\(index)" }
    let finding = try #require(try judge(asked.reversed()))
    #expect(finding.count == 4)
    #expect(finding.explanation.contains("4 times, all at 2026-08-12 10:00 UTC."))
  }

  @Test func `are the same in whatever order they come`() throws {
    var asked = (0..<40).map { step in
      Story.request(Story.time("2026-08-12T08:00:00Z") + .minutes(Int64(step * step)))
    }
    let expected = try judge(asked)
    #expect(expected != nil)
    for _ in 0..<20 {
      asked.shuffle()
      #expect(try judge(asked) == expected)
    }
  }

  @Test func `are keyed by the name of whoever reached the count`() throws {
    var asked = requests("10:00:00", "10:10:00", "10:20:00")
    for index in asked.indices { asked[index].actorIdentity = "object-1" }
    asked[2].actor = Story.person("New.Name@example.com", objectID: "object-1")
    let finding = try #require(try judge(asked))
    let key = ["new.name@example.com", vm.canonical, "2026-08-12"]
    let same = Finding(
      rule: "repeated-requests", key: key, slice: "", severity: .low, occurredAt: .epoch)
    #expect(finding.id == same.id)
    #expect(finding.slice.hasPrefix("repeated-requests:object-1|"))
  }
}

@Suite struct `Refused requests` {
  private func judge(_ requests: [AccessRequest]) throws -> Finding? {
    try Story.detectors().burst("refused-requests")
      .judge(day: Story.day("2026-08-12"), vm: nil, requests: requests)
  }

  @Test func `are found over all VMs of one actor`() throws {
    let asked = ["vm1", "vm2", "vm2"].enumerated().map { index, name in
      Story.request("2026-08-12T10:0\(index):00Z", for: [Story.vm(name)], refused: true)
    }
    let finding = try #require(try judge(asked))
    #expect(finding.severity == .medium)
    #expect(finding.count == 3)
    #expect(finding.vms == [Story.vm("vm1"), Story.vm("vm2")])
    #expect(
      finding.explanation == "user@example.com was refused 3 times, from 2026-08-12 10:00 UTC to"
        + " 10:02 UTC, for vm1 and vm2 (AuthorizationFailed). The limit of 3 within 1 h was"
        + " reached at 10:02 UTC.")
    let same = Finding(
      rule: "refused-requests", key: ["user@example.com", "2026-08-12"], slice: "",
      severity: .low, occurredAt: .epoch)
    #expect(finding.id == same.id)
    #expect(
      finding.slice == "refused-requests:user@example.com||\(Story.day("2026-08-12"))")
  }

  @Test func `are not those that were granted`() throws {
    let detector = try Story.detectors().burst("refused-requests")
    #expect(!detector.counts(Story.request("2026-08-12T10:00:00Z")))
    #expect(detector.counts(Story.request("2026-08-12T10:00:00Z", for: [], refused: true)))
  }

  @Test func `are told of nobody where the caller is not known`() throws {
    let nobody = Actor(kind: .unknown, name: nil, objectID: nil, appID: nil)
    let asked = (0..<3).map {
      Story.request("2026-08-12T10:0\($0):00Z", by: nobody, for: [], refused: true)
    }
    let finding = try #require(try judge(asked))
    #expect(finding.actor == nil)
    #expect(finding.vms == [])
    #expect(finding.explanation.hasPrefix("unknown was refused 3 times"))
  }
}

@Suite struct `A burst` {
  private func burst(_ count: Int, pieces: Int = 1, limit: Int = 3) throws -> Finding? {
    let asked = (0..<count).map { index in
      Story.request(
        Story.time("2026-08-12T10:00:00Z") + .seconds(Int64(index)), pieces: pieces)
    }
    return try Story.detectors { $0.repeatedRequests.count = limit }.burst("repeated-requests")
      .judge(day: Story.day("2026-08-12"), vm: Story.vm("vm1"), requests: asked)
  }

  @Test func `lists all evidence as far as fifty pieces`() throws {
    #expect(try burst(50)?.evidence.count == 50)
    #expect(try burst(51)?.evidence.count == 50)
  }

  @Test func `lists the first ten, those that reached the count, and the newest`() throws {
    let start = Story.time("2026-08-12T10:00:00Z")
    let finding = try #require(try burst(100, pieces: 2, limit: 30))
    let all = (0..<100).flatMap { second in
      (0..<2).map { Story.evidence(start + .seconds(Int64(second)), $0) }
    }
    #expect(finding.count == 100)
    #expect(finding.evidence == Array(all[..<10] + all[58..<60] + all[162...]))
    #expect(finding.explanation.contains("100 times"))
  }

  @Test func `lists the newest piece however many reached the count`() throws {
    let finding = try #require(try burst(3, pieces: 100))
    let newest = Story.evidence(Story.time("2026-08-12T10:00:02Z"), 99)
    #expect(finding.evidence.count == 50)
    #expect(Set(finding.evidence).count == 50)
    #expect(finding.evidence.last == newest)
  }

  @Test func `counts only the thousand newest within the span`() throws {
    #expect(try burst(1000, limit: 1000)?.count == 1000)
    let finding = try #require(try burst(1002, limit: 1000))
    #expect(finding.count == 1002)
    #expect(finding.occurredAt == Story.time("2026-08-12T10:16:39Z"))
    #expect(try burst(999, limit: 1000) == nil)
  }

  @Test func `reaches over the span before its day`() throws {
    let detector = try Story.detectors().burst("repeated-requests")
    let day = Story.day("2026-08-12")
    #expect(
      detector.reach(ofDay: day)
        == Story.time("2026-08-11T23:00:00Z")..<Story.time("2026-08-13T00:00:00Z"))
    #expect(detector.days(reachedBy: Story.time("2026-08-12T22:59:59.9999999Z")) == day...day)
    #expect(detector.days(reachedBy: Story.time("2026-08-12T23:00:00Z")) == day...(day + 1))
  }

  @Test func `has a slice that no name can forge`() {
    let vm = ResourceID("/a|b")
    let honest = BurstSlice.text(rule: "r", actorIdentity: "x", vm: vm, day: 1)
    let forged = BurstSlice.text(
      rule: "r", actorIdentity: "x|/a", vm: ResourceID("b"), day: 1)
    #expect(honest == "r:x|/a|b|1")
    #expect(forged == "r:x%7C/a|b|1")
    #expect(
      BurstSlice.text(rule: "r", actorIdentity: "x%7C/a", vm: nil, day: 1) == "r:x%257C/a||1")
  }
}

@Suite struct `The slice of a burst` {
  @Test(arguments: ["ada@example.com", "a|b%7C%", "x:y", ""])
  func `can be read back`(identity: String) throws {
    for vm in [Story.vm("vm1"), nil] {
      let text = BurstSlice.text(rule: "r", actorIdentity: identity, vm: vm, day: 20677)
      let parts = try #require(BurstSlice.parts(of: text))
      #expect(parts.rule == "r")
      #expect(parts.actorIdentity == identity)
      #expect(parts.vm == vm)
      #expect(parts.day == 20677)
    }
    #expect(BurstSlice.parts(of: "request-1") == nil)
  }
}
