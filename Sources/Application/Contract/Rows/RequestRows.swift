public import Access

extension ContractRow {
  /// A row of `requests`, as it holds at an instant.
  public static func request(_ request: AccessRequest, at instant: EventTime) -> ContractRow {
    let outcome = request.outcome(at: instant)
    return [
      "id": .text(request.id),
      "requestedAt": .instant(request.requestedAt),
      "outcome": .text(outcome.rawValue),
      "actor": .object(.actor(request.actor)),
      "sourceAddress": ContractValue(request.sourceAddress),
      "role": ContractValue(request.role),
      "justification": ContractValue(request.justification),
      "policy": .text(request.policy.canonical),
      "correlationId": .known(request.correlationID),
      "error": ContractValue(request.error.map(ContractRow.error)),
      "grants": .list(
        request.grants.map { .object(.grant($0, request.outcome(of: $0, at: instant))) }),
      "evidence": .ids(request.evidence),
    ]
  }

  /// A row of `windows`, as it stands at an instant.
  public static func window(_ window: AccessWindow, at instant: EventTime) -> ContractRow {
    let standing = window.standing(at: instant)
    return [
      "vm": .text(window.vm.canonical),
      "vmName": .text(window.vm.name),
      "port": ContractValue(window.port),
      "actor": .object(.actor(window.actor)),
      "sources": .texts(window.sources),
      "opensAt": .instant(window.opensAt),
      "endsAt": ContractValue(window.endsAt),
      "closedAt": ContractValue(standing.closedAt),
      "state": .text(standing.state.rawValue),
      "closedBy": ContractValue(standing.closedBy?.rawValue),
      "inferred": .bool(window.inferred),
      "request": .text(window.request),
    ]
  }

  private static func grant(
    _ grant: AccessGrant, _ outcome: AccessRequest.Outcome
  ) -> ContractRow {
    [
      "vm": .text(grant.vm.canonical),
      "vmName": .text(grant.vm.name),
      "port": ContractValue(grant.port),
      "protocol": ContractValue(grant.protocolName),
      "sources": .texts(grant.sources),
      "opensAt": .instant(grant.opensAt),
      "endsAt": ContractValue(grant.endsAt),
      "outcome": .text(outcome.rawValue),
      "inferred": .bool(grant.inferred),
    ]
  }

  private static func error(_ error: ErrorDetail) -> ContractRow {
    ["code": ContractValue(error.code), "message": ContractValue(error.message)]
  }
}

extension ContractRow {
  static func actor(_ actor: Actor) -> ContractRow {
    [
      "kind": .text(actor.kind.rawValue),
      "name": ContractValue(actor.name),
      "objectId": ContractValue(actor.objectID),
      "appId": ContractValue(actor.appID),
    ]
  }
}

extension ContractValue {
  static func ids(_ ids: [EvidenceID]) -> ContractValue { .texts(ids.map(\.description)) }

  /// An id that the model writes as an empty text where there is none.
  static func known(_ id: String) -> ContractValue { id.isEmpty ? .null : .text(id) }
}
