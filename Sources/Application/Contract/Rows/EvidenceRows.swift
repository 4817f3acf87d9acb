public import Access

extension ContractRow {
  /// A row of `evidence`; bytes of the raw record that are not UTF-8 are shown as replaced.
  public static func evidence(_ stored: StoredEvidence) -> ContractRow {
    let evidence = stored.identified.evidence
    let actor = Actor(evidence.claims)
    return [
      "id": .text(stored.identified.id.description),
      "kind": .text(evidence.kind.rawValue),
      "occurredAt": .instant(evidence.occurredAt),
      "receivedAt": .instant(stored.receivedAt),
      "operation": .text(evidence.operation.uppercased()),
      "phase": .text(evidence.phase.text),
      "resource": .text(evidence.resource.canonical),
      "correlationId": .known(evidence.correlationID),
      "actor": actor.isNobody ? .null : .object(.actor(actor)),
      "source": .text(stored.position.source),
      "position": .text(stored.position.position),
      "raw": ContractValue(stored.raw.map { String(decoding: $0, as: UTF8.self) }),
    ]
  }

  /// A row of `rejects`; `raw` is null once its bytes are no longer kept.
  public static func reject(_ stored: StoredReject) -> ContractRow {
    [
      "id": .text(stored.id),
      "kind": .text(stored.input.kind.rawValue),
      "reason": .text(stored.input.reason),
      "source": .text(stored.position.source),
      "position": .text(stored.position.position),
      "offset": ContractValue(stored.input.offset),
      "receivedAt": .instant(stored.receivedAt),
      "raw": stored.hasBytes ? .text(Base64.text(of: stored.input.bytes)) : .null,
      "retried": .bool(stored.retried),
    ]
  }
}
