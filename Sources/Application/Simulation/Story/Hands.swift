internal import Access

/// What happens around the doors: rules that people make themselves, sessions, ways around, and
/// the feed itself.
extension Plot {
  /// Fills up the story; what is over at the end is a login that fails.
  mutating func plantOthers() {
    if remaining > 60 { plantTampering() }
    let sights = book.firstSights(deeds)
    let groups = sights.keys.sorted()
    let occupancy = Occupancy(calls, in: estate)
    if remaining > 40 { plantStray(occupancy, after: sights) }
    while remaining > 6 {
      switch dice.index(weights: [40, 9, groups.isEmpty ? 0 : 34, 17, 3]) {
      case 0: plantSession()
      case 1: for _ in 0..<dice.within(1...6) where remaining > 0 { plantRefusedLogin() }
      case 2:
        let group = dice.pick(groups)
        plantOwnRule(in: group, after: sights[group] ?? options.start)
      case 3: plantBypass()
      default: plantStray(occupancy, after: sights)
      }
    }
    while remaining > 0 { add(refusedLogin(), isSingle: true) }
  }

  /// A person and a VM that nobody has declared critical.
  private mutating func visit() -> (person: Int, machine: Int) {
    let person = dice.pick(hands)
    let ordinary = estate.people[person].favourites.filter { !estate.machines[$0].isCritical }
    return (person, dice.pick(ordinary.isEmpty ? estate.people[person].favourites : ordinary))
  }

  /// Bastion's records have milliseconds.
  private mutating func instant(room: TimeSpan) -> EventTime {
    let range = options.start..<max(options.start + .minutes(1), options.end - room)
    return EventTime(ticks: habits.instant(in: range).ticks / 10_000 * 10_000)
  }

  private mutating func session(of person: Int, to machine: Int, at instant: EventTime) -> Session {
    let vm = estate.machines[machine]
    let isNamed = estate.people[person].name.contains("@") && dice.chance(0.8)
    return Session(
      machine: machine, person: isNamed ? person : nil,
      login: dice.pick(["azureuser", "ops", "Administrator", "svc-deploy"]),
      address: estate.people[person].address, port: vm.port, tunnel: nil, since: instant)
  }

  private mutating func plantSession() {
    let (person, machine) = visit()
    var session = session(of: person, to: machine, at: instant(room: .hours(1)))
    session.tunnel = GUID(&dice)
    let length = TimeSpan(ticks: Int64(dice.within(30_000...20_000_000)) * 10_000)
    if dice.chance(0.7), session.since + length < options.end - .minutes(30) {
      session.until = session.since + length
    }
    add(session)
  }

  private mutating func refusedLogin() -> Session {
    let (person, machine) = visit()
    var session = session(of: person, to: machine, at: instant(room: .hours(1)))
    session.isRefused = true
    return session
  }

  private mutating func plantRefusedLogin() { add(refusedLogin()) }

  private mutating func plantBypass() {
    let (person, machine) = visit()
    let kind = dice.pick([
      Deed.Kind.runCommand(machine), .runCommand(machine), .serialConsole(machine),
      .resetAccess(machine),
    ])
    var deed = deed(kind, by: person, at: habits.instant(in: options.start..<options.end))
    deed.layOut(hasBodies: true, until: options.end, &dice)
    if dice.chance(0.12), deed.at + .minutes(1) < options.end { deed.fail() }
    add(deed)
  }

  private mutating func deed(_ kind: Deed.Kind, by person: Int, at instant: EventTime) -> Deed {
    Deed(
      kind: kind, author: person, correlation: GUID(&dice), at: instant, records: [],
      style: dice.next())
  }

  /// Somebody takes away or rewrites the export of the log.
  private mutating func plantTampering() {
    for isGone in [true, false] {
      let subscription = dice.below(estate.subscriptions.count)
      let kind: Deed.Kind =
        isGone ? .deleteFeed(subscription: subscription) : .rewriteFeed(subscription: subscription)
      let at = habits.instant(in: options.start..<options.end - .minutes(1))
      var deed = deed(kind, by: dice.pick(hands), at: at)
      deed.layOut(hasBodies: !isGone, until: options.end, &dice)
      add(deed)
    }
  }
}

