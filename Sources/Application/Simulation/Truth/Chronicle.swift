internal import Access

/// Everything that is true about a story's calls, in the order of time.
struct Chronicle {
  let story: Story
  let estate: Estate
  let facts: [Fact]
  let windows: [FactWindow]
  /// The places of facts and windows by VM.
  let factsOf: [Int: [Int]]
  let windowsOf: [Int: [Int]]
  let events: EventIndex

  init(_ story: Story) {
    self.story = story
    estate = story.estate
    let facts = story.calls.enumerated().map { number, call in
      var fact = Fact(call, in: story.estate)
      fact.number = number
      return fact
    }
    self.facts = Chronicle.opened(
      Chronicle.identified(facts, in: story.estate).sorted(by: Fact.precedes), in: story)
    windows = Chronicle.windows(of: self.facts, in: story)
    factsOf = Chronicle.index(self.facts.map { Set($0.machines) })
    windowsOf = Chronicle.index(windows.map { [$0.grant.machine] })
    events = EventIndex(story)
  }

  private static func index(_ machines: [Set<Int>]) -> [Int: [Int]] {
    var found: [Int: [Int]] = [:]
    for (place, set) in machines.enumerated() {
      for machine in set { found[machine, default: []].append(place) }
    }
    return found
  }

  /// Joins grants to the doors that were really opened; where no body tells what was asked for,
  /// these are the grants.
  private static func opened(_ facts: [Fact], in story: Story) -> [Fact] {
    let doors = Dictionary(grouping: story.doors.indices) { story.doors[$0].call }
    return facts.map { fact in
      var fact = fact
      let own = doors[fact.number] ?? []
      guard !fact.showsBody else {
        for index in fact.grants.indices {
          let grant = fact.grants[index]
          fact.grants[index].door = own.first {
            story.doors[$0].machine == grant.machine && story.doors[$0].port == grant.port
          }
        }
        return fact
      }
      if fact.isRefused { return fact }
      fact.grants = own.map { inferred($0, of: fact, in: story) }
      if let machine = fact.notedMachine, fact.grants.isEmpty {
        fact.grants = [
          Fact.Grant(
            machine: machine, port: nil, sources: fact.call.caller.map { [$0] } ?? [],
            opensAt: fact.requestedAt, isInferred: true)
        ]
      }
      return fact
    }
  }

  private static func inferred(_ number: Int, of fact: Fact, in story: Story) -> Fact.Grant {
    let door = story.doors[number]
    let target = fact.targets.first { $0.machine == door.machine && $0.port == door.port }
    return Fact.Grant(
      machine: door.machine, port: door.port, sources: target?.sources ?? [],
      opensAt: door.opensAt, door: number, isInferred: true)
  }

  /// Numbers the calls of one correlation id and policy within their UTC date, and says who made
  /// each of them.
  private static func identified(_ facts: [Fact], in estate: Estate) -> [Fact] {
    var facts = facts
    let sightings = sightings(in: facts)
    var numbers: [String: Int64] = [:]
    for index in facts.indices.sorted(by: { Fact.precedes(facts[$0], facts[$1]) }) {
      let fact = facts[index]
      let key = "\(fact.correlation) \(fact.policy) \(fact.requestedAt.dateText)"
      numbers[key, default: 0] += 1
      var json = CanonicalJSON()
      json.openArray()
      json.value(fact.correlation)
      json.value(fact.policy)
      json.value(fact.requestedAt.dateText)
      json.value(numbers[key] ?? 1)
      json.closeArray()
      var hash = ResultHash()
      hash.add(json.bytes)
      facts[index].id = hash.finish()
      let person = estate.people[fact.call.person]
      let isKnown =
        fact.call.namesObjectID || isNear(fact.requestedAt, sightings[fact.call.person] ?? [])
      facts[index].identity = isKnown ? person.objectID.text : person.name.lowercased()
    }
    return facts
  }

  /// When each person's name was seen with the object id, by time.
  private static func sightings(in facts: [Fact]) -> [Int: [EventTime]] {
    var sightings: [Int: [EventTime]] = [:]
    for fact in facts where fact.call.namesObjectID {
      sightings[fact.call.person, default: []] +=
        fact.call.records.lazy.filter { !$0.isNote }.map(\.at)
    }
    return sightings.mapValues { $0.sorted() }
  }

  private static func isNear(_ instant: EventTime, _ times: [EventTime]) -> Bool {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] < instant { low = middle + 1 } else { high = middle }
    }
    let neighbours = [low - 1, low].filter(times.indices.contains).map { times[$0] }
    return neighbours.contains { instant - $0 <= .days(30) && $0 - instant <= .days(30) }
  }

  private struct Lane: Hashable {
    let identity: String
    let machine: Int
    let port: Int
  }

  private static func windows(of facts: [Fact], in story: Story) -> [FactWindow] {
    var windows: [FactWindow] = []
    var lanes: [Lane: [Int]] = [:]
    for (index, fact) in facts.enumerated() where !fact.isRefused {
      for grant in fact.grants {
        guard let port = grant.port else { continue }
        let lane = Lane(identity: fact.identity, machine: grant.machine, port: port)
        lanes[lane, default: []].append(windows.count)
        let terms = story.history.shownTerms(
          of: grant.machine, port, by: fact.call.policy, at: fact.requestedAt)
        windows.append(
          FactWindow(
            fact: index, grant: grant, port: port, requestedAt: fact.requestedAt,
            door: grant.door.map { story.doors[$0] }, maximum: terms?.maximum))
      }
    }
    for lane in lanes.values {
      for (place, index) in lane.enumerated() {
        // A newer request counts when it was made before the end, and from its opening on.
        let newer = lane[(place + 1)...].lazy.map { windows[$0] }
          .prefix { $0.requestedAt < windows[index].limit }
          .map { (max($0.requestedAt, $0.grant.opensAt), $0.grant.opensAt) }
        windows[index].takenOver = newer.min { $0 < $1 }
      }
    }
    return windows
  }
}
