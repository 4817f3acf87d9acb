internal import Access
internal import Contract

/// The rows of the contract that the truth consists of, without `evidence` and `text`.
extension Chronicle {
  func actor(_ actor: Actor?) -> ContractValue {
    guard let actor else { return .null }
    let row: ContractRow = [
      "kind": .text(actor.kind.rawValue), "name": ContractValue(actor.name),
      "objectId": ContractValue(actor.objectID), "appId": ContractValue(actor.appID),
    ]
    return .object(row)
  }

  func request(_ fact: Fact, at instant: EventTime) -> ContractRow {
    let call = fact.call
    let isGranted = fact.grants.contains { $0.door != nil }
    let outcome = isGranted ? "granted" : fact.outcome(at: instant)
    // The provider's note repeats the reason.
    let tellsWhy = fact.showsBody || fact.notedMachine != nil
    let person = estate.people[call.person]
    return [
      "id": .text(fact.id), "requestedAt": .instant(fact.requestedAt), "outcome": .text(outcome),
      "actor": actor(fact.actor), "sourceAddress": ContractValue(call.caller),
      "role": call.namesRole ? .text(person.role) : .null,
      "justification": tellsWhy ? ContractValue(call.justification) : .null,
      "policy": .text(fact.policy), "correlationId": .text(fact.correlation),
      "error": error(fact, by: person),
      "grants": .list(fact.grants.map { .object(grant($0, of: fact, at: instant)) }),
    ]
  }

  private func error(_ fact: Fact, by person: Person) -> ContractValue {
    guard fact.isRefused, let refusal = fact.call.refusal else { return .null }
    let message = refusal.message(for: person, on: estate.policies[fact.call.policy])
    let row: ContractRow = ["code": .text(refusal.code), "message": ContractValue(message)]
    return .object(row)
  }

  private func grant(
    _ grant: Fact.Grant, of fact: Fact, at instant: EventTime
  ) -> ContractRow {
    let machine = estate.machines[grant.machine]
    let terms = grant.port.flatMap {
      story.history.shownTerms(
        of: grant.machine, $0, by: fact.call.policy, at: fact.requestedAt)
    }
    let outcome = grant.door == nil ? fact.outcome(at: instant) : "granted"
    return [
      "vm": .text(machine.id.lowercased()), "vmName": .text(machine.name),
      "port": ContractValue(grant.port), "protocol": ContractValue(terms?.protocolName),
      "sources": .texts(grant.sources), "opensAt": .instant(grant.opensAt),
      "endsAt": ContractValue(grant.endsAt), "outcome": .text(outcome),
      "inferred": .bool(grant.isInferred),
    ]
  }

  func window(_ window: FactWindow, at instant: EventTime) -> ContractRow {
    let machine = estate.machines[window.grant.machine]
    let fact = facts[window.fact]
    let state = window.state(at: instant)
    return [
      "vm": .text(machine.id.lowercased()), "vmName": .text(machine.name),
      "port": ContractValue(window.port), "actor": actor(fact.actor),
      "sources": .texts(window.grant.sources), "opensAt": .instant(window.grant.opensAt),
      "endsAt": ContractValue(window.endsAt), "closedAt": ContractValue(state.closedAt),
      "state": .text(state.name), "closedBy": ContractValue(state.closedBy),
      "inferred": .bool(window.grant.isInferred), "request": .text(fact.id),
    ]
  }

  func anomaly(_ anomaly: Anomaly) -> ContractRow {
    [
      "rule": .text(anomaly.rule),
      "vms": .texts(anomaly.machines.map { estate.machines[$0].id.lowercased() }.sorted()),
      "actor": actor(anomaly.actor), "occurredAt": .instant(anomaly.occurredAt),
    ]
  }
}
