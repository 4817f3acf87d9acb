public import Access

/// The requests, windows and rules that a set of evidence makes: the batch form of every fold.
///
/// `digest` and `verify` compare it with what was written step by step.
public struct Books: Sendable {
  /// The requests that exist at the instant, by time.
  public let requests: [AccessRequest]
  /// Their windows, by VM, port and time.
  public let windows: [AccessWindow]
  /// The rules of all groups, as they are known at the instant, by time.
  public let episodes: [RuleEpisode]
  /// The grants of Defender that opened no window.
  public let unmatched: [RuleEpisode]
  /// The versions of all policies.
  public let policies: PolicyBook

  /// Folds evidence as it holds at an instant: calls that begin later are left out.
  public init(
    of evidence: [IdentifiedEvidence], at instant: EventTime,
    settings: BooksSettings = BooksSettings()
  ) {
    let sorted = EvidenceByFamily(evidence)
    var requests = NoteFold.requests(
      sorted.initiates.flatMap(RequestFold.requests)
        .filter { $0.requestedAt <= instant }.sorted(by: AccessRequest.precedes),
      with: sorted.notes.filter { $0.evidence.occurredAt <= instant })
    let sightings = NameSightings(of: requests)
    let policies = PolicyBook(sorted.policies.lazy.filter { $0.at <= instant || $0.isObserved })
    for index in requests.indices {
      requests[index].actorIdentity = sightings.identity(of: requests[index])
      PolicyFold.fill(
        &requests[index],
        from: policies.version(of: requests[index].policy, at: requests[index].requestedAt))
    }
    let episodes = sorted.ruleCalls(settings.defender).values
      .flatMap(RuleSetFold.episodes).compactMap { $0.known(at: instant) }
    let doors = Doors(
      requests, episodes.sorted(by: RuleEpisode.precedes), policies,
      known: sorted.known(requests, policies, at: instant))
    self.requests = WindowFold.chained(doors.requests, grace: settings.grace).map { request in
      var request = request
      request.grants = request.grants.map { $0.known(at: instant) }
      return request
    }
    self.episodes = doors.episodes
    self.policies = policies
    unmatched = doors.unmatched
    windows = WindowFold.windows(of: self.requests, grace: settings.grace)
      .filter { $0.exists(at: instant) }.sorted(by: AccessWindow.precedes)
  }
}

/// Evidence by the folds that it goes into.
struct EvidenceByFamily {
  var initiates: [[IdentifiedEvidence]] = []
  var notes: [IdentifiedEvidence] = []
  var policies: [PolicyVersion] = []
  var others: [IdentifiedEvidence] = []
  private var rules: [[IdentifiedEvidence]] = []

  init(_ evidence: [IdentifiedEvidence]) {
    var keys: [CallKey: [IdentifiedEvidence]] = [:]
    for piece in evidence {
      if piece.evidence.isNote {
        notes.append(piece)
      } else if piece.evidence.isSession {
        others.append(piece)
      } else {
        keys[CallKey(piece.evidence), default: []].append(piece)
      }
    }
    for pieces in keys.values {
      let first = pieces[0].evidence
      if first.isInitiate {
        initiates.append(pieces)
      } else if first.isRule {
        rules.append(pieces)
      } else if first.isPolicy {
        policies += CallStitcher.calls(of: pieces).compactMap(PolicyFold.version)
      } else {
        others += pieces
      }
    }
  }

  /// The calls that tell of rules, by group and time.
  func ruleCalls(_ defender: Set<String>) -> [ResourceID: [RuleCall]] {
    var calls: [ResourceID: [(call: Call, rule: RuleCall)]] = [:]
    for pieces in rules {
      for call in CallStitcher.calls(of: pieces) {
        guard let rule = RuleCall(call, defender: defender) else { continue }
        calls[rule.nsg, default: []].append((call, rule))
      }
    }
    return calls.mapValues { calls in
      calls.sorted { IdentifiedEvidence.precedes($0.call.records[0], $1.call.records[0]) }
        .map(\.rule)
    }
  }

  /// The VMs that requests, policies, sessions and ways around name.
  func known(
    _ requests: [AccessRequest], _ policies: PolicyBook, at instant: EventTime
  ) -> KnownVMs {
    var known = KnownVMs()
    for request in requests { known.note(request) }
    for policy in policies.policies {
      for version in policies.versions(of: policy) { known.note(version) }
    }
    for piece in others where piece.evidence.occurredAt <= instant {
      if let vm = piece.evidence.reachedVM { known.note(vm, at: piece.evidence.occurredAt) }
    }
    return known
  }
}

extension Evidence {
  /// True for a record of an initiate call on a policy.
  public var isInitiate: Bool {
    switch kind {
    case .accessRequested, .accessAccepted, .accessRefused: true
    default: false
    }
  }

  /// True for the provider's own record on a VM.
  public var isNote: Bool { kind == .accessNoted }

  /// The VM that a session or a way around reaches.
  public var reachedVM: ResourceID? {
    switch kind {
    case .sessionOpened, .sessionRefused, .sessionClosed: session?.vm
    case .bypassUsed: resource.virtualMachine
    default: nil
    }
  }
}

extension AccessWindow {
  /// By opening, VM, port, request.
  public static func precedes(_ left: AccessWindow, _ right: AccessWindow) -> Bool {
    if left.opensAt != right.opensAt { return left.opensAt < right.opensAt }
    if left.vm != right.vm { return left.vm < right.vm }
    if left.port != right.port { return left.port < right.port }
    return left.request < right.request
  }
}
