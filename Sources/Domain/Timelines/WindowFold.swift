public import Access

/// Makes windows of grants and says which newer request takes each of them over (semantics 4).
public enum WindowFold {
  /// One grant of a request, with what superseding needs to know of the request.
  public struct Claim: Hashable, Sendable {
    /// When the request was made.
    public var requestedAt: EventTime
    /// The request.
    public var request: String
    /// Who asked, with names looked up.
    public var actorIdentity: String
    /// When the grant opens.
    public var opensAt: EventTime
    /// The end that superseding goes by.
    public var presumedEnd: EventTime
    /// The request's place among those of one instant.
    public var place: String

    /// A grant as superseding sees it; without a place requests of one instant go by their ids.
    public init(
      requestedAt: EventTime, request: String, actorIdentity: String, opensAt: EventTime,
      presumedEnd: EventTime, place: String? = nil
    ) {
      self.requestedAt = requestedAt
      self.request = request
      self.actorIdentity = actorIdentity
      self.opensAt = opensAt
      self.presumedEnd = presumedEnd
      self.place = place ?? request
    }

    /// The total order of claims: that of their requests.
    public static func precedes(_ left: Claim, _ right: Claim) -> Bool {
      left.requestedAt != right.requestedAt
        ? left.requestedAt < right.requestedAt : left.place < right.place
    }

    /// By when a claim is made and open, then by when it opens, then by the order of requests.
    fileprivate static func takesEffectBefore(_ left: Claim, _ right: Claim) -> Bool {
      let (one, other) = (
        max(left.requestedAt, left.opensAt), max(right.requestedAt, right.opensAt)
      )
      if one != other { return one < other }
      return left.opensAt != right.opensAt ? left.opensAt < right.opensAt : precedes(left, right)
    }
  }

  /// The request that supersedes a window, among not refused claims of its VM × port.
  ///
  /// Of several the one that takes effect first. Only claims made after the window's own and
  /// before its end are looked at; others may be in the list.
  public static func superseding(
    _ window: Claim, among claims: some Sequence<Claim>
  ) -> AccessWindow.Superseding? {
    let newer = claims.lazy.filter { claim in
      claim.actorIdentity == window.actorIdentity && claim.request != window.request
        && Claim.precedes(window, claim) && claim.requestedAt < window.presumedEnd
    }
    return newer.min(by: Claim.takesEffectBefore).map {
      AccessWindow.Superseding(requestedAt: $0.requestedAt, opensAt: $0.opensAt)
    }
  }

  /// The windows of all requests at once, by VM, port and time: the batch form of the fold.
  public static func windows(of requests: [AccessRequest]) -> [AccessWindow] {
    var lanes: [Lane: [AccessWindow]] = [:]
    for request in requests where !request.isRefused {
      for grant in request.grants {
        guard let window = AccessWindow(of: grant, in: request) else { continue }
        let lane = Lane(
          vm: window.vm.canonical, port: window.port, actor: window.actorIdentity)
        lanes[lane, default: []].append(window)
      }
    }
    return lanes.values.flatMap(superseded)
  }

  private struct Lane: Hashable {
    let vm: String
    let port: Int
    let actor: String
  }

  private static func superseded(_ windows: [AccessWindow]) -> [AccessWindow] {
    let sorted = windows.sorted { Claim.precedes($0.claim, $1.claim) }
    let claims = sorted.map(\.claim)
    return sorted.indices.map { index in
      var window = sorted[index]
      // Claims are sorted by request time, so those made before the end are a prefix of the rest.
      let later = claims[(index + 1)...].prefix { $0.requestedAt < window.presumedEnd }
      window.supersededBy = superseding(claims[index], among: later)
      return window
    }
  }
}

extension AccessWindow {
  /// The window as superseding sees it.
  public var claim: WindowFold.Claim {
    WindowFold.Claim(
      requestedAt: requestedAt, request: request, actorIdentity: actorIdentity,
      opensAt: opensAt, presumedEnd: presumedEnd, place: place)
  }
}
