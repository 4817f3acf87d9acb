public import Access

extension ContractRow {
  /// A row of `status`: one source, with the ledger's own fields, the same on each.
  public static func status(_ source: SourceStatus, of ledger: LedgerStatus) -> ContractRow {
    let counts = source.counts
    return [
      "source": ContractValue(source.source),
      "recordsRead": ContractValue(counts.recordsRead),
      "irrelevant": ContractValue(counts.irrelevant),
      "evidence": ContractValue(counts.evidence),
      "duplicates": ContractValue(counts.duplicates),
      "rejected": ContractValue(counts.rejected),
      "messagesRejected": ContractValue(counts.messagesRejected),
      "rejectedBodies": ContractValue(counts.rejectedBodies),
      "repaired": ContractValue(counts.repaired),
      "lag": ContractValue(source.lag.map(ContractRow.lag)),
      "streamTime": ContractValue(ledger.streamTime),
      "gaps": .list(source.gaps.map { .object(.gap($0)) }),
      "due": ContractValue(ledger.due),
      "chain": .object(["head": .text(ledger.chainHead), "count": .number(ledger.chainCount)]),
      "ledgerBytes": .number(ledger.ledgerBytes),
      "findings": .object(findings(ledger.findings)),
    ]
  }

  private static func lag(_ lag: [Int: Int64]) -> ContractRow {
    ContractRow(lag.keys.sorted().map { Field(String($0), .number(lag[$0] ?? 0)) })
  }

  /// Every severity is there, so that nobody has to tell an absent one from none.
  private static func findings(_ findings: [Severity: Int]) -> ContractRow {
    ContractRow(
      Severity.allCases.map { Field($0.text, .number(Int64(findings[$0] ?? 0))) })
  }
}

/// What `verify` found to differ between what is stored and what follows from the evidence.
public struct Difference: Hashable, Sendable {
  /// What the difference is in.
  public enum Kind: String, Sendable {
    case evidence, chain, request, window, finding
  }

  /// What the difference is in.
  public var kind: Kind
  /// The id of what differs.
  public var id: String
  /// The row as it is stored, nil where there is none.
  public var stored: ContractRow?
  /// The row as it follows from the evidence, nil where none does.
  public var recomputed: ContractRow?

  /// A difference between two rows, of which one may be missing.
  public init(kind: Kind, id: String, stored: ContractRow?, recomputed: ContractRow?) {
    self.kind = kind
    self.id = id
    self.stored = stored
    self.recomputed = recomputed
  }
}

/// One step of `check` or `doctor`.
public struct CheckStep: Hashable, Sendable {
  /// How a step came out.
  public enum Result: String, Sendable {
    case ok, warning, failed
  }

  /// The name of the step.
  public var step: String
  /// How it came out.
  public var result: Result
  /// What was seen, in one plain sentence.
  public var text: String
  /// What to do about it, where something is to be done.
  public var remedy: String?

  /// A step with what came of it.
  public init(step: String, result: Result, text: String, remedy: String? = nil) {
    self.step = step
    self.result = result
    self.text = text
    self.remedy = remedy
  }
}

extension ContractRow {
  /// A row of `verify`.
  public static func difference(_ difference: Difference) -> ContractRow {
    [
      "kind": .text(difference.kind.rawValue),
      "id": .text(difference.id),
      "stored": ContractValue(difference.stored),
      "recomputed": ContractValue(difference.recomputed),
    ]
  }

  /// A row of `check` and `doctor`.
  public static func check(_ step: CheckStep) -> ContractRow {
    [
      "step": .text(step.step),
      "result": .text(step.result.rawValue),
      "text": .text(step.text),
      "remedy": ContractValue(step.remedy),
    ]
  }
}