/// Rules that people make themselves.
extension Plot {
  private mutating func ownRule(in group: Int) -> Rule {
    let machines = estate.groups[group].machines
    let isNarrow = dice.chance(0.4)
    return Rule(
      name: dice.pick(["temp-rdp", "allow-ssh-debug", "VendorAccess", "winrm", "web-test", "all"])
        + "-\(book.rules.count)",
      text: dice.chance(0.5) ? "see \(dice.pick(["INC0051234", "CHG0032200", "mail"]))" : nil,
      protocolName: dice.pick(["TCP", "*", "Tcp"]),
      ports: dice.pick([["22"], ["3389"], ["5985"], ["22", "443"], ["20-30"], ["*"], ["8080"]]),
      sources: dice.pick([
        ["*"], ["Internet"], ["203.0.113.0/24"], ["198.51.100.7"], ["10.0.0.0/8", "192.0.2.4"],
      ]),
      destination: isNarrow ? estate.machines[dice.pick(machines)].address : "*",
      priority: dice.within(300...900))
  }

  /// A rule comes, may be changed by whoever made it, and mostly goes again.
  private mutating func plantOwnRule(in group: Int, after sight: EventTime) {
    let begin = sight + .minutes(2)
    guard begin + .hours(2) < options.end else { return plantSession() }
    let person = dice.pick(hands)
    let made = habits.instant(in: begin..<options.end - .hours(1))
    if dice.chance(0.1) { return failToWrite(in: group, by: person, at: made) }
    let rule = book.add(ownRule(in: group))
    guard write(rule, in: group, by: person, at: made) else { return }
    var (last, at) = (rule, made)
    let length = TimeSpan.minutes(Int64(dice.within(10...4000)))
    if dice.chance(0.2) {
      at = made + TimeSpan(ticks: length.ticks / 3)
      guard at < options.end, remaining > 3 else { return }
      var changed = book.rules[rule]
      changed.sources = dice.pick([["198.51.100.0/26"], ["0.0.0.0/0"], ["VirtualNetwork"]])
      let new = book.add(changed)
      let change = RuleChange(group: group, deed: 0, replaces: (rule, new))
      var deed = deed(.writeRule(group: group, rule: new), by: person, at: at)
      deed.layOut(hasBodies: true, until: options.end, &dice)
      guard add(deed, change) else { return }
      last = new
    }
    let gone = made + length
    guard dice.chance(0.8), gone + .minutes(1) < options.end, gone > at else { return }
    remove(last, from: group, by: dice.chance(0.6) ? person : dice.pick(hands), at: gone)
  }

  private mutating func write(
    _ rule: Int, in group: Int, by person: Int, at instant: EventTime
  ) -> Bool {
    let kind: Deed.Kind =
      dice.chance(0.7) ? .writeRule(group: group, rule: rule) : .writeGroup(group)
    var deed = deed(kind, by: person, at: instant)
    deed.layOut(hasBodies: true, until: options.end, &dice)
    return add(deed, RuleChange(group: group, deed: 0, adds: [rule]))
  }

  private mutating func remove(
    _ rule: Int, from group: Int, by person: Int, at instant: EventTime
  ) {
    let isSingle = dice.chance(0.6)
    let kind: Deed.Kind =
      isSingle ? .deleteRule(group: group, rule: rule) : .writeGroup(group)
    var deed = deed(kind, by: person, at: instant)
    deed.layOut(hasBodies: !isSingle, until: options.end, &dice)
    add(deed, RuleChange(group: group, deed: 0, removes: [rule]))
  }

  private mutating func failToWrite(in group: Int, by person: Int, at instant: EventTime) {
    let rule = book.add(ownRule(in: group))
    var deed = deed(.writeRule(group: group, rule: rule), by: person, at: instant)
    deed.fail()
    add(deed, RuleChange(group: group, deed: 0, adds: [rule]))
  }
}
