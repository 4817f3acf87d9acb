public import Access

/// Finds the windows that the JIT allow rules of one VM name open (semantics 2 and 3).
///
/// Rules are taken in the order in which they begin, and each by what those before it took: so what
/// a rule opens depends on nothing that begins after it.
public struct DoorMatcher {
  /// How long before its request a rule may begin.
  public static let slack = TimeSpan.minutes(2)
  /// How long after a request without a body a rule may begin that tells what it was for.
  public static let inferenceReach = TimeSpan.minutes(15)

  /// A request that a rule may belong to: with what it asked for on VMs of this name, and with what
  /// has been inferred for it.
  struct Slot {
    let request: Int
    let vm: ResourceID
    let port: Int
    let policy: String
    let requestedAt: EventTime
    let place: String
    let end: EventTime
    let sources: [String]
    let isFailed: Bool
    let isInferred: Bool
    /// Where in the request the grant stands.
    let grant: Int
    var nsgs: Set<ResourceID> = []
  }

  let name: KnownVMs.Name
  let known: KnownVMs
  let policies: PolicyBook
  /// The requests, of which the grants are filled in.
  public private(set) var requests: [AccessRequest]
  /// Grants that opened no window.
  public private(set) var unmatched: [RuleEpisode] = []
  /// Those at the first sight of their group that no request tells of: they were there before.
  public private(set) var older: [RuleEpisode] = []
  private var slots: [Slot] = []
  /// Slots by the time of their requests, of which the first `next` were looked at.
  private var waiting: [Int] = []
  private var next = 0
  /// Slots in whose windows the present rule begins.
  private var active: [Int] = []
  /// Requests without a body, and those of them near the beginning of the present rule.
  private var bodyless: [Int] = []
  private var nextBodyless = 0
  private var near: [Int] = []
  private var inferred: Set<Inferred> = []
  private var shown: [ResourceID: [(at: EventTime, address: Network)]] = [:]

  /// A matcher for requests that may concern VMs of a name, in the order of requests.
  ///
  /// Openings and inferred grants that the requests have already stay: they were made by rules that
  /// began before those that will be taken.
  public init(
    _ requests: [AccessRequest], vms name: KnownVMs.Name, known: KnownVMs, policies: PolicyBook
  ) {
    self.name = name
    self.known = known
    self.policies = policies
    self.requests = requests
    for index in requests.indices { addSlots(of: index) }
    waiting = slots.indices.sorted { slots[$0].requestedAt < slots[$1].requestedAt }
    bodyless = requests.indices.filter { !requests[$0].hasBody && requests[$0].refusedAt == nil }
  }

  /// What a request without body has been given.
  private struct Inferred: Hashable {
    let request: Int
    let port: Int
    let nsg: ResourceID
  }

  /// Moves on to a rule that begins at an instant: what ended before it is out of its reach.
  private mutating func move(to begin: EventTime) {
    while next < waiting.count,
      slots[waiting[next]].requestedAt - DoorMatcher.slack <= begin
    {
      active.append(waiting[next])
      next += 1
    }
    active.removeAll { slots[$0].end <= begin }
    while nextBodyless < bodyless.count,
      requests[bodyless[nextBodyless]].requestedAt - DoorMatcher.slack <= begin
    {
      near.append(bodyless[nextBodyless])
      nextBodyless += 1
    }
    near.removeAll { requests[$0].requestedAt + DoorMatcher.inferenceReach < begin }
  }

  private mutating func addSlots(of index: Int) {
    for (place, grant) in requests[index].grants.enumerated()
    where grant.port != nil && KnownVMs.Name(grant.vm) == name {
      addSlot(of: index, grant: place)
    }
  }

