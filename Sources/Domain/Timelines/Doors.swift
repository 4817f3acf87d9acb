public import Access

/// Which rules opened which windows, of all VMs at once: the batch form.
struct Doors {
  /// The requests, with what opened their windows.
  private(set) var requests: [AccessRequest]
  /// The rules; those at a first sight of which no request tells were there before.
  private(set) var episodes: [RuleEpisode]
  /// The grants that opened no window.
  private(set) var unmatched: [RuleEpisode] = []

  /// Matches all grants among rules to requests, which are in their order.
  init(
    _ requests: [AccessRequest], _ episodes: [RuleEpisode], _ policies: PolicyBook,
    known: KnownVMs
  ) {
    self.requests = requests
    // What was there at a first sight and names no VM was there before: no request can tell of it.
    self.episodes = episodes.filter { !$0.isGrant || $0.subject == nil }.map {
      $0.isAtFirstSight ? $0.withoutBeginning : $0
    }
    var groups: [KnownVMs.Name: [RuleEpisode]] = [:]
    for episode in episodes where episode.isGrant {
      guard let subject = episode.subject else {
        if !episode.isAtFirstSight { unmatched.append(episode) }
        continue
      }
      groups[
        KnownVMs.Name(subscription: episode.nsg.subscription ?? "", name: subject.vm),
        default: []
      ].append(episode)
    }
    let index = Index(requests)
    for (name, grants) in groups.sorted(by: { $0.key < $1.key }) {
      match(grants, name, index.requests(for: name, grants), policies, known)
    }
    self.episodes.sort(by: RuleEpisode.precedes)
  }

  private mutating func match(
    _ grants: [RuleEpisode], _ name: KnownVMs.Name, _ places: [Int], _ policies: PolicyBook,
    _ known: KnownVMs
  ) {
    var matcher = DoorMatcher(
      places.map { requests[$0] }, vms: name, known: known, policies: policies)
    for episode in grants { matcher.take(episode) }
    for (place, request) in zip(places, matcher.requests) {
      requests[place] = request.withNotedGrants.withSortedGrants
    }
    unmatched += matcher.unmatched
    let older = Set(matcher.older)
    episodes += grants.map { older.contains($0) ? $0.withoutBeginning : $0 }
  }

  /// Where requests for VMs of a name, and requests without body on policies of a name, stand.
  private struct Index {
    private var byName: [KnownVMs.Name: [Int]] = [:]
    private var bodyless: [KnownVMs.Name: [Int]] = [:]

    init(_ requests: [AccessRequest]) {
      for (place, request) in requests.enumerated() {
        if request.hasBody || request.refusedAt != nil {
          for name in Set(
            request.grants.lazy.filter { $0.port != nil }.map { KnownVMs.Name($0.vm) })
          {
            byName[name, default: []].append(place)
          }
        } else {
          // A policy is known by its name and subscription, as a VM is.
          bodyless[KnownVMs.Name(request.policy), default: []].append(place)
        }
      }
    }

    func requests(for name: KnownVMs.Name, _ grants: [RuleEpisode]) -> [Int] {
      let policies = Set(grants.compactMap { $0.subject?.policy })
      let own = byName[name] ?? []
      let others = policies.flatMap {
        bodyless[KnownVMs.Name(subscription: name.subscription, name: $0)] ?? []
      }
      return (own + others).sorted()
    }
  }
}

extension RuleEpisode {
  /// The same rule, which was there since before its group was first seen.
  public var withoutBeginning: RuleEpisode {
    var episode = self
    episode.begin = nil
    episode.author = nil
    episode.byDefender = false
    episode.isAtFirstSight = false
    return episode
  }

  /// The rule as far as an instant tells, or nil when it began later: a first sight tells of every
  /// earlier instant.
  public func known(at instant: EventTime) -> RuleEpisode? {
    if let begin, begin > instant { return nil }
    var episode = self
    let first = versions[0]
    episode.versions = [first] + versions.dropFirst().filter { $0.at <= instant }
    if let end, end > instant {
      episode.end = nil
      episode.remover = nil
      episode.endEvidence = []
    }
    episode.blanks = blanks.filter { $0.at <= instant }.map { blank in
      Opening.Presumption(
        at: blank.at, refutedAt: blank.refutedAt.flatMap { $0 <= instant ? $0 : nil })
    }
    return episode
  }
}
