import Access
import Testing

@testable import Simulation

/// A tenant, and requests in it whose ends are known to the second.
private struct Scene {
  let options: SimulationOptions
  let estate: Estate
  var calls: [Call] = []
  var dice = Dice(seed: 3)
  let start: EventTime

  init() {
    var options = SimulationOptions()
    options.records = 1000
    options.jitShare = 1
    options.duplicateShare = 0
    var dice = Dice(seed: 3)
    estate = Estate(options, &dice)
    self.options = options
    start = options.start + .hours(10)
  }

  mutating func ask(
    _ person: Int, minutes: Int64, source: String = "203.0.113.9", lasting: Int64 = 120,
    _ course: Course = .plain
  ) {
    let machine = estate.machines[0]
    var call = Call(
      person: person, policy: machine.policy, correlation: GUID(&dice),
      targets: [
        Call.Target(
          machine: 0, port: machine.port, sources: [source], limit: .lasting(.minutes(lasting)))
      ], appID: estate.people[person].appID, caller: source, style: dice.next())
    call.take(course, at: start + .minutes(minutes), &dice)
    calls.append(call)
  }

  func plan() -> DoorPlan {
    DoorPlan(
      calls, PolicyHistory(policies: estate.policies.count), share: 1, isPlain: true, in: estate,
      options)
  }

  func work() -> DoorWork {
    DoorWork(plan(), rules: [], end: options.end, hands: [], Dice(seed: 1))
  }
}

@Suite struct `A door of the story` {
  @Test func `opens some seconds after its request and shuts 30 seconds after its end`() throws {
    var scene = Scene()
    scene.ask(0, minutes: 0)
    let work = scene.work()
    let door = try #require(work.doors.first)
    #expect(work.doors.count == 1)
    #expect(work.deeds.count == 2)
    let (opening, shutting) = (work.deeds[door.openings[0]], work.deeds[door.shuttings[0]])
    let accepted = try #require(scene.calls[0].acceptedAt)
    #expect((accepted + .seconds(3)...accepted + .seconds(46)).contains(opening.at))
    let end = try #require(scene.calls[0].targets[0].answeredEnd)
    #expect(shutting.at == end + .seconds(30))
    #expect(opening.author == nil)
    let rule = work.rules[door.rules[0]]
    #expect(rule.ports == ["\(scene.estate.machines[0].port)"])
    #expect(rule.sources == ["203.0.113.9"])
    #expect(rule.destination == "10.0.0.4")
    #expect(rule.isAllow)
  }

  @Test func `is taken over by a renewal, whose write takes the older rule away`() throws {
    var scene = Scene()
    scene.ask(0, minutes: 0)
    scene.ask(0, minutes: 60)
    let work = scene.work()
    try #require(work.doors.count == 2)
    #expect(work.doors[0].shuttings == work.doors[1].openings)
    let change = try #require(work.changes.first { $0.deed == work.doors[1].openings[0] })
    #expect(change.adds == work.doors[1].rules)
    #expect(change.removes == work.doors[0].rules)
  }

  @Test(arguments: [(1, 0, 1), (3, 0, 1), (30, 0, 2), (1, 1, 1), (30, 1, 2)])
  func `is opened only where nobody asks alike while its rule is written`(
    minutes: Int64, person: Int, doors: Int
  ) {
    var scene = Scene()
    scene.ask(0, minutes: 0)
    scene.ask(person, minutes: minutes)
    #expect(scene.work().doors.count == doors)
  }

  @Test func `stands beside somebody else's from another source`() {
    var scene = Scene()
    scene.ask(0, minutes: 0)
    scene.ask(1, minutes: 1, source: "203.0.113.77")
    let work = scene.work()
    #expect(work.doors.count == 2)
    #expect(Set(work.doors.flatMap(\.shuttings)).isDisjoint(with: work.doors.flatMap(\.openings)))
  }

  @Test(arguments: [Course.refused, .bare])
  func `stays shut after a refusal, and where nothing tells what it is for`(course: Course) {
    var scene = Scene()
    scene.ask(0, minutes: 0, course)
    #expect(scene.work().doors.isEmpty)
  }

  @Test func `never stays open for a request that a later one leans on without a rule`() {
    var scene = Scene()
    scene.ask(0, minutes: 0)
    // Too short for a rule of its own, so it would take over the older one's.
    scene.ask(0, minutes: 60, lasting: 1)
    #expect(scene.work().doors.isEmpty)
  }
}

@Suite struct `A window of the truth` {
  private static let opensAt = EventTime(seconds: 1_786_000_000)

  private func window(
    opened: Int64? = nil, shut: Int64? = nil, isPresumed: Bool = false, ends: Int64? = 60,
    maximum: TimeSpan? = nil
  ) -> FactWindow {
    let opensAt = Self.opensAt
    var grant = Fact.Grant(machine: 0, port: 22, sources: [], opensAt: opensAt)
    grant.endsAt = ends.map { opensAt + .minutes($0) }
    var door: Door?
    if let opened {
      var made = Door(call: 0, machine: 0, port: 22, groups: [0], isPresumed: isPresumed)
      made.opened = [opensAt + .minutes(opened)]
      made.shut = shut.map { [opensAt + .minutes($0)] } ?? []
      door = made
    }
    return FactWindow(
      fact: 0, grant: grant, port: 22, requestedAt: opensAt - .seconds(2), door: door,
      maximum: maximum)
  }

  @Test(
    arguments: [
      (nil, nil, 59, "open", "request"), (nil, nil, 60, "expired", nil),
      (1, nil, 0, "open", "request"), (1, nil, 59, "open", "rule"), (1, nil, 74, "closing", "rule"),
      (1, nil, 75, "overdue", "rule"), (1, 30, 30, "revoked", nil), (1, 61, 60, "closing", "rule"),
      (1, 59, 59, "closed", nil), (1, 61, 61, "closed", nil), (1, 90, 89, "overdue", "rule"),
    ] as [(Int64?, Int64?, Int64, String, String?)])
  func `is in the state that its rule and its end make`(
    opened: Int64?, shut: Int64?, at: Int64, state: String, basis: String?
  ) {
    let window = window(opened: opened, shut: shut)
    let instant = Self.opensAt + .minutes(at)
    #expect(window.state(at: instant).name == state)
    #expect(window.basis(at: instant) == basis)
  }

  @Test func `is closed by presumption where no record shows its rule gone`() {
    let state = window(opened: 1, shut: 61, isPresumed: true).state(at: Self.opensAt + .hours(2))
    #expect(state.name == "closed")
    #expect(state.closedAt == Self.opensAt + .minutes(61))
    #expect(state.closedBy == "presumed")
  }

  @Test func `without an end is overdue after the longest time and the grace`() {
    let window = window(opened: 0, ends: nil, maximum: .hours(3))
    #expect(window.state(at: Self.opensAt + .minutes(194)).name == "open")
    #expect(window.state(at: Self.opensAt + .minutes(195)).name == "overdue")
    #expect(window.isOverdue(by: Self.opensAt + .minutes(195)))
    #expect(!window.isOverdue(by: Self.opensAt + .minutes(194)))
  }
}
