internal import Access
internal import SQLite
internal import Timelines

/// What names mean: rules tell of VMs and policies by their names alone.
final class NamedTable {
  private let insert: Statement
  private let note: Statement
  private let select: Statement
  private let texts: InternedTexts
  /// Names that were looked up of late, which hardly ever change.
  private var recent: [String: [(resource: ResourceID, since: EventTime?)]] = [:]

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    insert = try connection.prepare(
      "INSERT OR IGNORE INTO named (name, resource, since) VALUES (?, ?, NULL)")
    note = try connection.prepare(
      """
      INSERT INTO named (name, resource, since) VALUES (?1, ?2, ?3)
      ON CONFLICT DO UPDATE SET since = excluded.since WHERE since IS NULL OR since > excluded.since
      """)
    select = try connection.prepare(
      """
      SELECT v.canonical, v.shown, n.since FROM named n JOIN resource v ON v.id = n.resource
      WHERE n.name = ? ORDER BY v.canonical
      """)
  }

  func forget() { recent.removeAll(keepingCapacity: true) }

  /// The text under which a VM is found.
  static func text(_ name: KnownVMs.Name) -> String { "\(name.subscription)|\(name.name)" }

  /// The text under which a policy is found.
  static func policyText(_ name: KnownVMs.Name) -> String { "policy|\(text(name))" }

  /// Notes that a resource was named at an instant, or that it is only concluded; says whether
  /// that tells something new.
  func note(
    _ resource: ResourceID, as text: String, since instant: EventTime?
  ) throws(SQLiteError) -> Bool {
    let known = try meanings(of: text).first { $0.resource == resource }
    if let known, instant == nil || known.since.map({ $0 <= instant ?? $0 }) ?? false {
      return false
    }
    let number = try texts.number(of: resource)
    let name = try texts.number(of: text)
    if let instant {
      note.bind(name, at: 1)
      note.bind(number, at: 2)
      note.bind(instant.ticks, at: 3)
      try note.run()
    } else {
      insert.bind(name, at: 1)
      insert.bind(number, at: 2)
      try insert.run()
    }
    recent[text] = nil
    return true
  }

  /// What a name means.
  func meanings(
    of text: String
  ) throws(SQLiteError) -> [(resource: ResourceID, since: EventTime?)] {
    if let known = recent[text] { return known }
    guard let name = try texts.knownNumber(of: text) else { return [] }
    var found: [(resource: ResourceID, since: EventTime?)] = []
    select.bind(name, at: 1)
    try select.forEachRow { row throws(SQLiteError) in
      found.append(
        (
          ResourceID(canonical: row.text(0), display: row.text(1)),
          row.optionalInt64(2).map { EventTime(ticks: $0) }
        ))
    }
    if recent.count > 20_000 { recent.removeAll(keepingCapacity: true) }
    recent[text] = found
    return found
  }
}
