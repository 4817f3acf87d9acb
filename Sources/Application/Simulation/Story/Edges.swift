internal import Access

/// Where requests meet: renewals, second tries, ids that are used again, ties and midnights.
extension Plot {
  /// One of everything that two readers of the rules might read in two ways.
  mutating func plantEdges(round: Int) {
    plantRenewal()
    plantRenewalAtEnd()
    plantOtherActor()
    plantReusedCorrelation(round: round)
    plantSecondTry()
    plantTie(round: round)
    plantMidnight()
    plantBoundlessEnd(round: round)
    plantOddBody(round: round)
  }

  /// The same person asks again before the window ends, more than once.
  private mutating func plantRenewal() {
    let (person, machine, instant) = scene(room: .hours(6))
    for step in 0..<dice.within(2...3) {
      let course = step == 0 ? .plain : dice.pick([Course.plain, .startAlone, .refused, .retried])
      let at = instant + .minutes(Int64(step) * 70)
      var call = solo(person, machine, at: at, lasting: .hours(2), course)
      // By name alone it is still the same person.
      if step > 0 { call.namesObjectID = estate.people[person].isApplication || dice.chance(0.7) }
      add(call)
    }
  }

  /// A request at the very end of a window leaves it alone; one a tick before takes it over.
  private mutating func plantRenewalAtEnd() {
    let (person, machine, instant) = scene(room: .hours(4))
    let first = solo(person, machine, at: instant, lasting: .hours(1))
    guard let end = first.targets[0].answeredEnd, add(first) else { return }
    let early = TimeSpan(ticks: Int64(dice.below(2)))
    add(solo(person, machine, at: end - early, lasting: .hours(1)))
  }

  /// Somebody else's window on the same VM and port supersedes nothing.
  private mutating func plantOtherActor() {
    let (person, machine, instant) = scene(room: .hours(3))
    let others = estate.users.filter { $0 != person }
    add(solo(person, machine, at: instant, lasting: .hours(2)))
    add(solo(dice.pick(others), machine, at: instant + .minutes(5), lasting: .hours(2)))
  }

  /// One correlation id, two calls: for another VM, or for the same one more than 5 min later.
  private mutating func plantReusedCorrelation(round: Int) {
    let (person, machine, instant) = scene(room: .hours(1))
    let neighbours = estate.policies[estate.machines[machine].policy].machines.filter {
      $0 != machine && !estate.machines[$0].isCritical
    }
    // Without bodies nobody could tell two VMs within 5 min from a second try.
    let isOther = round % 2 == 0 && !neighbours.isEmpty && options.hasBodies
    let delay: TimeSpan = isOther ? .seconds(1) : .minutes(5) + TimeSpan(ticks: 1)
    let first = solo(person, machine, at: instant, round % 4 == 3 ? .refused : .plain)
    let target = isOther ? dice.pick(neighbours) : machine
    var second = solo(person, target, at: instant + delay)
    second.correlation = first.correlation
    second.appID = first.appID
    add(first)
    add(second)
  }

  /// A second try with the same id and body is the same call as long as no Failure lies between.
  private mutating func plantSecondTry() {
    let (person, machine, instant) = scene(room: .hours(1))
    var same = solo(person, machine, at: instant, .retried)
    same.records[1].at = instant + .minutes(5)
    same.records[2].at = instant + .minutes(5) + .seconds(1)
    add(same)
    let (other, target, at) = scene(room: .hours(1))
    let refused = solo(other, target, at: at, .refused)
    var granted = solo(other, target, at: at + .minutes(2))
    granted.correlation = refused.correlation
    granted.appID = refused.appID
    add(refused)
    add(granted)
  }

