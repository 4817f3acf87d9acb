internal import Access

/// What the detectors are expected to find, and what looks like it and must stay silent.
extension Plot {
  /// Some of everything that is unusual; in later rounds also bursts that just miss their count.
  mutating func plantAttacks(round: Int) {
    plantOffHours()
    plantRepeated(isNearMiss: round >= 3 && dice.chance(0.3))
    plantWideSource()
    plantCritical()
    plantLong()
    plantRefusals(isNearMiss: round >= 3 && dice.chance(0.3))
  }

  /// A person, a VM of theirs, and an instant at which they work, with room behind it.
  mutating func scene(room: TimeSpan = .hours(2)) -> (person: Int, machine: Int, at: EventTime) {
    let person = dice.pick(estate.users)
    let machine = dice.pick(estate.people[person].favourites)
    return (person, machine, habits.workingInstant(of: person, for: [machine], room: room))
  }

  /// A request for one VM that goes its course.
  mutating func solo(
    _ person: Int, _ machine: Int, at instant: EventTime, lasting: TimeSpan? = nil,
    _ course: Course = .plain
  ) -> Call {
    var call = habits.request(by: person, for: [machine])
    if let lasting { call.targets[0].limit = .lasting(lasting) }
    call.limitLength(for: course)
    call.take(course, at: instant, &dice)
    return call
  }

  private mutating func plantOffHours() {
    let someone = estate.users.filter { estate.people[$0].team != Team.onCall }
    for _ in 0..<2 {
      let person = dice.pick(someone)
      let machine = dice.pick(estate.people[person].favourites)
      for _ in 0..<100 {
        let instant = habits.instant(in: options.start..<options.end - .minutes(1))
        guard estate.isOffHours(estate.people[person], for: [machine], at: instant) else {
          continue
        }
        add(solo(person, machine, at: instant, dice.pick([.plain, .plain, .refused, .bare])))
        break
      }
    }
    plantEdgesOfWork(dice.pick(someone))
  }

  /// The last tick before work, the first of it, and the first after it.
  private mutating func plantEdgesOfWork(_ person: Int) {
    let machine = dice.pick(estate.people[person].favourites)
    guard let (zone, week) = estate.expectation(of: estate.people[person], for: [machine]) else {
      return
    }
    let day = zone.local(at: habits.workingInstant(of: person, for: [machine])).day
    guard week.begins(onDay: day) else { return }
    let range = dice.pick(week.ranges)
    let begin = zone.instant(day: day, plus: .minutes(Int64(range.lowerBound)))
    let end = zone.instant(day: day, plus: .minutes(Int64(range.upperBound)))
    let tick = TimeSpan(ticks: 1)
    let edges = [begin - tick, begin, end - tick, end]
    let edge = dice.pick(edges)
    add(solo(person, machine, at: edge))
  }

  private mutating func plantRepeated(isNearMiss: Bool) {
    let (person, machine, instant) = scene()
    let count = isNearMiss ? 3 : dice.within(3...5)
    // The last of them is exactly an hour after the first, or a tick too late for the count.
    let span = TimeSpan.hours(1) + TimeSpan(ticks: isNearMiss ? 1 : 0)
    let isExact = isNearMiss || dice.chance(0.3)
    for index in 0..<count {
      let step = Int64(index) * span.ticks / Int64(count - 1)
      let hurried = isExact ? step : step * 2 / 3
      let course = dice.pick([Course.plain, .plain, .startAlone, .refused, .requestHidden])
      add(solo(person, machine, at: instant + TimeSpan(ticks: hurried), course))
    }
  }

  private mutating func plantWideSource() {
    let wide = [
      ["*"], ["Internet"], ["Any"], ["0.0.0.0/0"], ["203.0.112.0/23"], ["2001:db8::/48"], ["::/0"],
      ["10.0.0.0/8", "203.0.113.5"], ["2001:db8:7::/63"],
    ]
    let (person, machine, instant) = scene()
    let port = estate.machines[machine].port
    var call = habits.request(by: person, for: [machine], ports: [port, 5986])
    // Only one of both ports is asked for from everywhere.
    call.targets[dice.below(2)].sources = dice.pick(wide)
    call.take(dice.pick([.plain, .noted, .refused, .answerHidden]), at: instant, &dice)
    add(call)
    let narrow = [["203.0.113.0/24"], ["2001:db8:7:1::/64"], ["AzureCloud"], ["203.0.113.7/32"]]
    let other = scene()
    var nearMiss = habits.request(by: other.person, for: [other.machine])
    nearMiss.targets[0].sources = dice.pick(narrow)
    nearMiss.take(.plain, at: other.at, &dice)
    add(nearMiss)
  }

  private mutating func plantCritical() {
    guard !estate.critical.isEmpty else { return }
    for course in [Course.plain, dice.pick([.lateSuccess, .startAlone, .refused])] {
      let person = dice.pick(estate.users)
      let machine = dice.pick(estate.critical)
      let neighbours = estate.policies[estate.machines[machine].policy].machines.filter {
        $0 != machine
      }
      let machines = [machine] + neighbours.prefix(dice.chance(0.3) ? 1 : 0)
      var call = habits.request(by: person, for: machines)
      call.take(course, at: habits.workingInstant(of: person, for: machines), &dice)
      add(call)
    }
  }

  private mutating func plantLong() {
    let (person, machine, instant) = scene()
    var call = habits.request(by: person, for: [machine])
    call.targets[0].limit = dice.pick([
      .lasting(.hours(9)), .lasting(.hours(12)), .lasting(.hours(24)), .lasting(.minutes(481)),
      .until(instant + .hours(8) + TimeSpan(ticks: 1)), .until(instant + .hours(36)),
    ])
    call.take(dice.pick([.plain, .lateSuccess, .answerHidden, .refused]), at: instant, &dice)
    add(call)
    let other = scene()
    var nearMiss = habits.request(by: other.person, for: [other.machine])
    nearMiss.targets[0].limit = dice.pick([.lasting(.hours(8)), .until(other.at + .hours(8))])
    nearMiss.take(.plain, at: other.at, &dice)
    add(nearMiss)
  }

  private mutating func plantRefusals(isNearMiss: Bool) {
    let (person, _, instant) = scene()
    let count = isNearMiss ? 2 : dice.within(3...5)
    for index in 0..<count {
      let machine = dice.pick(estate.people[person].favourites)
      let at = instant + .minutes(Int64(index) * 14)
      add(solo(person, machine, at: at, dice.pick([.refused, .refusedAlone])))
    }
  }
}
