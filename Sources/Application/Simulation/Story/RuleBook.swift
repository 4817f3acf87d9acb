internal import Access

/// The rules of all groups through the time of the story.
struct RuleBook: Sendable {
  /// What keeps a port of a VM shut in a group.
  struct Denial: Hashable, Sendable {
    var group: Int
    var machine: Int
    var port: Int
  }

  /// A rule that is no grant, as long as it stands.
  struct Hold: Sendable {
    var group: Int
    /// What it says, and from when on: later entries are changes by its author.
    var contents: [(at: EventTime, rule: Int)]
    /// When it began; nil for what was there when the group was first seen.
    var from: EventTime?
    var author: Author?
    var until: EventTime?
    var remover: Author?

    /// What it says at an instant.
    func rule(at instant: EventTime) -> Int {
      (contents.last { $0.at <= instant } ?? contents[0]).rule
    }
  }

  /// Who writes rules.
  enum Author: Hashable, Sendable {
    case person(Int)
    case defender
  }

  private(set) var rules: [Rule] = []
  /// The rules that stand in each group before anything happens.
  var base: [[Int]]
  var denials: [Denial: Int] = [:]
  var changes: [RuleChange] = []
  /// Rules that open doors: they are told by their windows.
  var grants: Set<Int> = []
  /// Rules of Defender for Cloud that open a VM for a request that the log misses, with that VM.
  var strays: [Int: Int] = [:]
  private(set) var holds: [Hold] = []
  /// From when on a group has held a JIT rule of a VM.
  private(set) var held: [Membership: EventTime] = [:]

  /// A VM in a group.
  struct Membership: Hashable, Sendable {
    var group: Int
    var machine: Int
  }

  init(groups: Int) { base = Array(repeating: [], count: groups) }

  mutating func add(_ rule: Rule) -> Int {
    rules.append(rule)
    return rules.count - 1
  }

  mutating func replaceRules(by all: [Rule]) { rules = all }

  /// When each group is first written with all its rules shown.
  func firstSights(_ deeds: [Deed]) -> [Int: EventTime] {
    var found: [Int: EventTime] = [:]
    for change in changes {
      let deed = deeds[change.deed]
      guard case .writeGroup = deed.kind, deed.showsRules else { continue }
      found[change.group] = min(found[change.group] ?? .distantFuture, deed.at)
    }
    return found
  }

  /// Says what each whole write holds, and how long each rule stands, by going through all changes.
  ///
  /// No two deeds of a group share an instant afterwards.
  mutating func settle(_ deeds: inout [Deed]) {
    let byGroup = Dictionary(grouping: changes.indices) { changes[$0].group }
    for group in base.indices {
      var order = byGroup[group] ?? []
      order.sort { (deeds[changes[$0].deed].at, $0) < (deeds[changes[$1].deed].at, $1) }
      var last = EventTime.distantPast
      for index in order {
        let deed = changes[index].deed
        if deeds[deed].at <= last { deeds[deed].move(to: last + TimeSpan(ticks: 1)) }
        last = deeds[deed].at
      }
      walk(order, of: group, &deeds)
    }
    noteGrants(deeds)
  }

  private mutating func walk(_ order: [Int], of group: Int, _ deeds: inout [Deed]) {
    var standing = base[group]
    var open: [Int: Int] = [:]
    var isSeen = false
    for index in order {
      let change = changes[index]
      let deed = deeds[change.deed]
      if deed.isFailed { continue }
      let author = deed.author.map(Author.person) ?? .defender
      let isWhole = deed.isWhole
      standing.removeAll { change.removes.contains($0) }
      for rule in change.removes { end(open.removeValue(forKey: rule), at: deed.at, by: author) }
      if let (old, new) = change.replaces, let place = standing.firstIndex(of: old) {
        standing[place] = new
        if let hold = open.removeValue(forKey: old) {
          holds[hold].contents.append((deed.at, new))
          open[new] = hold
        }
      }
      if isWhole, deed.showsRules, !isSeen {
        isSeen = true
        for rule in standing + change.adds where open[rule] == nil && !grants.contains(rule) {
          open[rule] = begin(rule, in: group, at: nil, by: nil)
        }
      }
      standing += change.adds
      for rule in change.adds where open[rule] == nil && !grants.contains(rule) {
        open[rule] = begin(rule, in: group, at: deed.at, by: author)
      }
      if isWhole { deeds[change.deed].snapshot = standing.map { Int32($0) } }
    }
  }

  private mutating func begin(
    _ rule: Int, in group: Int, at instant: EventTime?, by author: Author?
  ) -> Int {
    holds.append(
      Hold(
        group: group, contents: [(instant ?? .distantPast, rule)], from: instant, author: author))
    return holds.count - 1
  }

  private mutating func end(_ hold: Int?, at instant: EventTime, by author: Author) {
    guard let hold else { return }
    holds[hold].until = instant
    holds[hold].remover = author
  }

  private mutating func noteGrants(_ deeds: [Deed]) {
    let owners = self.owners
    for hold in holds {
      guard let machine = owners[hold.contents[0].rule] else { continue }
      note(Membership(group: hold.group, machine: machine), since: hold.from ?? .distantPast)
    }
  }

  /// The VM that the text of a rule names, of those that open no known door.
  var owners: [Int: Int] {
    denials.reduce(into: strays) { $0[$1.value] = $1.key.machine }
  }

  /// Notes that a group holds a JIT rule of a VM from an instant on.
  mutating func note(_ membership: Membership, since instant: EventTime) {
    held[membership] = min(held[membership] ?? .distantFuture, instant)
  }
}

extension Deed {
  /// Whether it is a write of a whole group.
  var isWhole: Bool {
    if case .writeGroup = kind { return true }
    return false
  }

  /// Whether some record has the rules.
  var showsRules: Bool { records.contains(where: \.hasBody) }

  /// Has all of it happen a little later.
  mutating func move(to instant: EventTime) {
    let delay = instant - at
    at = instant
    for index in records.indices { records[index].at = records[index].at + delay }
  }
}
