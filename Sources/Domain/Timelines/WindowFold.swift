public import Access

/// Says which newer request takes each window over, and which rule a window takes over with it
/// (semantics 3 and 4).
///
/// Windows are taken in the order of their requests, and each by what those before it have: so what
/// a window takes over depends on nothing that was asked for after it.
public enum WindowFold {
  /// The requests with what their windows take over; they are in the order of requests.
  ///
  /// `isSettled` says of which windows the rules that were taken over stay as they are.
  public static func chained(
    _ requests: [AccessRequest], grace: TimeSpan,
    isSettled: (AccessGrant, AccessRequest) -> Bool = { _, _ in false },
    vms: (ResourceID) -> Bool = { _ in true }
  ) -> [AccessRequest] {
    var requests = requests
    var lanes: [Lane: [Place]] = [:]
    for (index, request) in requests.enumerated() where !request.isRefused {
      for (number, grant) in request.grants.enumerated() where vms(grant.vm) {
        guard let port = grant.port else { continue }
        let lane = Lane(vm: grant.vm.canonical, port: port, actor: request.actorIdentity)
        lanes[lane, default: []].append(Place(request: index, grant: number))
      }
    }
    for places in lanes.values { chain(places, in: &requests, grace, isSettled) }
    return requests
  }

  /// The windows of requests: all grants' that name a port and were not refused, or were opened.
  public static func windows(
    of requests: [AccessRequest], grace: TimeSpan = AccessWindow.usualGrace
  ) -> [AccessWindow] {
    requests.flatMap { request in
      request.grants.compactMap { window(of: $0, in: request, grace: grace) }
    }
  }

  /// The window of a grant, where it has one.
  public static func window(
    of grant: AccessGrant, in request: AccessRequest, grace: TimeSpan
  ) -> AccessWindow? {
    guard request.refusedAt == nil || !grant.openings.isEmpty,
      var window = AccessWindow(of: grant, in: request)
    else { return nil }
    window.grace = grace
    return window
  }

  private struct Lane: Hashable {
    let vm: String
    let port: Int
    let actor: String
  }

  private struct Place {
    let request: Int
    let grant: Int
  }

  /// A window that newer requests may still take over.
  private struct Older {
    let place: Place
    let window: AccessWindow
    let until: EventTime
  }

  private static func chain(
    _ places: [Place], in requests: inout [AccessRequest], _ grace: TimeSpan,
    _ isSettled: (AccessGrant, AccessRequest) -> Bool
  ) {
    var alive: [Older] = []
    for place in places {
      let request = requests[place.request]
      let grant = request.grants[place.grant]
      alive.removeAll { $0.until <= request.requestedAt }
      let older = alive.filter { $0.place.request != place.request }
      for one in older { take(over: one.place, by: grant, of: request, in: &requests) }
      if !isSettled(grant, request) {
        requests[place.request].grants[place.grant].openings.removeAll(where: \.isCarried)
        carry(from: older, to: place, in: &requests, grace)
      } else {
        requests[place.request].grants[place.grant].yieldCarried()
      }
      requests[place.request].grants[place.grant].openings.sort(by: Opening.precedes)
      let final = requests[place.request].grants[place.grant]
      guard let window = window(of: final, in: request, grace: grace) else { continue }
      let until = window.supersedableUntil(window.doors(at: .distantFuture))
      alive.append(Older(place: place, window: window, until: until))
    }
  }

  /// Of several requests that take a window over, the one that takes effect first counts.
  private static func take(
    over place: Place, by grant: AccessGrant, of request: AccessRequest,
    in requests: inout [AccessRequest]
  ) {
    let new = AccessGrant.Superseding(requestedAt: request.requestedAt, opensAt: grant.opensAt)
    guard let old = requests[place.request].grants[place.grant].supersededBy else {
      requests[place.request].grants[place.grant].supersededBy = new
      return
    }
    let isEarlier =
      (new.effectiveAt, new.opensAt, new.requestedAt)
      < (old.effectiveAt, old.opensAt, old.requestedAt)
    if isEarlier { requests[place.request].grants[place.grant].supersededBy = new }
  }

  /// Takes over the rules that the newest superseded window has in force, where there is none of
  /// the window's own.
  private static func carry(
    from older: [Older], to place: Place, in requests: inout [AccessRequest], _ grace: TimeSpan
  ) {
    let grant = requests[place.request].grants[place.grant]
    guard window(of: grant, in: requests[place.request], grace: grace) != nil else { return }
    let sources = NetworkRule.normalised(grant.sources)
    let newest = older.last { NetworkRule.normalised($0.window.sources) == sources }
    guard let newest else { return }
    let at = grant.opensAt
    for nsg in Set(newest.window.openings.map(\.nsg)).sorted() {
      let inForce = newest.window.openings.filter {
        $0.nsg == nsg && $0.isSeen(at: at) && isInForce(newest.window.near($0), at: at)
      }
      guard let rule = inForce.max(by: { $0.began < $1.began }) else { continue }
      let own = grant.openings.filter { $0.nsg == nsg && !$0.isCarried }.map(\.from).min()
      if let own, own <= at { continue }
      requests[place.request].grants[place.grant].openings.append(
        Opening(
          nsg: nsg, rule: rule.rule, began: rule.began, from: at, until: rule.until,
          presumed: rule.presumed, isCarried: true, yieldsAt: own))
    }
  }

  /// In force as far as everything tells that is known now: what was refuted since does not count.
  private static func isInForce(_ opening: Opening, at instant: EventTime) -> Bool {
    if let until = opening.until, until <= instant { return false }
    return !opening.presumed.contains { $0.refutedAt == nil && $0.at <= instant }
  }
}

extension AccessGrant {
  /// Says again of rules that were taken over when they yield to the window's own.
  fileprivate mutating func yieldCarried() {
    for index in openings.indices where openings[index].isCarried {
      let nsg = openings[index].nsg
      openings[index].yieldsAt =
        openings.lazy.filter { $0.nsg == nsg && !$0.isCarried }.map(\.from).min()
    }
  }
}
