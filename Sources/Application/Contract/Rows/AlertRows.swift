public import Access

extension ContractRow {
  /// A row of `alerts`: a finding as one row of the feed tells it.
  public static func alert(_ entry: FeedEntry) -> ContractRow {
    let finding = entry.finding
    return [
      "seq": .number(entry.sequence),
      "transition": .text(entry.transition.rawValue),
      "id": .text("\(finding.id)"),
      "rule": .text(finding.rule),
      "severity": .text(finding.severity.text),
      "title": .text(finding.title),
      "explanation": .text(finding.explanation),
      "vms": .texts(finding.vms.map(\.canonical)),
      "actor": ContractValue(finding.actor.map(ContractRow.actor)),
      "occurredAt": .instant(finding.occurredAt),
      "raisedAt": .instant(entry.raisedAt),
      "evidence": .ids(finding.evidence),
      "attack": .texts(finding.attack),
      "over": .bool(finding.over),
      "acknowledged": ContractValue(entry.acknowledged.map(ContractRow.acknowledgement)),
    ]
  }

  private static func acknowledgement(_ acknowledgement: Acknowledgement) -> ContractRow {
    [
      "at": .instant(acknowledgement.at),
      "by": .text(acknowledgement.by),
      "note": .text(acknowledgement.note),
    ]
  }
}
