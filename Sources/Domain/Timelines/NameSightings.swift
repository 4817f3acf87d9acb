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

  /// The sightings of a set of requests, each name's in the order of ties.
  public init(of requests: [AccessRequest]) {
    for request in requests.sorted(by: AccessRequest.precedes) {
      guard let sighting = NameSightings.sighting(in: request) else { continue }
      byName[sighting.name, default: []].append(sighting.sighting)
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
    // Of several at one instant the first in the order of ties is the earlier one.
    let before =
      split > 0
      ? sightings[..<split].last.map { newest in
        sightings[sightings.partitioningIndex { $0.at >= newest.at }]
      } : nil
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
