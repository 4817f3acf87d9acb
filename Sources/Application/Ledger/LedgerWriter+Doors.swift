public import Access
internal import SQLite
public import Timelines

/// Names, rules and the requests that they may open.
extension LedgerWriter {
  /// Notes that a VM was named, and since when; nil = it is only concluded.
  func noteVM(_ vm: ResourceID, since instant: EventTime?) throws(SQLiteError) {
    let name = KnownVMs.Name(vm)
    if try named.note(vm, as: NamedTable.text(name), since: instant) { newNames.insert(name) }
  }

  /// Notes the VMs and the policy that a request names.
  func noteNames(of request: AccessRequest) throws(SQLiteError) {
    for grant in request.grants {
      try noteVM(grant.vm, since: grant.inferred ? nil : request.requestedAt)
    }
    let policy = request.policy
    _ = try named.note(
      policy, as: NamedTable.policyText(KnownVMs.Name(policy)), since: request.requestedAt)
  }

  /// The names that mean more than they did, of which several VMs share one; each is told once.
  public func takeNewSharedNames() throws(LedgerError) -> [KnownVMs.Name] {
    defer { newNames = [] }
    var shared: [KnownVMs.Name] = []
    for name in newNames.sorted() {
      let isShared = try guarded { () throws(SQLiteError) in
        try named.meanings(of: NamedTable.text(name)).filter { $0.since != nil }.count > 1
      }
      if isShared { shared.append(name) }
    }
    return shared
  }

  /// The names that requests of one instant of a policy may be given VMs of: those of the grants
  /// that began near.
  public func names(
    grantedBy policy: ResourceID, near instant: EventTime
  ) throws(LedgerError) -> Set<KnownVMs.Name> {
    try guarded { () throws(SQLiteError) in
      let span =
        instant - DoorMatcher.slack - .seconds(1)...instant + DoorMatcher.inferenceReach
      var names: Set<KnownVMs.Name> = []
      for stored in try rules.grants(by: KnownVMs.Name(policy), begunIn: span) {
        guard let subject = stored.episode.subject else { continue }
        names.insert(
          KnownVMs.Name(
            subscription: stored.episode.nsg.subscription ?? "", name: subject.vm))
      }
      return names
    }
  }

  /// Whether several VMs have a name.
  public func isShared(_ name: KnownVMs.Name) throws(LedgerError) -> Bool {
    try guarded { () throws(SQLiteError) in
      try named.meanings(of: NamedTable.text(name)).filter { $0.since != nil }.count > 1
    }
  }

  /// What a VM name's doors hang together with from an instant on, up to another.
  ///
  /// At most so many requests; then the slice ends before the end.
  public func doorSlice(
    _ name: KnownVMs.Name, from: EventTime, through: EventTime, limit: Int, grace: TimeSpan
  ) throws(LedgerError) -> (slice: DoorSlice, stored: [StoredRequest], grants: [StoredEpisode]) {
    try guarded { () throws(SQLiteError) in
      let meanings = try named.meanings(of: NamedTable.text(name))
      var known = KnownVMs()
      for meaning in meanings {
        if let since = meaning.since { known.note(meaning.resource, at: since) }
      }
      var found: [Int64: StoredRequest] = [:]
      var end = through
      for meaning in meanings {
        let vm = meaning.resource
        var seqs = try grants.requests(reaching: from, of: vm)
        let later = try grants.requests(naming: vm, in: from...max(from, through), limit: limit)
        seqs.formUnion(later)
        for seq in seqs where found[seq] == nil { found[seq] = try requests.at(seq) }
        if later.count >= limit {
          let last = later.compactMap { found[$0]?.request.requestedAt }.max() ?? through
          end = min(end, last)
        }
      }
      let episodes = try episodes(name, from: from, through: end)
      try addBodyless(near: episodes, from: from, to: &found, through: end)
      let stored = found.values.filter { $0.request.requestedAt <= end }
        .sorted { AccessRequest.precedes($0.request, $1.request) }
      let versions = try versions(forBodyless: stored)
      let slice = DoorSlice(
        name: name, from: from, through: end, requests: stored.map(\.request),
        grants: episodes.compactMap { $0.episode.known(at: through) }, known: known,
        policies: PolicyBook(versions), grace: grace)
      return (slice, stored, episodes)
    }
  }

  private func episodes(
    _ name: KnownVMs.Name, from: EventTime, through: EventTime
  ) throws(SQLiteError) -> [StoredEpisode] {
    let all =
      try rules.grants(for: name, livingAt: from)
      + rules.grants(for: name, begunIn: from...max(from, through))
    return all.sorted { RuleEpisode.precedes($0.episode, $1.episode) }
  }

  private func addBodyless(
    near episodes: [StoredEpisode], from: EventTime, to found: inout [Int64: StoredRequest],
    through end: EventTime
  ) throws(SQLiteError) {
    for stored in episodes where stored.episode.firstSeenAt >= from {
      guard let subject = stored.episode.subject else { continue }
      let begin = stored.episode.firstSeenAt
      let span = begin - DoorMatcher.inferenceReach...min(begin + DoorMatcher.slack, end)
      guard span.lowerBound <= span.upperBound else { continue }
      let name = KnownVMs.Name(
        subscription: stored.episode.nsg.subscription ?? "", name: subject.policy)
      for policy in try named.meanings(of: NamedTable.policyText(name)) {
        for request in try requests.bodyless(on: policy.resource, in: span) {
          found[request.seq] = request
        }
      }
    }
  }

  private func versions(
    forBodyless stored: [StoredRequest]
  ) throws(SQLiteError) -> [PolicyVersion] {
    var versions: [PolicyVersion] = []
    var done: Set<String> = []
    for row in stored where !row.request.hasBody {
      let request = row.request
      guard let version = try policyVersion(of: request.policy, at: request.requestedAt),
        done.insert("\(request.policy.canonical) \(version.at.ticks)").inserted
      else { continue }
      versions.append(version)
    }
    return versions
  }

  /// Says of grants at the first sight of their groups whether they were there before.
  public func setOlder(_ isOlder: Bool, _ stored: StoredEpisode) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in try rules.setOlder(isOlder, stored.seq) }
  }

  /// The earliest request that a rule opens, of those that are stored.
  public func firstHolder(of episode: RuleEpisode) throws(LedgerError) -> EventTime? {
    guard let begin = episode.begin else { return nil }
    return try guarded { () throws(SQLiteError) in
      var first: EventTime?
      for seq in try rules.holders(of: episode.nsg, began: begin) {
        guard let row = try requests.at(seq) else { continue }
        first = min(first ?? row.request.requestedAt, row.request.requestedAt)
      }
      return first
    }
  }
}
