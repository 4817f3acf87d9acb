internal import Access

/// Turns granted requests into what Defender for Cloud does to the groups.
struct DoorWork {
  let estate: Estate
  let end: EventTime
  /// People of whom the log tells elsewhere who they are.
  let hands: [Int]
  var dice: Dice
  private(set) var doors: [Door] = []
  private(set) var deeds: [Deed] = []
  private(set) var changes: [RuleChange] = []
  private(set) var rules: [Rule]
  private var doorOfSlot: [Int: Int] = [:]
  private var known: [Key: Int] = [:]
  private let slots: [DoorPlan.Slot]

  private struct Key: Hashable {
    let call: Int
    let group: Int
    let at: EventTime
  }

  /// The rules come behind those that there are.
  init(_ plan: DoorPlan, rules: [Rule], end: EventTime, hands: [Int], _ dice: Dice) {
    estate = plan.estate
    slots = plan.slots
    self.end = end
    self.hands = hands
    self.dice = dice
    self.rules = rules
    for index in slots.indices where slots[index].isGranted { open(index) }
    for index in slots.indices where slots[index].isGranted { shut(index) }
    presume()
  }

  /// How many records tell of it all.
  var recordCount: Int { deeds.reduce(0) { $0 + $1.records.count } }

  private mutating func open(_ index: Int) {
    let slot = slots[index]
    guard let terms = slot.terms else { return }
    let groups = estate.machines[slot.machine].groups
    var door = Door(call: slot.call, machine: slot.machine, port: slot.port, groups: groups)
    for (place, group) in groups.enumerated() {
      let at = slot.writtenAt + TimeSpan(ticks: Int64(place) * 17_300_000)
      let change = change(group, at: at, call: slot.call, isOpening: true)
      let sources = slot.targetSources
      door.rules.append(rules.count)
      changes[change].adds.append(rules.count)
      rules.append(estate.grant(of: slot.machine, terms: terms, from: sources, &dice))
      door.openings.append(changes[change].deed)
    }
    doorOfSlot[index] = doors.count
    doors.append(door)
  }

  private mutating func shut(_ index: Int) {
    guard let number = doorOfSlot[index] else { return }
    let slot = slots[index]
    if let next = slot.next, let newer = doorOfSlot[next] {
      for (place, deed) in doors[newer].openings.enumerated() {
        doors[number].shuttings.append(deed)
        changes[deed].removes.append(doors[number].rules[place])
      }
      return
    }
    guard let shutAt = slot.shutAt else { return }
    for (place, group) in doors[number].groups.enumerated() {
      let at = shutAt + TimeSpan(ticks: Int64(place) * 13_100_000)
      if at > end { return }
      let rule = doors[number].rules[place]
      let change =
        switch slot.way {
        case .ruleDeleted, .removedByHand:
          removal(of: rule, in: group, at: at, byHand: slot.way == .removedByHand)
        default: change(group, at: at, call: slot.call, isOpening: false)
        }
      changes[change].removes.append(rule)
      doors[number].shuttings.append(changes[change].deed)
    }
  }

  private mutating func removal(
    of rule: Int, in group: Int, at instant: EventTime, byHand: Bool
  ) -> Int {
    let author = byHand && !hands.isEmpty ? dice.pick(hands) : nil
    let deed = Deed(
      kind: .deleteRule(group: group, rule: rule), author: author, correlation: GUID(&dice),
      at: instant, records: [], style: dice.next())
    return add(deed, to: group, hasBodies: false)
  }

  /// The whole write of a group for a call: what one call does to a group at one time is one.
  private mutating func change(
    _ group: Int, at instant: EventTime, call: Int, isOpening: Bool
  ) -> Int {
    let key = Key(call: call, group: group, at: instant)
    if let change = known[key] { return change }
    let deed = Deed(
      kind: .writeGroup(group), author: nil, correlation: GUID(&dice), at: instant, records: [],
      style: dice.next())
    let change = add(deed, to: group, hasBodies: true)
    known[key] = change
    return change
  }

  /// Changes and deeds go in pairs here: both have the same number.
  private mutating func add(_ deed: Deed, to group: Int, hasBodies: Bool) -> Int {
    var deed = deed
    deed.layOut(hasBodies: hasBodies, until: end, &dice)
    changes.append(RuleChange(group: group, deed: deeds.count))
    deeds.append(deed)
    return changes.count - 1
  }

  /// Takes the bodies from some of the writes that shut doors: only their time tells then.
  private mutating func presume() {
    var byGroup: [Int: [(door: Int, ends: EventTime, isBare: Bool)]] = [:]
    for (index, door) in doorOfSlot {
      for group in doors[door].groups {
        let slot = slots[index]
        byGroup[group, default: []].append((door, slot.endsAt ?? .distantFuture, slot.isBare))
      }
    }
    for index in slots.indices {
      guard let number = doorOfSlot[index], !slots[index].isBare, slots[index].next == nil,
        slots[index].way == .groupWritten, doors[number].groups.count == 1,
        let deed = doors[number].shuttings.first, let endsAt = slots[index].endsAt
      else { continue }
      let at = deeds[deed].at
      let isPlain = changes[deed].adds.isEmpty && changes[deed].removes.count == 1
      guard isPlain, at >= endsAt, at < endsAt + .minutes(14), dice.chance(0.12) else { continue }
      let others = (byGroup[doors[number].groups[0]] ?? []).filter { $0.door != number }
      // It would look like the end of every window in the group that is about to end.
      let isAmbiguous = others.contains { other in
        !other.isBare && other.ends - .minutes(2) <= at && at <= other.ends + .minutes(16)
      }
      if isAmbiguous { continue }
      for record in deeds[deed].records.indices { deeds[deed].records[record].hasBody = false }
      doors[number].isPresumed = true
    }
  }
}

extension Deed {
  /// Lays out the records of a call that does not fail, as far as they lie before the end.
  mutating func layOut(hasBodies: Bool, until end: EventTime, _ dice: inout Dice) {
    let answered = at + TimeSpan(ticks: Int64(dice.within(3_000_000...30_000_000)))
    let start = Call.Record(phase: .start, at: at, hasBody: hasBodies)
    let hasAnswer = hasBodies && dice.chance(0.6)
    switch dice.below(10) {
    case 0...2: records = [start, Call.Record(phase: .success, at: answered, hasBody: hasAnswer)]
    case 3...8: records = [start, Call.Record(phase: .accept, at: answered, hasBody: hasAnswer)]
    default:
      let done = answered + .seconds(Int64(dice.within(4...900)))
      records = [
        start, Call.Record(phase: .accept, at: answered, hasBody: hasAnswer),
        Call.Record(phase: .success, at: done, hasBody: false),
      ]
    }
    records.removeAll { $0.at > end }
  }

  /// Has the call fail.
  mutating func fail() {
    records = [
      Call.Record(phase: .start, at: at, hasBody: true),
      Call.Record(phase: .failure, at: at + .seconds(1), hasBody: false),
    ]
  }
}
