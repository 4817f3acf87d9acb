internal import Access

/// What people do on an ordinary day: when they ask, for what, and how they put it.
struct Habits {
  let estate: Estate
  let options: SimulationOptions
  var dice: Dice

  private static let reasons = [
    "INC0048213 disk full", "patching", "CHG0031877 release 4.2", "deploy hotfix",
    "Störung \"Zahlungslauf\" prüfen", "INC0050117\nsecond try", "log check", "日次メンテナンス",
    "renew certificate", "vendor session, see INC0049001",
  ]

  init(_ estate: Estate, _ options: SimulationOptions, _ dice: Dice) {
    self.estate = estate
    self.options = options
    self.dice = dice
  }

  /// An instant of the span, spread over seconds of different fineness.
  mutating func instant(in range: Range<EventTime>) -> EventTime {
    let length = range.upperBound - range.lowerBound
    guard length > .zero else { return range.lowerBound }
    let ticks = Int64(dice.below(Int(length.ticks)))
    let fineness: Int64 = dice.pick([1, 1, 1, 10, 100, 10_000, 10_000_000])
    let cut = (range.lowerBound + TimeSpan(ticks: ticks)).ticks / fineness * fineness
    return max(range.lowerBound, EventTime(ticks: cut))
  }

  /// An instant at which a person works, leaving room behind it; any instant where none is found.
  mutating func workingInstant(
    of person: Int, for machines: [Int], room: TimeSpan = .zero
  ) -> EventTime {
    let last = max(options.start + .minutes(1), options.end - room)
    for _ in 0..<24 {
      let instant = instant(in: options.start..<last)
      if isQuiet(instant, of: person) { continue }
      if !estate.isOffHours(estate.people[person], for: machines, at: instant) { return instant }
    }
    return instant(in: options.start..<last)
  }

  /// People without hours of their own still sleep sometimes.
  private mutating func isQuiet(_ instant: EventTime, of person: Int) -> Bool {
    guard estate.people[person].isApplication || estate.people[person].team == Team.onCall else {
      return false
    }
    return dice.chance(0.2)
  }

  /// A request as a person would make it for a VM, without its records.
  mutating func request(by person: Int, for machines: [Int], ports: [Int]? = nil) -> Call {
    let someone = estate.people[person]
    let lasting = dice.chance(0.7) ? someone.habit : .hours(Int64(dice.within(1...8)))
    let caller = dice.chance(0.85) ? someone.address : dice.pick(["192.0.2.77", "2001:db8::5"])
    let sources = sources(of: someone, caller: caller)
    let machine = estate.machines[machines[0]]
    var call = Call(
      person: person, policy: machine.policy, correlation: GUID(&dice), targets: [],
      justification: dice.chance(0.7) ? dice.pick(Habits.reasons) : nil, appID: someone.appID,
      caller: caller, style: dice.next())
    for machine in machines {
      for port in ports ?? [estate.machines[machine].port] {
        call.targets.append(
          Call.Target(machine: machine, port: port, sources: sources, limit: .lasting(lasting)))
      }
    }
    // An application has no name, and nobody could tell who it is without an object id.
    if !someone.isApplication, dice.chance(0.04) { call.namesObjectID = false }
    return call
  }

  /// Has each target ask until an instant instead of for a span.
  mutating func stateEnds(_ call: inout Call, from instant: EventTime) {
    // The client reads its clock before it calls, so the span is a little shorter than meant.
    let early = TimeSpan(ticks: dice.pick([0, 3_120_000, 8_401_234]))
    for index in call.targets.indices {
      guard case .lasting(let span) = call.targets[index].limit else { continue }
      call.targets[index].limit = .until(instant + span - early)
    }
  }

  private mutating func sources(of person: Person, caller: String) -> [String] {
    switch dice.below(10) {
    case 0...3: [caller]
    case 4...5: []
    case 6: [caller.contains(":") ? caller : caller + "/32"]
    case 7: [person.network]
    case 8: [person.network, caller]
    default: ["10.20.\(dice.below(4)).0/26"]
    }
  }

  /// VMs of one call: one of the favourites, sometimes with its neighbours.
  mutating func machines(of person: Int) -> [Int] {
    let favourite = dice.pick(estate.people[person].favourites)
    guard dice.chance(0.08) else { return [favourite] }
    let neighbours = estate.policies[estate.machines[favourite].policy].machines.filter {
      $0 != favourite && !estate.machines[$0].isCritical
    }
    return [favourite] + neighbours.prefix(dice.within(1...2))
  }

  /// A whole ordinary request.
  mutating func ordinaryCall() -> Call {
    let person = dice.below(estate.people.count)
    let machines = machines(of: person)
    let instant = workingInstant(of: person, for: machines)
    let home = estate.machines[machines[0]].port
    let ports = dice.chance(0.12) ? [home, dice.pick([5986, 5986, 8443, 3389])] : nil
    var call = request(by: person, for: machines, ports: ports.map { Array(Set($0)).sorted() })
    let course = Course.ordinary[dice.index(weights: Course.ordinary.map { $0.1 })].0
    call.limitLength(for: course)
    if dice.chance(0.45) { stateEnds(&call, from: instant) }
    call.take(course, at: instant, &dice)
    return call
  }
}

extension Call {
  /// Where only an answer tells of the length, it must not lie near a limit: the start of the
  /// answer is a little later than the request.
  mutating func limitLength(for course: Course) {
    guard course == .requestHidden || course == .acceptAlone else { return }
    for index in targets.indices {
      if case .lasting(let span) = targets[index].limit, span > .hours(6) {
        targets[index].limit = .lasting(.hours(6))
      }
    }
  }
}
