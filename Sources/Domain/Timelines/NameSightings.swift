public import Access

/// Which object id a name means: the one with which it was seen nearest in time.
public struct NameSightings: Sendable {
  /// One call in which a name came with an object id.
  public struct Sighting: Hashable, Sendable {
    /// When.
    public var at: EventTime
    /// The object id in lower case.
    public var objectID: String

    /// A sighting.
    public init(at: EventTime, objectID: String) {
      self.at = at
      self.objectID = objectID
    }
  }

  /// How far from a sighting a name still means its object id.
  public static let reach = TimeSpan.days(30)

  private var byName: [String: [Sighting]] = [:]

  /// The sightings of a set of requests.
  public init(of requests: [AccessRequest]) {
    for request in requests {
      guard let sighting = NameSightings.sighting(in: request) else { continue }
      byName[sighting.name, default: []].append(sighting.sighting)
    }
    for name in byName.keys {
      byName[name]?.sort { ($0.at, $0.objectID) < ($1.at, $1.objectID) }
    }
  }

  /// The sighting that a request is, where its actor has both a name and an object id.
  public static func sighting(
    in request: AccessRequest
  ) -> (name: String, sighting: Sighting)? {
    guard let name = request.actor.name?.lowercased(), let objectID = request.actor.objectID,
      name != objectID
    else { return nil }
    return (name, Sighting(at: request.requestedAt, objectID: objectID))
  }

  /// Who a request's actor is.
  public func identity(of request: AccessRequest) -> String {
    guard request.actor.needsSighting, let name = request.actor.name?.lowercased() else {
      return request.actor.ownIdentity
    }
    let sightings = byName[name] ?? []
    let split = sightings.partitioningIndex { $0.at > request.requestedAt }
    let before = split > 0 ? sightings[split - 1] : nil
    let after = split < sightings.count ? sightings[split] : nil
    return NameSightings.nearest(to: request.requestedAt, before: before, after: after)?.objectID
      ?? name
  }

  /// The nearer of the newest sighting before or at an instant and the first one after it, within
  /// reach; the earlier at a tie.
  public static func nearest(
    to instant: EventTime, before: Sighting?, after: Sighting?
  ) -> Sighting? {
    let near = [before, after].compactMap { $0 }.filter {
      let distance = $0.at > instant ? $0.at - instant : instant - $0.at
      return distance <= reach
    }
    guard near.count == 2 else { return near.first }
    return instant - near[0].at <= near[1].at - instant ? near[0] : near[1]
  }
}

extension Array {
  /// The first index whose element satisfies the predicate, in an array that is sorted by it.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
