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

  /// A row of `who` for a span without evidence.
  public static func who(_ gap: EvidenceGap) -> ContractRow {
    var row: ContractRow = ["kind": .text("gap")]
    row.fields += ContractRow.gap(gap).fields
    return row
  }
}
