internal import Access

/// Policies: what they say when the log begins, and how people change them.
extension Plot {
  /// What happens to a policy after its first write.
  private enum Turn: CaseIterable {
    case nothing
    case addsVM
    case dropsVM
    case addsPort
    case longerMaximum
    case deleted
  }

  /// Writes the policies down, where the log has room for it, and changes some of them.
  mutating func plantPolicies(changes: Bool = true) {
    layBaseRules()
    let isShown = !changes || options.jitRecords >= 2 * 6 * estate.policies.count
    guard isShown else {
      for machine in estate.machines.indices { layDenials(of: machine, estate.terms(of: machine)) }
      return
    }
    for policy in estate.policies.indices where !estate.policies[policy].machines.isEmpty {
      let begin = options.start + TimeSpan(ticks: Int64(dice.within(7...6_000_000_000)))
      let turn = changes ? dice.pick([.nothing, .nothing] + Turn.allCases) : .nothing
      var terms: [Int: [PortTerms]] = [:]
      for machine in estate.policies[policy].machines { terms[machine] = estate.terms(of: machine) }
      let late = estate.policies[policy].machines.last ?? 0
      if turn == .addsVM { terms[late] = nil }
      write(policy, terms, at: begin)
      for (machine, ports) in terms.sorted(by: { $0.key < $1.key }) {
        layDenials(of: machine, ports)
      }
      guard changes else { continue }
      let span = Int((options.end - begin).ticks)
      let at = begin + TimeSpan(ticks: Int64(dice.within(span / 10...span - 1)))
      take(turn, policy, late, terms, at: at)
    }
  }

  private mutating func take(
    _ turn: Turn, _ policy: Int, _ machine: Int, _ old: [Int: [PortTerms]], at instant: EventTime
  ) {
    var terms = old
    var denials: [PortTerms] = []
    switch turn {
    case .nothing: return
    case .addsVM:
      terms[machine] = estate.terms(of: machine)
      denials = terms[machine] ?? []
    case .dropsVM:
      terms[machine] = nil
      write(policy, terms, at: instant)
      return deny(machine, old[machine] ?? [], isGone: true, after: instant)
    case .addsPort:
      denials = [PortTerms(number: 2222, protocolName: "TCP", source: "*", maximum: .hours(3))]
      terms[machine] = (terms[machine] ?? []) + denials
    case .longerMaximum:
      terms = terms.mapValues { list in
        list.map { port in
          var port = port
          port.maximum = .hours(24)
          return port
        }
      }
    case .deleted: return write(policy, nil, at: instant)
    }
    write(policy, terms, at: instant)
    if !denials.isEmpty { deny(machine, denials, isGone: false, after: instant) }
  }

  private mutating func write(_ policy: Int, _ terms: [Int: [PortTerms]]?, at instant: EventTime) {
    let author = dice.pick(estate.users)
    let version = history.versions[policy].count
    history.versions[policy].append(PolicyVersion(at: instant, author: author, terms: terms))
    let kind: Deed.Kind =
      terms == nil ? .deletePolicy(policy) : .writePolicy(policy, version: version)
    var deed = Deed(
      kind: kind, author: author, correlation: GUID(&dice), at: instant, records: [],
      style: dice.next())
    deed.records = [
      Call.Record(phase: .start, at: instant, hasBody: terms != nil),
      Call.Record(
        phase: .success, at: instant + TimeSpan(ticks: Int64(dice.within(2_000_000...40_000_000))),
        hasBody: terms != nil),
    ]
    add(deed)
  }

  /// Defender for Cloud follows: the rules that keep the ports shut come or go.
  private mutating func deny(
    _ machine: Int, _ ports: [PortTerms], isGone: Bool, after instant: EventTime
  ) {
    for (place, group) in estate.machines[machine].groups.enumerated() {
      let seconds = dice.within(5...40) + place * 50
      let at =
        instant + TimeSpan(ticks: Int64(seconds) * 10_000_000 + Int64(dice.below(10_000_000)))
      if at + .minutes(1) > options.end { return }
      var deed = Deed(
        kind: .writeGroup(group), author: nil, correlation: GUID(&dice), at: at, records: [],
        style: dice.next())
      deed.layOut(hasBodies: true, until: options.end, &dice)
      var change = RuleChange(group: group, deed: 0)
      for port in ports {
        let key = RuleBook.Denial(group: group, machine: machine, port: port.number)
        if isGone {
          change.removes += [book.denials[key]].compactMap { $0 }
        } else {
          change.adds.append(book.add(estate.denial(of: machine, port: port.number)))
          book.denials[key] = change.adds.last
        }
      }
      add(deed, change)
    }
  }

  /// The rules that stand when the log begins.
  private mutating func layBaseRules() {
    for (group, security) in estate.groups.enumerated() {
      for rule in security.rules { book.base[group].append(book.add(rule)) }
    }
  }

  /// The rules that keep shut what a policy first says of a VM.
  private mutating func layDenials(of machine: Int, _ ports: [PortTerms]) {
    for port in ports {
      for group in estate.machines[machine].groups {
        let key = RuleBook.Denial(group: group, machine: machine, port: port.number)
        let rule = book.add(estate.denial(of: machine, port: port.number))
        book.denials[key] = rule
        book.base[group].append(rule)
      }
    }
  }
}
