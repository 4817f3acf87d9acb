internal import Access

/// Collects what happens in a story within the number of records that it may have.
struct Plot {
  var habits: Habits
  var dice: Dice
  private(set) var calls: [Call] = []
  private(set) var deeds: [Deed] = []
  private(set) var sessions: [Session] = []
  private(set) var doors: [Door] = []
  var history: PolicyHistory
  var book: RuleBook
  private(set) var arrivals: [Story.Arrival] = []
  /// How many records there may be for now.
  private(set) var limit = 0

  init(_ habits: Habits, _ dice: Dice) {
    self.habits = habits
    self.dice = dice
    history = PolicyHistory(policies: habits.estate.policies.count)
    book = RuleBook(groups: habits.estate.groups.count)
  }

  var options: SimulationOptions { habits.options }
  var estate: Estate { habits.estate }
  /// How many records may still be added.
  var remaining: Int { limit - arrivals.count }
  /// Below this there is room for requests only.
  private static let leastForDoors = 40

  /// Plants what must not be missing, and fills up with ordinary requests; then opens the doors,
  /// and fills up with what happens around them.
  mutating func tell() {
    let all = options.jitRecords
    limit = all
    plantPolicies()
    if all >= Plot.leastForDoors { limit = arrivals.count + (all - arrivals.count) * 2 / 5 }
    plantEnding()
    // About a fifth of all records is unusual, but some of everything is in every story.
    let rounds = max(3, min(2000, limit / 5 / 110))
    for round in 0..<rounds where remaining > 0 { plantAttacks(round: round) }
    for round in 0..<rounds where remaining > 0 { plantEdges(round: round) }
    while remaining > 3 { add(habits.ordinaryCall()) }
    limit = all
    openDoors(within: remaining * 4 / 5)
    plantOthers()
    settle()
  }

  /// Lets there be any number of records.
  mutating func lift() { limit = .max }

  /// Says what each write of rules holds, and when the doors are open; to be called at the end.
  mutating func settle() {
    book.settle(&deeds)
    settleDoors()
  }

  /// Adds a call unless its records are too many, or none of them lies in the span.
  @discardableResult
  mutating func add(_ call: Call) -> Bool {
    var call = call
    call.records.removeAll { $0.at > options.end || $0.at < options.start }
    guard !call.records.isEmpty, call.records.contains(where: { !$0.isNote }) else { return false }
    if !options.hasBodies {
      for index in call.records.indices { call.records[index].hasBody = false }
    }
    if !call.showsAnswer {
      // What is not shown is not known: the truth must not use it.
      call.startsAt = nil
      for index in call.targets.indices { call.targets[index].answeredEnd = nil }
    }
    guard reserve(call.records, .call, calls.count) else { return false }
    calls.append(call)
    return true
  }

  /// Adds another call, with what it changes about rules.
  @discardableResult
  mutating func add(_ deed: Deed, _ change: RuleChange? = nil) -> Bool {
    var deed = deed
    deed.records.removeAll { $0.at > options.end || $0.at < options.start }
    guard !deed.records.isEmpty, reserve(deed.records, .deed, deeds.count) else { return false }
    if var change {
      change.deed = deeds.count
      book.changes.append(change)
    }
    deeds.append(deed)
    return true
  }

  /// Adds a session; one that stands alone is never written twice, so that it always fits.
  @discardableResult
  mutating func add(_ session: Session, isSingle: Bool = false) -> Bool {
    let instants = [session.since, session.until].compactMap { $0 }
    let records = instants.map { Call.Record(phase: .other, at: $0, hasBody: false, isNote: true) }
    guard reserve(records, .session, sessions.count, isSingle: isSingle) else { return false }
    sessions.append(session)
    return true
  }

  /// Makes room for the writings of some records; false where there is none.
  private mutating func reserve(
    _ records: [Call.Record], _ source: Story.Source, _ number: Int, isSingle: Bool = false
  ) -> Bool {
    let isLegacy = dice.chance(options.legacyShare)
    var made: [Story.Arrival] = []
    func arrive(_ index: Int, _ record: Call.Record, isLegacy: Bool) {
      made.append(
        Story.Arrival(
          at: record.at + dice.latency(lateShare: options.lateShare), source: source,
          number: Int32(number), record: UInt16(index), isLegacy: isLegacy))
    }
    for (index, record) in records.enumerated() {
      arrive(index, record, isLegacy: isLegacy)
      guard !isSingle, dice.chance(options.duplicateShare) else { continue }
      // A second export writes the same event in its own shape; consumers read some twice.
      let isOtherShape = dice.chance(0.3) && !record.isNote
      arrive(index, record, isLegacy: isOtherShape != isLegacy)
    }
    guard made.count <= remaining else { return false }
    arrivals += made
    return true
  }

  /// People whom the log knows by name and id, which every other record of theirs relies on.
  var hands: [Int] {
    let known = Set(calls.lazy.filter(\.namesObjectID).map(\.person))
    let people = estate.users.filter { known.contains($0) }
    return people.isEmpty ? estate.users : people
  }

  /// Opens as many doors as there is room for.
  private mutating func openDoors(within room: Int) {
    var share = 0.86
    let fork = dice.fork()
    for _ in 0..<40 {
      let plan = DoorPlan(calls, history, share: share, in: estate, options)
      let work = DoorWork(plan, rules: book.rules, end: options.end, hands: hands, fork)
      // Some of its records will be written twice.
      let needed = Double(work.recordCount) * (1.02 + options.duplicateShare * 1.2)
      guard Int(needed) + 4 <= room else {
        share *= min(0.9, Double(room) / max(1, needed))
        continue
      }
      take(work)
      return
    }
  }

  /// Opens every door that can be, and shuts each at its end.
  mutating func openAllDoors() {
    let plan = DoorPlan(calls, history, share: 1, isPlain: true, in: estate, options)
    take(DoorWork(plan, rules: book.rules, end: options.end, hands: hands, dice.fork()))
  }

  private mutating func take(_ work: DoorWork) {
    let (first, firstLimit) = (deeds.count, limit)
    limit = .max
    book.replaceRules(by: work.rules)
    for (deed, change) in zip(work.deeds, work.changes) { add(deed, change) }
    limit = firstLimit
    doors = work.doors
    for index in doors.indices {
      for place in doors[index].openings.indices { doors[index].openings[place] += first }
      for place in doors[index].shuttings.indices { doors[index].shuttings[place] += first }
      book.grants.formUnion(doors[index].rules)
    }
  }

  private mutating func settleDoors() {
    for index in doors.indices {
      doors[index].opened = doors[index].openings.map { deeds[$0].at }
      doors[index].shut = doors[index].shuttings.map { deeds[$0].at }
      for (group, opened) in zip(doors[index].groups, doors[index].opened) {
        book.note(
          RuleBook.Membership(group: group, machine: doors[index].machine), since: opened)
      }
    }
  }
}
