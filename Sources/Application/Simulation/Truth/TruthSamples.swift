internal import Access
internal import Contract

/// Who could reach which VM at some instants.
extension Chronicle {
  /// How many questions the truth answers.
  static let questionCount = 1000

  /// What `who` lists for a VM at an instant: windows, rules, sessions.
  func whoRows(machine: Int, at instant: EventTime) -> [ContractRow] {
    windowRows(machine, instant) + ruleRows(machine, instant) + sessionRows(machine, instant)
  }

  private func windowRows(_ machine: Int, _ instant: EventTime) -> [ContractRow] {
    (windowsOf[machine] ?? []).compactMap { place in
      guard let basis = windows[place].basis(at: instant) else { return nil }
      var row: ContractRow = ["kind": .text("window")]
      row.fields += window(windows[place], at: instant).fields
      row.fields.append(ContractRow.Field("basis", .text(basis)))
      return row
    }
  }

  private func ruleRows(_ machine: Int, _ instant: EventTime) -> [ContractRow] {
    let vm = estate.machines[machine]
    return vm.groups.filter { story.hasHeld($0, machine, by: instant) }.flatMap { group in
      (events.holds[group] ?? []).compactMap { place -> ContractRow? in
        let hold = story.book.holds[place]
        guard hold.from ?? .distantPast <= instant, instant < hold.until ?? .distantFuture else {
          return nil
        }
        let rule = story.book.rules[hold.rule(at: instant)]
        let isReaching = !rule.destination.hasPrefix("10.") || rule.destination == vm.address
        guard rule.opensManagement, isReaching else { return nil }
        return [
          "kind": .text("rule"), "vm": .text(vm.id.lowercased()), "name": .text(rule.name),
          "nsg": .text(estate.groups[group].id.lowercased()),
          "ports": .text(rule.ports.joined(separator: ",")), "sources": .texts(rule.sources),
          "author": actor(hold.author.map(story.actor)), "since": ContractValue(hold.from),
          "until": .null, "jit": .bool(hold.author == .defender),
        ]
      }
    }
  }

  private func sessionRows(_ machine: Int, _ instant: EventTime) -> [ContractRow] {
    (events.sessions[machine] ?? []).compactMap { place in
      let session = story.sessions[place]
      let presumed = session.since + .hours(12)
      guard !session.isRefused, session.since <= instant, instant < session.until ?? presumed,
        instant < presumed
      else { return nil }
      return [
        "kind": .text("session"), "vm": .text(estate.machines[machine].id.lowercased()),
        "login": .text(session.login), "actor": actor(story.actor(of: session)),
        "clientAddress": .text(session.address), "protocol": .text(session.protocolName),
        "since": .instant(session.since), "until": .null, "presumedUntil": .instant(presumed),
      ]
    }
  }

  /// VMs and instants at which somebody can reach them: half of them near a window.
  func questions(until end: EventTime) -> [(machine: Int, at: EventTime)] {
    var dice = Dice(seed: story.options.seed ^ 0x3A0)
    var asked: [EventTime: Set<Int>] = [:]
    var found: [(machine: Int, at: EventTime)] = []
    let length = Int((end - story.options.start).ticks)
    for attempt in 0..<Chronicle.questionCount * 4 where found.count < Chronicle.questionCount {
      var machine = dice.below(estate.machines.count)
      var instant = story.options.start + TimeSpan(ticks: Int64(dice.below(length)))
      if attempt % 2 == 0, !windows.isEmpty {
        let window = windows[dice.below(windows.count)]
        machine = window.grant.machine
        let span = Int((window.over - window.requestedAt).ticks)
        instant =
          window.requestedAt - .minutes(10)
          + TimeSpan(ticks: Int64(dice.below(max(1, span) + 30 * 600_000_000)))
      }
      guard instant <= end, isPlain(machine, instant),
        !whoRows(machine: machine, at: instant).isEmpty,
        asked[instant, default: []].insert(machine).inserted
      else { continue }
      found.append((machine, instant))
    }
    return found
  }

  /// False in the seconds between a renewal and its rule: then it leans on the older one's.
  private func isPlain(_ machine: Int, _ instant: EventTime) -> Bool {
    (windowsOf[machine] ?? []).allSatisfy { place in
      let window = windows[place]
      guard let last = window.door?.opened.max() else { return true }
      return instant < window.requestedAt || instant > last
    }
  }
}
