extension RowKind {
  /// How a kind of rows is laid out for people.
  enum Layout {
    /// One line a row.
    case columns([TableColumn])
    /// One line a field: rows that come one at a time, or that no line could hold.
    case fields
  }

  var layout: Layout {
    switch self {
    case .requests: .columns(RowKind.requestColumns)
    case .windows: .columns(RowKind.windowColumns)
    case .timeline: .columns(RowKind.timelineColumns)
    case .alerts: .columns(RowKind.alertColumns)
    case .rejects: .columns(RowKind.rejectColumns)
    case .gap: .columns(RowKind.gapColumns)
    case .vms: .columns(RowKind.vmColumns)
    case .verify: .columns(RowKind.verifyColumns)
    case .check: .columns(RowKind.checkColumns)
    case .who: .columns(RowKind.whoColumns)
    case .evidence, .status: .fields
    }
  }

  private static let requestColumns: [TableColumn] = [
    .key("REQUESTED", "requestedAt"),
    .key("OUTCOME", "outcome", painted: true),
    .actor(),
    .ofGrants("VM") { [$0.field("vmName").shown] },
    .ofGrants("PORTS", minimum: 5) { [$0.field("port").shown] },
    .ofGrants("SOURCES", optional: true) { $0.field("sources").values.map(\.shown) },
    .ofGrants("UNTIL", minimum: nil, optional: true) { [$0.field("endsAt").shown] },
    .key("JUSTIFICATION", "justification", minimum: 16),
  ]

  private static let windowColumns: [TableColumn] = [
    .key("OPENS", "opensAt"),
    .key("ENDS", "endsAt"),
    .key("STATE", "state", painted: true),
    .key("VM", "vmName", minimum: 8),
    .key("PORT", "port", .right),
    .actor(),
    .key("SOURCES", "sources", minimum: 8, optional: true),
    .key("CLOSED", "closedAt", optional: true),
    .key("BY", "closedBy", optional: true),
  ]

  private static let timelineColumns: [TableColumn] = [
    .key("TIME", "at"),
    .key("KIND", "kind", painted: true),
    .name("VM", "vm"),
    .key("PORT", "port", .right),
    .actor(),
    .sentences("TEXT", minimum: 56, "text"),
  ]

  private static let alertColumns: [TableColumn] = [
    .key("SEQ", "seq", .right),
    .key("TIME", "occurredAt"),
    .key("SEVERITY", "severity", painted: true),
    .key("RULE", "rule"),
    .names("VM", "vms"),
    .actor(optional: true),
    .key("CHANGE", "transition", optional: true),
    .shortID(),
    .sentences("EXPLANATION", minimum: 80, "explanation"),
  ]

  private static let rejectColumns: [TableColumn] = [
    .key("RECEIVED", "receivedAt"),
    .key("KIND", "kind"),
    .key("SOURCE", "source", minimum: 6),
    .key("POSITION", "position", minimum: 8),
    .key("OFFSET", "offset", .right, optional: true),
    .key("RETRIED", "retried", optional: true),
    .shortID(),
    .sentences("REASON", minimum: 60, "reason"),
  ]

  private static let gapColumns: [TableColumn] = [
    .key("FROM", "from"),
    .key("TO", "to"),
    .key("SOURCE", "source", minimum: 8),
    .key("REASON", "reason", minimum: 20),
  ]

  private static let vmColumns: [TableColumn] = [
    .key("VM", "vmName", minimum: 8),
    .key("PORTS", "ports", minimum: 8),
    .key("LAST REQUEST", "lastRequestAt"),
    .key("OPEN", "windowsInForce", .right),
    .key("RULES", "standingRules", .right),
    .key("LAST SEEN", "lastSeenAt"),
    .names("POLICIES", "policies", optional: true),
  ]

  private static let verifyColumns: [TableColumn] = [
    .key("KIND", "kind"),
    .key("ID", "id", minimum: 8),
    .key("STORED", "stored", minimum: 8),
    .key("RECOMPUTED", "recomputed", minimum: 8),
  ]

  private static let checkColumns: [TableColumn] = [
    .key("RESULT", "result", painted: true),
    .key("STEP", "step"),
    .sentences("TEXT", minimum: 40, "text", "remedy"),
  ]

  private static let whoColumns: [TableColumn] = [
    .first("WHAT", ["state", "kind"], painted: true),
    TableColumn("VM", minimum: 8) { row in
      row["vmName"]?.shown ?? TableColumn.lastSegment(row.value("vm"))
    },
    .first("PORT", ["port", "ports"], .right, minimum: 4),
    .actor(or: "author"),
    .first("FROM", ["sources", "clientAddress"], minimum: 8),
    .first("SINCE", ["opensAt", "since", "at", "from"]),
    .first("UNTIL", ["endsAt", "until", "presumedUntil", "to"]),
    TableColumn("TOLD BY", minimum: 12, cell: whoBasis),
  ]

  /// What makes `who` tell of something: the rule or request, the session's login, the operation.
  private static func whoBasis(_ row: ContractRow) -> String {
    switch row.value("kind") {
    case .text("rule"):
      let nsg = TableColumn.lastSegment(row.value("nsg"))
      return "\(row.value("name").shown) in \(nsg)"
    case .text("session"):
      let parts = ["protocol", "login"].map(row.value).filter { $0 != .null }.map(\.shown)
      return parts.isEmpty ? "session" : parts.joined(separator: " as ")
    case .text("bypass"): return row.value("operation").shown
    case .text("gap"): return row.value("reason").shown
    default: return row.value("basis").shown
    }
  }
}
