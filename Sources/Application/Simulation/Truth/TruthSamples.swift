internal import Access
internal import Contract

/// What the truth tells of some VMs only: timelines, and who could reach them at some instants.
extension Chronicle {
  /// VMs whose timelines are told: those at equal distances among the VMs with requests.
  var sampledMachines: [Int] { Chronicle.sample(Set(facts.flatMap(\.machines)).sorted(), 12) }

  static func sample<Element>(_ elements: [Element], _ count: Int) -> [Element] {
    guard elements.count > count else { return elements }
    return (0..<count).map { elements[$0 * elements.count / count] }
  }

  /// The lines of a VM's timeline up to an instant.
  func timeline(
    of machine: Int, anomalies: [Anomaly], until end: EventTime
  ) -> [ContractRow] {
    var lines: [ContractRow] = []
    func line(_ at: EventTime?, _ kind: String, _ who: Actor?, _ port: Int?) {
      guard let at, at <= end else { return }
      lines.append([
        "at": .instant(at), "kind": .text(kind),
        "vm": .text(estate.machines[machine].id.lowercased()), "actor": actor(who),
        "port": ContractValue(port),
      ])
    }
    for fact in facts {
      for grant in fact.grants where grant.machine == machine {
        line(fact.requestedAt, "requested", fact.actor, grant.port)
        line(fact.acceptedAt, "accepted", fact.actor, grant.port)
        line(fact.refusedAt, "refused", fact.actor, grant.port)
      }
    }
    for window in windows where window.grant.machine == machine {
      let who = facts[window.fact].actor
      line(window.grant.opensAt, "opened", who, window.grant.port)
      let state = window.state(at: end)
      line(state.closedAt, state.name, who, window.grant.port)
    }
    for anomaly in anomalies where anomaly.machines.contains(machine) {
      line(anomaly.occurredAt, "finding", anomaly.actor, nil)
    }
    return lines
  }

  /// Windows in force on a VM at an instant, as `who` lists them.
  func whoRows(machine: Int, at instant: EventTime) -> [ContractRow] {
    windows.filter { window in
      window.grant.machine == machine && window.requestedAt <= instant
        && window.state(at: instant).name == "open" && window.grant.opensAt <= instant
    }.map { window in
      var row: ContractRow = ["kind": .text("window")]
      row.fields += self.window(window, at: instant).fields
      row.fields.append(ContractRow.Field("basis", .text("request")))
      return row
    }
  }

  /// VMs and instants at which somebody can reach them: the middles of some windows.
  func questions(until end: EventTime) -> [(machine: Int, at: EventTime)] {
    let past = windows.filter { $0.over <= end }
    var asked: [EventTime: Set<Int>] = [:]
    return Chronicle.sample(past, 40).compactMap { window in
      let half = TimeSpan(ticks: (window.over - window.grant.opensAt).ticks / 2)
      let instant = window.grant.opensAt + half
      // Two ports of one request have the same middle; a question is asked once.
      let isNew = asked[instant, default: []].insert(window.grant.machine).inserted
      return isNew ? (window.grant.machine, instant) : nil
    }
  }
}
