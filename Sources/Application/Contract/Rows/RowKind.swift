/// The kinds of rows of the contract, each with its keys in their order.
public enum RowKind: String, Sendable, CaseIterable {
  case requests, windows, timeline, alerts, evidence, rejects, gap, vms, status, verify, check, who

  /// The keys of a row; of `who` those of all its kinds of rows together.
  public var keys: [String] {
    switch self {
    case .requests:
      [
        "id", "requestedAt", "outcome", "actor", "sourceAddress", "role", "justification",
        "policy", "correlationId", "error", "grants", "evidence",
      ]
    case .windows: RowKind.windowKeys
    case .timeline: ["at", "kind", "vm", "actor", "port", "text", "evidence"]
    case .alerts:
      [
        "seq", "transition", "id", "rule", "severity", "title", "explanation", "vms", "actor",
        "occurredAt", "raisedAt", "evidence", "attack", "over", "acknowledged",
      ]
    case .evidence:
      [
        "id", "kind", "occurredAt", "receivedAt", "operation", "phase", "resource",
        "correlationId", "actor", "source", "position", "raw",
      ]
    case .rejects:
      [
        "id", "kind", "reason", "source", "position", "offset", "receivedAt", "raw", "retried",
      ]
    case .gap: ["from", "to", "source", "reason"]
    case .vms:
      [
        "vm", "vmName", "policies", "ports", "lastRequestAt", "windowsInForce", "standingRules",
        "lastSeenAt",
      ]
    case .status: RowKind.statusKeys
    case .verify: ["kind", "id", "stored", "recomputed"]
    case .check: ["step", "result", "text", "remedy"]
    case .who: RowKind.whoKeys
    }
  }

  private static let windowKeys = [
    "vm", "vmName", "port", "actor", "sources", "opensAt", "endsAt", "closedAt", "state",
    "closedBy", "inferred", "request",
  ]

  /// Windows, rules, sessions, ways around, gaps.
  private static let whoKeys =
    ["kind"] + windowKeys + [
      "basis", "name", "nsg", "ports", "author", "since", "until", "jit", "login",
      "clientAddress", "protocol", "presumedUntil", "at", "operation", "from", "to", "source",
      "reason",
    ]

  private static let statusKeys = [
    "source", "recordsRead", "irrelevant", "evidence", "duplicates", "rejected",
    "messagesRejected", "rejectedBodies", "repaired", "lag", "streamTime", "gaps", "due", "chain",
    "ledgerBytes", "findings",
  ]
}
