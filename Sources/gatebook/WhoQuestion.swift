internal import Access
internal import Contract
internal import Ledger
internal import Timelines

/// What `who` asks the ledger: what held at some instant of a span, told as at its end.
struct WhoQuestion {
  let reader: LedgerReader
  let span: ClosedRange<EventTime>
  /// Whether the line names a span; of an instant no way around is told.
  let isSpan: Bool
  let actors: ActorChoice?

  /// A row with what it is sorted by.
  struct Answer {
    let at: EventTime
    let id: [String]
    let row: ContractRow
  }

  /// Who could reach some VMs; rules are told where no person is asked about.
  func about(_ vms: [ResourceID]) throws -> [Answer] {
    var answers: [Answer] = []
    for vm in vms {
      let windows = try reader.windows(of: vm, touching: span, at: span.upperBound)
        .filter { $0.isInForce(within: span) }
      answers += windows.filter(isMeant).map(answer)
      if actors == nil {
        answers += try reader.standingRules(of: vm, besides: windows, during: span).map(answer)
      }
      answers += try sessions(of: vm) + bypasses(of: vm)
    }
    return sorted(answers + (try gaps()))
  }

  /// What some people could reach, over all VMs.
  func ofPeople() throws -> [Answer] {
    let windows = try reader.windows(of: actors?.words, touching: span, at: span.upperBound)
      .filter { $0.isInForce(within: span) && isMeant($0) }
    return sorted(
      windows.map(answer) + (try sessions(of: nil)) + (try bypasses(of: nil)) + (try gaps()))
  }

  private func sorted(_ answers: [Answer]) -> [Answer] {
    answers.sorted { left, right in
      left.at != right.at ? left.at < right.at : left.id.lexicographicallyPrecedes(right.id)
    }
  }

  private func isMeant(_ window: AccessWindow) -> Bool {
    actors?.contains(window.actor, identity: window.actorIdentity) ?? true
  }

  private func isMeant(_ actor: Actor?, at instant: EventTime) throws -> Bool {
    guard let actors else { return true }
    guard let actor else { return false }
    let identity = try reader.identity(of: actor, at: instant, until: span.upperBound)
    return actors.contains(actor, identity: identity)
  }

  private func answer(_ window: AccessWindow) -> Answer {
    let basis: ContractRow.Basis = window.isOpenByRule(within: span) ? .rule : .request
    return Answer(
      at: window.opensAt, id: [window.vm.canonical, String(window.port), window.request],
      row: .who(window, at: span.upperBound, basis: basis))
  }

  private func answer(_ rule: StandingRule) -> Answer {
    Answer(
      at: rule.since ?? .distantPast,
      id: [rule.vm.canonical, rule.nsg.canonical, rule.name.lowercased()], row: .who(rule))
  }

  private func sessions(of vm: ResourceID?) throws -> [Answer] {
    try reader.sessions(of: vm, during: span)
      .filter { try isMeant($0.actor, at: $0.since) }
      .map { session in
        Answer(
          at: session.since, id: [session.vm.canonical, session.login ?? ""],
          row: .who(session))
      }
  }

  private func bypasses(of vm: ResourceID?) throws -> [Answer] {
    guard isSpan else { return [] }
    return try reader.bypasses(of: vm, in: span)
      .filter { try isMeant($0.actor, at: $0.at) }
      .map { use in
        Answer(at: use.at, id: [use.vm.canonical, use.operation], row: .who(use))
      }
  }

  private func gaps() throws -> [Answer] {
    try reader.gaps(touching: span).map { gap in
      Answer(at: gap.from, id: [gap.source], row: .who(gap))
    }
  }
}
