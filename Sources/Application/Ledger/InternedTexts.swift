internal import Access
internal import SQLite

/// VMs and people as small numbers: what recurs in every row is stored once.
final class InternedTexts {
  private let selectVM: Statement
  private let insertVM: Statement
  private let updateVM: Statement
  private let selectPerson: Statement
  private let insertPerson: Statement
  private var vms: [String: (id: Int64, shown: String)] = [:]
  private var people: [String: Int64] = [:]

  /// More than an estate has, and little enough memory.
  private static let limit = 50_000

  init(_ connection: borrowing Connection) throws(SQLiteError) {
    selectVM = try connection.prepare("SELECT id, shown FROM vm WHERE canonical = ?")
    insertVM = try connection.prepare(
      "INSERT INTO vm (canonical, shown) VALUES (?, ?) RETURNING id")
    updateVM = try connection.prepare("UPDATE vm SET shown = ? WHERE id = ?")
    selectPerson = try connection.prepare("SELECT id FROM person WHERE identity = ?")
    insertPerson = try connection.prepare(
      "INSERT INTO person (identity) VALUES (?) RETURNING id")
  }

  /// Forgets what a rolled-back step may have added.
  func forget() {
    vms.removeAll(keepingCapacity: true)
    people.removeAll(keepingCapacity: true)
  }

  /// The number of a VM, whose most readable case is kept.
  func number(of vm: ResourceID) throws(SQLiteError) -> Int64 {
    var known = vms[vm.canonical]
    if known == nil {
      selectVM.bind(vm.canonical, at: 1)
      known = try selectVM.firstRow { ($0.int64(0), $0.text(1)) }
    }
    guard let known else {
      insertVM.bind(vm.canonical, at: 1)
      insertVM.bind(vm.display, at: 2)
      let id = try insertVM.firstRow { $0.int64(0) } ?? 0
      remember(vm.canonical, id, vm.display)
      return id
    }
    let shown = ResourceID.moreReadable(known.shown, vm.display)
    if shown != known.shown {
      updateVM.bind(shown, at: 1)
      updateVM.bind(known.id, at: 2)
      try updateVM.run()
    }
    remember(vm.canonical, known.id, shown)
    return known.id
  }

  /// The number of an identity or a name.
  func number(of text: String) throws(SQLiteError) -> Int64 {
    if let id = try knownNumber(of: text) { return id }
    insertPerson.bind(text, at: 1)
    let id = try insertPerson.firstRow { $0.int64(0) } ?? 0
    people[text] = id
    return id
  }

  /// The number of an identity or a name that the ledger has seen, else nil.
  func knownNumber(of text: String) throws(SQLiteError) -> Int64? {
    if let id = people[text] { return id }
    selectPerson.bind(text, at: 1)
    guard let id = try selectPerson.firstRow({ $0.int64(0) }) else { return nil }
    if people.count >= InternedTexts.limit { people.removeAll() }
    people[text] = id
    return id
  }

  private func remember(_ canonical: String, _ id: Int64, _ shown: String) {
    if vms.count >= InternedTexts.limit { vms.removeAll() }
    vms[canonical] = (id, shown)
  }
}
