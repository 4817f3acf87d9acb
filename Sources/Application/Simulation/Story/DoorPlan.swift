internal import Access

/// Decides which requests really open their doors, how, and when these are shut again.
///
/// A rule says little about the request that it was written for. So a request only opens a door
/// where nobody could take its rules for those of another one; all others stay accepted and are
/// never granted.
struct DoorPlan {
  let estate: Estate
  let options: SimulationOptions
  /// True where every door is shut at its end.
  private let isPlain: Bool
  private(set) var slots: [Slot] = []

  /// One VM × port of a call that was not refused.
  struct Slot {
    let call: Int
    let person: Int
    let machine: Int
    let port: Int
    let policy: Int
    /// The sources in one form, and as they were asked for.
    let sources: [String]
    let targetSources: [String]
    let requestedAt: EventTime
    /// When it really ends.
    let endsAt: EventTime?
    /// True where no record shows what was asked for.
    let isBare: Bool
    /// When Defender for Cloud writes its rules, if it does.
    let writtenAt: EventTime
    let ending: DoorEnding
    let terms: PortTerms?
    /// Whether it opens unless that would be ambiguous.
    var wants: Bool
    /// Whether everybody can tell what its rules are for.
    var isClear = false
    /// The request of the same person that takes it over while its rule stands.
    var next: Int?
    var isGranted = false
  }

  private struct Lane: Hashable {
    let machine: Int
    let port: Int
  }

  init(
    _ calls: [Call], _ history: PolicyHistory, share: Double, isPlain: Bool = false,
    in estate: Estate, _ options: SimulationOptions
  ) {
    self.estate = estate
    self.isPlain = isPlain
    self.options = options
    for (index, call) in calls.enumerated() { addSlots(of: call, index, history, share) }
    slots.sort { ($0.requestedAt, $0.call) < ($1.requestedAt, $1.call) }
    let lanes = Dictionary(grouping: slots.indices) {
      Lane(machine: slots[$0].machine, port: slots[$0].port)
    }
    let bare = bareCalls(calls)
    for lane in lanes.values {
      for place in lane.indices.reversed() { clear(place, in: lane, bare) }
    }
    // In the order of requests, so that what takes a door over is known to be granted.
    for index in slots.indices where slots[index].isClear {
      guard slots[index].wants || slots[index].isGranted else { continue }
      slots[index].isGranted = true
      if let next = slots[index].next { slots[next].isGranted = true }
    }
  }

  private mutating func addSlots(
    of call: Call, _ index: Int, _ history: PolicyHistory, _ share: Double
  ) {
    let fact = Fact(call, in: estate)
    if fact.isRefused { return }
    var dice = Dice(seed: call.style ^ 0xD00B_0B0D)
    let last = max(fact.acceptedAt ?? fact.requestedAt, fact.targets.map(\.opensAt).max() ?? .epoch)
    let written = last + TimeSpan(ticks: Int64(dice.within(30_000_000...450_000_000)))
    let ending = isPlain ? .plain : DoorEnding(&dice)
    let wants = dice.chance(share)
    let noted = fact.notedMachine
    for target in fact.targets {
      guard let port = target.port else { continue }
      let terms = history.terms(
        of: target.machine, port, by: call.policy, at: fact.requestedAt, in: estate)
      var slot = Slot(
        call: index, person: call.person, machine: target.machine, port: port,
        policy: call.policy, sources: DoorPlan.normalised(target.sources),
        targetSources: target.sources, requestedAt: fact.requestedAt,
        endsAt: FactWindow.believed(target),
        isBare: !fact.showsBody, writtenAt: written, ending: ending, terms: terms, wants: wants)
      // Without a body only policy and note tell which VMs a request may be for.
      let isTold =
        fact.showsBody
        || (noted ?? target.machine) == target.machine
          && history.shownTerms(
            of: target.machine, port, by: call.policy, at: fact.requestedAt) != nil
      slot.isClear = isTold && terms != nil && !slot.sources.isEmpty
      slots.append(slot)
    }
  }

  /// Sources in one form: order, case and spelling change nothing.
  static func normalised(_ sources: [String]) -> [String] {
    Set(
      sources.map { source in
        let source = source.lowercased()
        if source == "any" { return "*" }
        return source.hasSuffix("/32") && !source.contains(":")
          ? String(source.dropLast(3)) : source
      }
    ).sorted()
  }

  /// When calls without bodies were made, by policy.
  private func bareCalls(_ calls: [Call]) -> [Int: [(at: EventTime, call: Int)]] {
    var found: [Int: [(at: EventTime, call: Int)]] = [:]
    for (index, call) in calls.enumerated() where !call.showsRequest && !call.showsAnswer {
      if call.refusedAt == nil { found[call.policy, default: []].append((call.requestedAt, index)) }
    }
    return found.mapValues { $0.sorted { ($0.at, $0.call) < ($1.at, $1.call) } }
  }

