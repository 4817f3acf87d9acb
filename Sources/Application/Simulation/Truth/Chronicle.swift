internal import Access

/// Everything that is true about a story's calls, in the order of time.
struct Chronicle {
  let estate: Estate
  let facts: [Fact]
  let windows: [FactWindow]

  init(_ story: Story) {
    estate = story.estate
    facts = Chronicle.identified(story.calls.map { Fact($0, in: story.estate) }, in: story.estate)
      .sorted(by: Fact.precedes)
    windows = Chronicle.windows(of: facts)
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

  private static func windows(of facts: [Fact]) -> [FactWindow] {
    var windows: [FactWindow] = []
    var lanes: [Lane: [Int]] = [:]
    for (index, fact) in facts.enumerated() where !fact.isRefused {
      for grant in fact.grants {
        let lane = Lane(identity: fact.identity, machine: grant.machine, port: grant.port)
        lanes[lane, default: []].append(windows.count)
        windows.append(FactWindow(fact: index, grant: grant, requestedAt: fact.requestedAt))
      }
    }
    for lane in lanes.values {
      for (place, index) in lane.enumerated() {
        // A newer request counts when it was made before the end, and from its opening on.
        let newer = lane[(place + 1)...].lazy.map { windows[$0] }
          .prefix { $0.requestedAt < windows[index].over }
          .map { (max($0.requestedAt, $0.grant.opensAt), $0.grant.opensAt) }
        windows[index].takenOver = newer.min { $0 < $1 }
      }
    }
    return windows
  }
}
