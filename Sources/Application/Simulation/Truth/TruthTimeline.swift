internal import Access
internal import Contract

/// What happened to a VM, line by line, but for findings, notes and gaps.
extension Chronicle {
  /// VMs of which the log tells anything.
  var toldMachines: [Int] {
    estate.machines.indices.filter { machine in
      factsOf[machine] != nil || events.sessions[machine] != nil || events.reached[machine] != nil
        || !story.history.versions[estate.machines[machine].policy].isEmpty
    }
  }

  /// One line.
  private struct Line {
    var at: EventTime?
    var kind: String
    var actor: Actor?
    var port: Int?
  }

  /// The lines of a VM's timeline up to an instant.
  func timeline(of machine: Int, until end: EventTime) -> [ContractRow] {
    let lines =
      requestLines(machine) + windowLines(machine, end) + policyLines(machine)
      + ruleLines(machine, end) + reachLines(machine) + sessionLines(machine)
    let vm = estate.machines[machine].id.lowercased()
    return lines.compactMap { line in
      guard let at = line.at, at <= end else { return nil }
      return [
        "at": .instant(at), "kind": .text(line.kind), "vm": .text(vm), "actor": actor(line.actor),
        "port": ContractValue(line.port),
      ]
    }
  }

  private func requestLines(_ machine: Int) -> [Line] {
    (factsOf[machine] ?? []).flatMap { place in
      let fact = facts[place]
      return fact.grants.filter { $0.machine == machine }.flatMap { grant in
        [
          Line(at: fact.requestedAt, kind: "requested", actor: fact.actor, port: grant.port),
          Line(at: fact.acceptedAt, kind: "accepted", actor: fact.actor, port: grant.port),
          Line(at: fact.refusedAt, kind: "refused", actor: fact.actor, port: grant.port),
        ]
      }
    }
  }

  private func windowLines(_ machine: Int, _ end: EventTime) -> [Line] {
    (windowsOf[machine] ?? []).flatMap { place in
      let window = windows[place]
      let who = facts[window.fact].actor
      let state = window.state(at: end)
      let overdue = window.isOverdue(by: end) ? window.overdueFrom : nil
      return [
        Line(at: window.grant.opensAt, kind: "opened", actor: who, port: window.port),
        Line(at: state.closedAt, kind: state.name, actor: who, port: window.port),
        Line(at: overdue, kind: "overdue", actor: who, port: window.port),
      ]
    }
  }

  /// A version is told on each VM that it or the one before it lists.
  private func policyLines(_ machine: Int) -> [Line] {
    var wasListed = false
    return story.history.versions[estate.machines[machine].policy].compactMap { version in
      let isListed = version.terms?[machine] != nil
      defer { wasListed = isListed }
      guard isListed || wasListed else { return nil }
      return Line(
        at: version.at, kind: version.terms == nil ? "policy-deleted" : "policy-written",
        actor: story.actor(ofPerson: version.author))
    }
  }

  private func ruleLines(_ machine: Int, _ end: EventTime) -> [Line] {
    let groups = estate.machines[machine].groups.filter {
      story.hasHeld($0, machine, by: end)
    }
    let lines = groups.flatMap { group in
      (events.holds[group] ?? []).map { story.book.holds[$0] }
        .filter { (events.owners[$0.contents[0].rule] ?? machine) == machine }
        .flatMap { holdLines($0) }
    }
    return lines
      + groups.flatMap { group in
        (events.failed[group] ?? []).map { place in
          let deed = story.deeds[place]
          return Line(at: deed.at, kind: "failed", actor: deed.author.map(story.actor(ofPerson:)))
        }
      }
  }

  private func holdLines(_ hold: RuleBook.Hold) -> [Line] {
    let author = hold.author.map(story.actor)
    func port(_ rule: Int) -> Int? { story.book.rules[rule].port }
    var lines = hold.contents.enumerated().compactMap { place, content -> Line? in
      // What was there when the group was first seen began nowhere.
      if place == 0, hold.from == nil { return nil }
      return Line(at: content.at, kind: "rule-written", actor: author, port: port(content.rule))
    }
    if let until = hold.until {
      lines.append(
        Line(
          at: until, kind: "rule-deleted", actor: hold.remover.map(story.actor),
          port: port(hold.rule(at: until))))
    }
    return lines
  }

  private func reachLines(_ machine: Int) -> [Line] {
    (events.reached[machine] ?? []).map { place in
      let deed = story.deeds[place]
      return Line(
        at: deed.at, kind: deed.isFailed ? "failed" : "bypass",
        actor: deed.author.map(story.actor(ofPerson:)))
    }
  }

  private func sessionLines(_ machine: Int) -> [Line] {
    (events.sessions[machine] ?? []).flatMap { place in
      let session = story.sessions[place]
      let who = story.actor(of: session)
      return [
        Line(
          at: session.since, kind: session.isRefused ? "session-refused" : "session-opened",
          actor: who),
        Line(at: session.until, kind: "session-closed", actor: who),
      ]
    }
  }
}