  /// How far apart requests must be for their rules not to be confused.
  private static let margin = TimeSpan.minutes(5)

  /// Says whether a slot's rules can be told, and which later one takes them over.
  ///
  /// Later slots of the lane are done.
  private mutating func clear(
    _ place: Int, in lane: [Int], _ bare: [Int: [(at: EventTime, call: Int)]]
  ) {
    let index = lane[place]
    let slot = slots[index]
    guard slot.isClear else { return }
    slots[index].isClear = false
    guard let end = slot.endsAt, slot.writtenAt + .minutes(3) < end,
      slot.writtenAt + .minutes(1) < options.end, !isDisturbed(place, in: lane)
    else { return }
    if slot.isBare, !isAlone(slot, place, in: lane, bare[slot.policy] ?? []) { return }
    let removal = slot.shutAt ?? .distantFuture
    let limit = slot.isBare ? removal : min(end, removal)
    for other in lane[(place + 1)...] {
      let newer = slots[other]
      if newer.requestedAt >= limit { break }
      if newer.person != slot.person { continue }
      if newer.isBare, !(newer.isClear && newer.wants) { continue }
      guard newer.isClear else { return }
      slots[index].next = other
      break
    }
    slots[index].isClear = true
  }

  /// Whether somebody asks for the same while the rules are being written.
  private func isDisturbed(_ place: Int, in lane: [Int]) -> Bool {
    let slot = slots[lane[place]]
    func isAlike(_ other: Slot) -> Bool {
      other.person == slot.person || other.sources == slot.sources
    }
    for other in lane[(place + 1)...] {
      if slots[other].requestedAt > slot.writtenAt + DoorPlan.margin { break }
      if isAlike(slots[other]) { return true }
    }
    return place > 0
      && lane[..<place].reversed().prefix { slots[$0].requestedAt == slot.requestedAt }
        .contains { isAlike(slots[$0]) }
  }

  /// Whether nothing but this request without a body can be what its rules are for.
  private func isAlone(
    _ slot: Slot, _ place: Int, in lane: [Int], _ bare: [(at: EventTime, call: Int)]
  ) -> Bool {
    let isCovered = lane[..<place].contains { other in
      let older = slots[other]
      return !older.isBare && older.sources == slot.sources
        && slot.writtenAt < (older.endsAt ?? older.requestedAt + .days(2)) + DoorPlan.margin
    }
    if isCovered { return false }
    let first = bare.firstIndex { $0.at >= slot.requestedAt } ?? bare.count
    return bare[first...].prefix { $0.at <= slot.writtenAt + DoorPlan.margin }
      .allSatisfy { $0.call == slot.call }
  }
}

/// How a door is shut.
struct DoorEnding {
  /// What shuts it.
  enum Way: Equatable {
    /// Defender for Cloud writes the group without the rule.
    case groupWritten
    /// Defender for Cloud deletes the rule.
    case ruleDeleted
    /// The same, long before the end.
    case revoked
    /// A person deletes the rule long before the end.
    case removedByHand
    /// Nobody does.
    case kept
  }

  let way: Way
  /// How long after the end.
  let delay: TimeSpan
  /// How much of the time has passed when it is shut early.
  let part: Double

  /// Some seconds after the end.
  static let plain = DoorEnding(way: .groupWritten, delay: .seconds(30), part: 0)

  private init(way: Way, delay: TimeSpan, part: Double) {
    (self.way, self.delay, self.part) = (way, delay, part)
  }

  init(_ dice: inout Dice) {
    let ways: [(Way, Int)] = [
      (.groupWritten, 56), (.ruleDeleted, 26), (.revoked, 7), (.removedByHand, 4), (.kept, 7),
    ]
    way = ways[dice.index(weights: ways.map { $0.1 })].0
    let isLate = dice.chance(0.04)
    let seconds = isLate ? dice.within(960...5400) : dice.within(3...280)
    delay = TimeSpan(ticks: Int64(seconds) * 10_000_000 + Int64(dice.below(10_000_000)))
    part = Double(dice.within(5...80)) / 100
  }
}

extension DoorPlan.Slot {
  /// The way in which it is shut: what is over at once cannot be shut early.
  var way: DoorEnding.Way {
    guard ending.way == .revoked || ending.way == .removedByHand else { return ending.way }
    guard let endsAt, endsAt - writtenAt > .minutes(15) else { return .groupWritten }
    return ending.way
  }

  /// When it is shut unless somebody takes it over; nil where it stays open.
  var shutAt: EventTime? {
    guard let endsAt else { return nil }
    switch way {
    case .kept: return nil
    case .groupWritten, .ruleDeleted: return endsAt + ending.delay
    case .revoked, .removedByHand:
      let length = Double((endsAt - writtenAt).ticks - 5 * 600_000_000)
      return writtenAt + .minutes(3) + TimeSpan(ticks: Int64(length * ending.part))
    }
  }
}
