internal import Access

/// Logs in which one thing grows without end, to see what that costs.
public enum Growth: String, Sendable, CaseIterable {
  /// Windows of one VM, each renewed before its end, in one unbroken chain.
  case chain
  /// Writes of one network security group of 200 rules, of which each write changes one.
  case rules
  /// Requests on one policy, every fifth of them without a body.
  case policy
}

extension Story {
  /// The story of so many windows, writes or requests of one kind, and of nothing else.
  public init(growing kind: Growth, count: Int, seed: UInt64 = 1) {
    var options = SimulationOptions()
    options.seed = seed
    options.days = max(1, Int((kind.step.ticks * Int64(count) / EventTime.ticksPerDay)) + 2)
    options.subscriptions = 1
    options.people = 16
    options.machines = 8
    options.duplicateShare = 0
    options.lateShare = 0
    options.legacyShare = 0
    options.jitShare = 1
    var dice = Dice(seed: seed)
    let estate = Estate(options, &dice)
    var plot = Plot(Habits(estate, options, dice.fork()), dice.fork())
    plot.grow(kind, count)
    self.init(plot, noiseSeed: seed)
  }
}

extension Growth {
  /// How far apart its events are.
  fileprivate var step: TimeSpan {
    switch self {
    case .chain: .minutes(20)
    case .rules: .minutes(1)
    case .policy: .minutes(2)
    }
  }
}

extension Plot {
  fileprivate mutating func grow(_ kind: Growth, _ count: Int) {
    lift()
    plantPolicies(changes: false)
    let first = options.start + .hours(1)
    for index in 0..<count {
      let at = first + TimeSpan(ticks: kind.step.ticks * Int64(index))
      switch kind {
      case .chain: addLink(at: at)
      case .rules: rewrite(index, at: at)
      case .policy: addRequest(index, at: at)
      }
    }
    openAllDoors()
    settle()
  }

  private mutating func addLink(at instant: EventTime) {
    var call = habits.request(by: 0, for: [0])
    call.namesObjectID = true
    call.targets[0].sources = [estate.people[0].address]
    call.targets[0].limit = .lasting(.minutes(25))
    call.take(.plain, at: instant, &dice)
    add(call)
  }

  private mutating func addRequest(_ index: Int, at instant: EventTime) {
    let person = index % estate.users.count
    var call = habits.request(by: estate.users[person], for: [index % estate.machines.count])
    call.targets[0].sources = [estate.people[estate.users[person]].address]
    call.caller = call.targets[0].sources[0]
    call.targets[0].limit = .lasting(.minutes(30))
    call.take(index % 5 == 4 ? .bare : .plain, at: instant, &dice)
    add(call)
  }

  private static let groupSize = 200

  /// The first write shows a group of 200 rules; each one after it takes one away and adds one.
  private mutating func rewrite(_ index: Int, at instant: EventTime) {
    let group = 0
    if index == 0 {
      while book.base[group].count < Plot.groupSize {
        book.base[group].append(book.add(rule(number: book.rules.count)))
      }
    }
    var change = RuleChange(group: group, deed: 0)
    if index > 0 {
      let ring = Plot.groupSize / 4
      let rule = book.add(rule(number: book.rules.count))
      change.adds = [rule]
      let older = index > ring ? rule - ring : book.base[group][Plot.groupSize - index]
      change.removes = [older]
    }
    var deed = Deed(
      kind: .writeGroup(group), author: estate.users[index % 3], correlation: GUID(&dice),
      at: instant, records: [], style: dice.next())
    deed.records = [
      Call.Record(phase: .start, at: instant, hasBody: true),
      Call.Record(phase: .success, at: instant + .seconds(2), hasBody: false),
    ]
    add(deed, change)
  }

  private func rule(number: Int) -> Rule {
    Rule(
      name: "rule-\(number)", ports: ["\(1024 + number % 60_000)"],
      sources: ["10.\(number % 250).\(number / 250 % 250).0/24"], priority: 200 + number % 3800)
  }
}
