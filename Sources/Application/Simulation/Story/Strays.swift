internal import Access

/// When which VMs and policies were asked for, by anybody and with any outcome.
struct Occupancy {
  private var spans: [Int: [(from: EventTime, to: EventTime)]] = [:]
  /// Requests without a body, by subscription: policies of several groups have one name, and a rule
  /// tells no more of its policy than that.
  private var bare: [Int: [EventTime]] = [:]
  private let subscriptions: [Int]

  private static let margin = TimeSpan.minutes(5)

  init(_ calls: [Call], in estate: Estate) {
    subscriptions = estate.policies.map(\.subscription)
    for call in calls {
      let fact = Fact(call, in: estate)
      if !fact.showsBody {
        bare[subscriptions[call.policy], default: []].append(fact.requestedAt)
      }
      for target in fact.targets {
        let end = FactWindow.believed(target) ?? target.opensAt + .hours(24)
        spans[target.machine, default: []].append(
          (fact.requestedAt - Occupancy.margin, end + Occupancy.margin))
      }
    }
  }

  /// Whether a rule that begins then can be for nothing that was asked for.
  func isFree(_ machine: Int, policy: Int, at instant: EventTime) -> Bool {
    let isAsked = (spans[machine] ?? []).contains { $0.from <= instant && instant < $0.to }
    let isNear = (bare[subscriptions[policy]] ?? []).contains {
      $0 - .minutes(7) <= instant && instant <= $0 + .minutes(20)
    }
    return !isAsked && !isNear
  }
}

extension Plot {
  /// Defender for Cloud opens a door of which the request is missing from the log.
  mutating func plantStray(_ occupancy: Occupancy, after sights: [Int: EventTime]) {
    for _ in 0..<20 {
      let machine = dice.below(estate.machines.count)
      let vm = estate.machines[machine]
      guard !vm.isCritical, vm.groups.count == 1, let sight = sights[vm.groups[0]],
        sight + .hours(4) < options.end
      else { continue }
      let at = habits.instant(in: sight + .minutes(2)..<options.end - .hours(2))
      guard occupancy.isFree(machine, policy: vm.policy, at: at),
        let terms = history.terms(of: machine, vm.port, by: vm.policy, at: at, in: estate)
      else { continue }
      let rule = book.add(estate.grant(of: machine, terms: terms, from: ["192.0.2.99"], &dice))
      book.strays[rule] = machine
      write(RuleChange(group: vm.groups[0], deed: 0, adds: [rule]), at: at)
      let gone = at + .minutes(Int64(dice.within(20...300)))
      if gone + .minutes(1) < options.end, remaining > 3, dice.chance(0.8) {
        write(RuleChange(group: vm.groups[0], deed: 0, removes: [rule]), at: gone)
      }
      return
    }
  }

  /// A whole write of a group by Defender for Cloud.
  private mutating func write(_ change: RuleChange, at instant: EventTime) {
    var deed = Deed(
      kind: .writeGroup(change.group), author: nil, correlation: GUID(&dice), at: instant,
      records: [], style: dice.next())
    deed.layOut(hasBodies: true, until: options.end, &dice)
    add(deed, change)
  }
}