  /// Two requests in the same tick: by two people, for two VMs, or alike in everything.
  private mutating func plantTie(round: Int) {
    let (person, machine, instant) = scene()
    let favourites = estate.people[person].favourites
    add(solo(person, machine, at: instant, lasting: .hours(1)))
    switch round % 3 {
    case 0:
      let other = dice.pick(estate.users.filter { $0 != person })
      add(solo(other, machine, at: instant, lasting: .hours(1)))
    case 1: add(solo(person, favourites.last ?? machine, at: instant, lasting: .hours(2)))
    default: add(solo(person, machine, at: instant, lasting: .hours(2)))
    }
  }

  /// Calls that begin on one UTC date and go on on the next, and a burst over midnight.
  private mutating func plantMidnight() {
    guard options.days > 1, let person = estate.onCall.first else { return }
    let day = options.start.day + dice.within(1...options.days)
    let midnight = EventTime.start(ofDay: day)
    let machine = dice.pick(estate.people[person].favourites)
    guard midnight > options.start + .hours(1), midnight < options.end - .hours(1) else { return }
    let first = solo(person, machine, at: midnight - TimeSpan(ticks: 1), lasting: .hours(1))
    var second = solo(person, machine, at: midnight + .minutes(6), lasting: .hours(1))
    second.correlation = first.correlation
    second.appID = first.appID
    add(first)
    add(second)
    if dice.chance(0.5) {
      add(solo(person, machine, at: midnight - .minutes(20), lasting: .hours(1)))
    }
  }

  /// Ends that are missing, before the start, at most 7 days away, and further.
  private mutating func plantBoundlessEnd(round: Int) {
    let (person, machine, instant) = scene()
    var call = habits.request(by: person, for: [machine])
    switch round % 4 {
    case 0: call.targets[0].limit = .nothing
    case 1: call.targets[0].limit = .until(instant - .minutes(5))
    case 2: call.targets[0].limit = .until(instant + .days(7))
    default: call.targets[0].limit = .until(instant + .days(7) + TimeSpan(ticks: 1))
    }
    // The answer's start would move the seven days.
    call.take(dice.pick([.answerHidden, .startAlone]), at: instant, &dice)
    add(call)
  }

  /// One VM × port twice in a body, and callers that no record tells.
  private mutating func plantOddBody(round: Int) {
    let (person, machine, instant) = scene()
    var call = habits.request(by: person, for: [machine])
    if round % 2 == 0 {
      var again = call.targets[0]
      again.sources = ["192.0.2.8", "192.0.2.9"]
      again.limit = .lasting(.hours(3))
      call.targets[0].sources = ["192.0.2.9"]
      call.targets.append(again)
    } else {
      call.caller = nil
      if dice.chance(0.5) { call.targets[0].sources = [] }
    }
    call.take(.answerHidden, at: instant, &dice)
    add(call)
  }

  /// What is undecided, or has just been decided, when the log ends.
  mutating func plantEnding() {
    guard let person = estate.onCall.first, options.jitRecords >= 60 else { return }
    let end = options.end
    let tick = TimeSpan(ticks: 1)
    let quiet = estate.machines.indices.filter { !estate.machines[$0].isCritical }
    var next = 0
    func machine() -> Int {
      next += 1
      return quiet[next % quiet.count]
    }
    let waits = [end - .minutes(30), end - .minutes(30) + tick, end - .seconds(2)]
    for instant in waits { add(solo(person, machine(), at: instant, .startAlone)) }
    var opening = solo(person, machine(), at: end - .seconds(3))
    opening.records[1].at = end - .seconds(1)
    opening.startsAt = end + TimeSpan(ticks: 7_000_000)
    opening.targets[0].answeredEnd = end + .hours(1)
    add(opening)
    var ended = solo(person, machine(), at: end - .hours(4))
    ended.targets[0].answeredEnd = end
    add(ended)
    for instant in [end - .hours(24), end - .hours(24) + tick] {
      var endless = habits.request(by: person, for: [machine()])
      endless.targets[0].limit = .nothing
      endless.take(.startAlone, at: instant, &dice)
      add(endless)
    }
  }
}
