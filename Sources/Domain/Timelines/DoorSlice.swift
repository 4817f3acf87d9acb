public import Access

/// What one VM name's doors come to from an instant on: the step-by-step form of the matching.
///
/// Everything before the instant stays as it is stored; so a slice costs what happened since, and
/// what reaches over the instant.
public struct DoorSlice: Sendable {
  /// The name.
  public var name: KnownVMs.Name
  /// From when on rules are matched anew.
  public var from: EventTime
  /// Up to when requests are at hand.
  public var through: EventTime
  /// The requests that reach over the beginning or were made since, in their order.
  public var requests: [AccessRequest]
  /// Grants that stood at the beginning or began since, by time, as known.
  public var grants: [RuleEpisode]
  /// Which VMs have been named.
  public var known: KnownVMs
  /// The policies of requests without a body.
  public var policies: PolicyBook
  /// The grace after a window's end.
  public var grace: TimeSpan

  /// A slice of what is stored.
  public init(
    name: KnownVMs.Name, from: EventTime, through: EventTime, requests: [AccessRequest],
    grants: [RuleEpisode], known: KnownVMs, policies: PolicyBook, grace: TimeSpan
  ) {
    self.name = name
    self.from = from
    self.through = through
    self.requests = requests
    self.grants = grants
    self.known = known
    self.policies = policies
    self.grace = grace
  }

  /// The requests as they are now, and which grants at a first sight were there before.
  public func refolded() -> (requests: [AccessRequest], older: [RuleEpisode]) {
    let current = Dictionary(
      grants.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
    var matcher = DoorMatcher(
      requests.map { reset($0, current) }, vms: name, known: known, policies: policies)
    for grant in grants where grant.firstSeenAt >= from { matcher.take(grant) }
    let chained = WindowFold.chained(
      matcher.requests, grace: grace,
      isSettled: { [from] grant, request in request.requestedAt < from && grant.opensAt < from },
      vms: { [name] in KnownVMs.Name($0) == name })
    return (chained.map { $0.withNotedGrants.withSortedGrants }, matcher.older)
  }

  /// What tells one rule of a slice from another.
  private struct Key: Hashable {
    let nsg: ResourceID
    let rule: String
    let began: EventTime?

    init(_ episode: RuleEpisode) {
      nsg = episode.nsg
      rule = episode.name.lowercased()
      began = episode.begin
    }

    init(_ opening: Opening) {
      nsg = opening.nsg
      rule = opening.rule.lowercased()
      began = opening.began
    }
  }

  /// A request without what was matched since the beginning, and with the ends of its rules as they
  /// are known now.
  private func reset(_ request: AccessRequest, _ current: [Key: RuleEpisode]) -> AccessRequest {
    var request = request
    for index in request.grants.indices where KnownVMs.Name(request.grants[index].vm) == name {
      let isSettled = request.requestedAt < from && request.grants[index].opensAt < from
      request.grants[index].openings = request.grants[index].openings.compactMap { opening in
        guard opening.isCarried ? isSettled : opening.from < from else { return nil }
        guard let episode = current[Key(opening)] else { return opening }
        var opening = opening
        opening.until = episode.end
        opening.presumed = episode.blanks
        return opening
      }
      if let taken = request.grants[index].supersededBy, taken.requestedAt >= from,
        taken.requestedAt <= through
      {
        request.grants[index].supersededBy = nil
      }
    }
    request.grants.removeAll {
      KnownVMs.Name($0.vm) == name && $0.inferred && $0.port != nil
        && !$0.openings.contains { !$0.isCarried }
    }
    return request
  }
}

extension AccessRequest {
  /// The request with a grant for each VM that a note names and no rule tells of.
  public var withNotedGrants: AccessRequest {
    guard !hasBody, refusedAt == nil, !noted.isEmpty else { return self }
    var request = self
    for vm in noted {
      let isTold = grants.contains { $0.vm == vm }
      if !isTold { request.grants.append(NoteFold.grant(on: vm, of: self)) }
    }
    return request
  }

  /// This request, as its call makes it, with what rules and newer requests have made of another
  /// fold of it.
  public func adopting(_ other: AccessRequest?) -> AccessRequest {
    guard let other else { return self }
    var request = self
    for index in request.grants.indices {
      let grant = request.grants[index]
      guard let same = other.grants.first(where: { $0.vm == grant.vm && $0.port == grant.port })
      else { continue }
      request.grants[index].openings = same.openings
      request.grants[index].supersededBy = same.supersededBy
      request.grants[index].protocolName = same.protocolName
      request.grants[index].maximum = same.maximum
    }
    if !hasBody, refusedAt == nil {
      let concluded = other.grants.filter { $0.inferred && $0.port != nil }
      request.grants.removeAll { grant in concluded.contains { $0.vm == grant.vm } }
      request.grants += concluded
    }
    return request.withSortedGrants
  }

  /// The request with its grants by VM and port.
  var withSortedGrants: AccessRequest {
    var request = self
    request.grants.sort {
      $0.vm != $1.vm ? $0.vm < $1.vm : ($0.port ?? -1) < ($1.port ?? -1)
    }
    return request
  }
}