  private mutating func addSlot(of index: Int, grant place: Int) {
    let request = requests[index]
    let grant = request.grants[place]
    slots.append(
      Slot(
        request: index, vm: grant.vm, port: grant.port ?? 0,
        policy: request.policy.name.lowercased(), requestedAt: request.requestedAt,
        place: request.place, end: grant.presumedEnd,
        sources: NetworkRule.normalised(grant.sources), isFailed: request.refusedAt != nil,
        isInferred: grant.inferred, grant: place,
        nsgs: Set(grant.openings.lazy.filter { !$0.isCarried }.map(\.nsg))))
    if grant.inferred, let port = grant.port {
      for opening in grant.openings where !opening.isCarried {
        inferred.insert(Inferred(request: index, port: port, nsg: opening.nsg))
      }
    }
  }

  /// Takes the next rule, in the order of their beginnings.
  public mutating func take(_ episode: RuleEpisode) {
    guard let subject = episode.subject, let begin = episode.begin else {
      unmatched.append(episode)
      return
    }
    move(to: begin)
    let rule = episode.versions[0].rule
    var isTaken = false
    var isKnown = false
    for port in Set(rule.ports.compactMap { Int($0) }).sorted() {
      let claim = Claim(
        episode: episode, begin: begin, port: port, policy: subject.policy,
        sources: NetworkRule.normalised(rule.sources),
        address: JITAddress.of(rule))
      let candidates = active.filter { claim.fits(slots[$0]) }
      isKnown = isKnown || !candidates.isEmpty
      if match(claim, candidates) { isTaken = true }
    }
    if isTaken { return }
    if episode.isAtFirstSight, !isKnown { older.append(episode) } else { unmatched.append(episode) }
  }

  private mutating func match(_ claim: Claim, _ candidates: [Int]) -> Bool {
    let vms = Set(candidates.map { slots[$0].vm })
    let fitting = candidates.filter { isPossible(slots[$0].vm, claim, among: vms) }
    let own = fitting.filter {
      !slots[$0].isInferred && !slots[$0].isFailed && slots[$0].sources == claim.sources
    }
    let free = own.filter { !slots[$0].nsgs.contains(claim.nsg) }
    if let best = claim.best(of: free, slots) ?? claim.best(of: own, slots) {
      open(best, claim, isPlain: vms.count == 1)
      return true
    }
    switch infer(claim) {
    case .given: return true
    case .ambiguous: return false
    case .toNone: break
    }
    let further = fitting.filter { slots[$0].isInferred && slots[$0].sources == claim.sources }
    let freeFurther = further.filter { !slots[$0].nsgs.contains(claim.nsg) }
    if let best = claim.best(of: freeFurther, slots) ?? claim.best(of: further, slots) {
      open(best, claim, isPlain: vms.count == 1)
      return true
    }
    let others = fitting.filter {
      !slots[$0].isInferred && !slots[$0].nsgs.contains(claim.nsg)
    }
    guard let best = claim.best(of: others, slots) else { return false }
    open(best, claim, isPlain: vms.count == 1)
    return true
  }

  /// Whether a rule may be for a VM, where several have its name.
  private func isPossible(_ vm: ResourceID, _ claim: Claim, among vms: Set<ResourceID>) -> Bool {
    guard let address = claim.address,
      known.vms(named: name, at: claim.begin).count > 1 || vms.count > 1
    else { return true }
    let showing = vms.filter { hasShown($0, at: claim.begin) == address }
    if !showing.isEmpty { return showing.contains(vm) }
    return hasShown(vm, at: claim.begin).map { $0 == address } ?? true
  }

  private func hasShown(_ vm: ResourceID, at instant: EventTime) -> Network? {
    shown[vm]?.last { $0.at <= instant }?.address
  }

  private mutating func open(_ slot: Int, _ claim: Claim, isPlain: Bool) {
    let (request, grant) = (slots[slot].request, slots[slot].grant)
    slots[slot].nsgs.insert(claim.nsg)
    requests[request].grants[grant].openings.append(claim.opening)
    if isPlain, let address = claim.address {
      shown[slots[slot].vm, default: []].append((claim.begin, address))
    }
  }
}

/// Requests without a readable body: what then happened tells what they were for.
extension DoorMatcher {
  /// What looking for a request without a body comes to.
  private enum Inference {
    case given
    case toNone
    /// Requests of two policies may have been for it: nobody can tell.
    case ambiguous
  }

