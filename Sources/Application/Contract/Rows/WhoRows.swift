public import Access

extension ContractRow {
  /// What makes `who` list a window.
  public enum Basis: String, Sendable {
    /// Its opening rule is in force.
    case rule
    /// It is open by what was asked for, and no rule of it has been seen.
    case request
  }

  /// A row of `who` for a window in force.
  public static func who(
    _ window: AccessWindow, at instant: EventTime, basis: Basis
  ) -> ContractRow {
    var row: ContractRow = ["kind": .text("window")]
    row.fields += ContractRow.window(window, at: instant).fields
    row.fields.append(Field("basis", .text(basis.rawValue)))
    return row
  }

  /// A row of `who` for a rule that stands beside the windows.
  public static func who(_ rule: StandingRule) -> ContractRow {
    [
      "kind": .text("rule"),
      "vm": .text(rule.vm.canonical),
      "name": .text(rule.name),
      "nsg": .text(rule.nsg.canonical),
      "ports": .text(rule.ports.joined(separator: ",")),
      "sources": .texts(rule.sources),
      "author": ContractValue(rule.author.map(ContractRow.actor)),
      "since": ContractValue(rule.since),
      "until": ContractValue(rule.until),
      "jit": .bool(rule.jit),
    ]
  }

  /// A row of `who` for an open session.
  public static func who(_ session: VMSession) -> ContractRow {
    [
      "kind": .text("session"),
      "vm": .text(session.vm.canonical),
      "login": ContractValue(session.login),
      "actor": ContractValue(session.actor.map(ContractRow.actor)),
      "clientAddress": ContractValue(session.clientAddress),
      "protocol": ContractValue(session.protocolName),
      "since": .instant(session.since),
      "until": ContractValue(session.until),
      "presumedUntil": ContractValue(session.presumedUntil),
    ]
  }

  /// A row of `who` for a way around the door.
  public static func who(_ bypass: BypassUse) -> ContractRow {
    [
      "kind": .text("bypass"),
      "vm": .text(bypass.vm.canonical),
      "at": .instant(bypass.at),
      "operation": .text(bypass.operation),
      "actor": ContractValue(bypass.actor.map(ContractRow.actor)),
    ]
  }

  /// A row of `who` for a span without evidence.
  public static func who(_ gap: EvidenceGap) -> ContractRow {
    var row: ContractRow = ["kind": .text("gap")]
    row.fields += ContractRow.gap(gap).fields
    return row
  }
}
