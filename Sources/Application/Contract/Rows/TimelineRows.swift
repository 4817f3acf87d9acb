public import Access

extension ContractRow {
  /// A row of `timeline`.
  public static func timeline(_ entry: TimelineEntry) -> ContractRow {
    [
      "at": .instant(entry.at),
      "kind": .text(entry.kind.rawValue),
      "vm": .text(entry.vm.canonical),
      "actor": ContractValue(entry.actor.map(ContractRow.actor)),
      "port": ContractValue(entry.port),
      "text": .text(entry.text),
      "evidence": .ids(entry.evidence),
    ]
  }

  /// A row of `gap`: a span without evidence.
  public static func gap(_ gap: EvidenceGap) -> ContractRow {
    [
      "from": .instant(gap.from),
      "to": .instant(gap.to),
      "source": .text(gap.source),
      "reason": .text(gap.reason),
    ]
  }

  /// A row of `vms`.
  public static func vm(_ summary: VMSummary) -> ContractRow {
    [
      "vm": .text(summary.vm.canonical),
      "vmName": .text(summary.vm.name),
      "policies": .texts(summary.policies.map(\.canonical)),
      "ports": .list(summary.ports.map { ContractValue($0) }),
      "lastRequestAt": ContractValue(summary.lastRequestAt),
      "windowsInForce": ContractValue(summary.windowsInForce),
      "standingRules": ContractValue(summary.standingRules),
      "lastSeenAt": .instant(summary.lastSeenAt),
    ]
  }
}