  private mutating func infer(_ claim: Claim) -> Inference {
    let able = near.filter { isCandidate($0, claim) }
    guard !able.isEmpty else { return .toNone }
    let knownHere = known.vms(named: name, at: claim.begin)
    var groups: [[Candidate]] = [[], [], []]
    for index in able {
      let request = requests[index]
      let noted = request.noted.filter { KnownVMs.Name($0) == name }
      let listed = listedVM(by: request, claim)
      let group =
        listed != nil
        ? 0 : knownHere.contains { $0.resourceGroup == request.policy.resourceGroup } ? 1 : 2
      let named = noted.first ?? listed ?? (knownHere.count == 1 ? knownHere.first : nil)
      groups[group].append(
        Candidate(
          request: index, vm: named ?? constructed(in: request.policy), isNamed: named != nil))
    }
    for (number, group) in groups.enumerated() where !group.isEmpty {
      if number == 2, Set(group.map { requests[$0.request].policy }).count > 1 {
        return .ambiguous
      }
      guard let best = nearest(group, to: claim.begin) else { continue }
      add(claim, to: best)
      return .given
    }
    return .toNone
  }

  private func isCandidate(_ index: Int, _ claim: Claim) -> Bool {
    let request = requests[index]
    guard request.policy.name.lowercased() == claim.policy,
      request.policy.subscription == name.subscription
    else { return false }
    if !request.noted.isEmpty, !request.noted.contains(where: { KnownVMs.Name($0) == name }) {
      return false
    }
    return !inferred.contains(Inferred(request: index, port: claim.port, nsg: claim.nsg))
  }

  private func listedVM(by request: AccessRequest, _ claim: Claim) -> ResourceID? {
    let version = policies.version(of: request.policy, at: request.requestedAt)
    let listed = (version?.body?.vms ?? []).filter { KnownVMs.Name($0) == name }
    guard Set(listed).count > 1 else { return listed.first }
    guard let address = claim.address else { return nil }
    return listed.first { hasShown($0, at: claim.begin) == address }
  }

  private func constructed(in policy: ResourceID) -> ResourceID {
    let group = policy.display.split(separator: "/").prefix(4).joined(separator: "/")
    return ResourceID(
      "/\(group)/providers/Microsoft.Compute/virtualMachines/\(name.name)")
  }

  /// The newest at or before an instant, else the first after it.
  private func nearest(
    _ group: [Candidate], to instant: EventTime
  ) -> Candidate? {
    group.last { requests[$0.request].requestedAt <= instant } ?? group.first
  }

  /// A request that a rule may tell of, with the VM that it would then be for.
  private struct Candidate {
    let request: Int
    let vm: ResourceID
    /// False for a VM that nobody named: it has shown no address, for it may not exist.
    let isNamed: Bool
  }

  private mutating func add(_ claim: Claim, to candidate: Candidate) {
    let (index, vm) = (candidate.request, candidate.vm)
    inferred.insert(Inferred(request: index, port: claim.port, nsg: claim.nsg))
    let place = active.first { slot in
      let known = slots[slot]
      return known.request == index && known.isInferred && known.port == claim.port
        && known.vm == vm
    }
    if let place { return open(place, claim, isPlain: candidate.isNamed) }
    let rule = claim.episode.versions[0].rule
    requests[index].grants.removeAll { $0.port == nil && $0.vm == vm }
    // How others wrote the id must not decide how a verdict reads.
    var grant = AccessGrant(
      vm: ResourceID(vm.canonical), port: claim.port, sources: AccessGrant.sources(of: rule),
      opensAt: claim.begin, endsAt: nil, askedFor: nil, inferred: true)
    let version = policies.version(
      of: requests[index].policy, at: requests[index].requestedAt)
    let limits = version?.body?.port(claim.port, of: vm)
    grant.protocolName = limits?.protocolName
    grant.maximum = limits?.maximum
    requests[index].grants.append(grant)
    addSlot(of: index, grant: requests[index].grants.count - 1)
    active.append(slots.count - 1)
    open(slots.count - 1, claim, isPlain: candidate.isNamed)
  }
}
