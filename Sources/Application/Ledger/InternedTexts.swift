internal import Access
internal import SQLite

/// Resources and people as small numbers: what recurs in every row is stored once.
final class InternedTexts {
  private let selectResource: Statement
  private let insertResource: Statement
  private let updateResource: Statement
  private let selectPerson: Statement
  private let insertPerson: Statement
  private var resources: [String: (id: Int64, shown: String)] = [:]
  private var people: [String: Int64] = [:]

  /// More than an estate has, and little enough memory.
  private static let limit = 50_000

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    selectResource = try connection.prepare("SELECT id, shown FROM resource WHERE canonical = ?")
    insertResource = try connection.prepare(
      "INSERT INTO resource (canonical, shown, name) VALUES (?, ?, ?) RETURNING id")
    updateResource = try connection.prepare("UPDATE resource SET shown = ?, name = ? WHERE id = ?")
    selectPerson = try connection.prepare("SELECT id FROM person WHERE identity = ?")
    insertPerson = try connection.prepare(
      "INSERT INTO person (identity) VALUES (?) RETURNING id")
  }

  /// Forgets what a rolled-back step may have added.
  func forget() {
    resources.removeAll(keepingCapacity: true)
    people.removeAll(keepingCapacity: true)
  }

  /// The number of a resource, whose most readable case is kept.
  func number(of resource: ResourceID) throws(SQLiteError) -> Int64 {
    var known = resources[resource.canonical]
    if known == nil {
      selectResource.bind(resource.canonical, at: 1)
      known = try selectResource.firstRow { ($0.int64(0), $0.text(1)) }
    }
    guard let known else {
      insertResource.bind(resource.canonical, at: 1)
      insertResource.bind(resource.display, at: 2)
      insertResource.bind(resource.name, at: 3)
      let id = try insertResource.firstRow { $0.int64(0) } ?? 0
      remember(resource.canonical, id, resource.display)
      return id
    }
    let shown = ResourceID.moreReadable(known.shown, resource.display)
    if shown != known.shown {
      updateResource.bind(shown, at: 1)
      updateResource.bind(ResourceID(canonical: resource.canonical, display: shown).name, at: 2)
      updateResource.bind(known.id, at: 3)
      try updateResource.run()
    }
    remember(resource.canonical, known.id, shown)
    return known.id
  }

  /// A resource as it is shown; as its id where nothing is known of it.
  func shown(_ canonical: String) throws(SQLiteError) -> ResourceID {
    selectResource.bind(canonical, at: 1)
    let display = try selectResource.firstRow { $0.text(1) }
    return ResourceID(canonical: canonical, display: display ?? canonical)
  }

  /// The numbers of resources as a JSON list, in their order.
  func numbers(of resources: [ResourceID]) throws(SQLiteError) -> String {
    var list = "["
    for resource in resources {
      if list.utf8.count > 1 { list += "," }
      list += String(try number(of: resource))
    }
    return list + "]"
  }

  /// The number of an identity or a name.
  func number(of text: String) throws(SQLiteError) -> Int64 {
    if let id = try knownNumber(of: text) { return id }
    insertPerson.bind(text, at: 1)
    let id = try insertPerson.firstRow { $0.int64(0) } ?? 0
    remember(text, id)
    return id
  }

  /// The number of an identity or a name that the ledger has seen, else nil.
  func knownNumber(of text: String) throws(SQLiteError) -> Int64? {
    if let id = people[text] { return id }
    selectPerson.bind(text, at: 1)
    guard let id = try selectPerson.firstRow({ $0.int64(0) }) else { return nil }
    remember(text, id)
    return id
  }

  private func remember(_ text: String, _ id: Int64) {
    if people.count >= InternedTexts.limit { people.removeAll() }
    people[text] = id
  }

  private func remember(_ canonical: String, _ id: Int64, _ shown: String) {
    if resources.count >= InternedTexts.limit { resources.removeAll() }
    resources[canonical] = (id, shown)
  }
}
