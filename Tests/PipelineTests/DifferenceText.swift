import Access
import Pipeline

/// What differs, short enough to read.
func briefly(_ differences: [VerificationDifference]) -> String {
  differences.prefix(4).map(briefly).joined(separator: "\n    ") + " (\(differences.count))"
}

private func briefly(_ difference: VerificationDifference) -> String {
  switch difference {
  case .request(let id, let stored, let recomputed):
    "request \(id.prefix(6)) \(stored?.requestedAt.description ?? "-"):\n      stored "
      + "\(text(stored))\n      wanted \(text(recomputed))"
  case .window(let id, let stored, let recomputed):
    "window \(id.prefix(6)) \(stored == nil ? "not stored" : "") "
      + "\(recomputed == nil ? "not wanted" : "")"
  case .finding(let id, let stored, let recomputed):
    "finding \(id.prefix(6)) \(stored?.rule ?? "-")\n      stored \(text(stored))\n      wanted "
      + text(recomputed)
  case .evidence(let id, _): "evidence \(id)"
  case .chain(let step, _, _): "chain \(step)"
  }
}

private func text(_ request: AccessRequest?) -> String {
  guard let request else { return "none" }
  let grants = request.grants.map { grant in
    let openings = grant.openings.map { opening in
      "{\(opening.nsg.name) \(opening.rule.suffix(34).prefix(3)) \(opening.from)-"
        + "\(opening.until?.description ?? "") \(opening.isCarried ? "carried" : "") "
        + "y\(opening.yieldsAt?.description ?? "") p\(opening.presumed.count)}"
    }
    return "[\(grant.vm.resourceGroup ?? "")/\(grant.vm.name):\(grant.port ?? -1) "
      + "\(grant.opensAt)-\(grant.endsAt?.description ?? "") i\(grant.inferred) "
      + "max\(grant.maximum?.ticks ?? 0) s\(grant.supersededBy?.requestedAt.description ?? "") "
      + "\(openings.joined())]"
  }
  return "\(request.actorIdentity) body\(request.hasBody) \(request.refusedAt != nil ? "F" : "") "
    + "\(request.policy.name) noted\(request.noted.count) ev\(request.evidence.count) "
    + grants.joined(separator: " ")
}

private func text(_ finding: Finding?) -> String {
  guard let finding else { return "none" }
  return "\(finding.severity) \(finding.explanation) \(finding.vms.map(\.display)) "
    + "\(finding.evidence.count) \(finding.occurredAt) \(finding.count) \(finding.over)"
}
