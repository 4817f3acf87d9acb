/// The time in which one VM × port of one request stands open.
public struct AccessWindow: Hashable, Sendable {
  /// The VM.
  public var vm: ResourceID
  /// The port.
  public var port: Int
  /// Who asked, as the call says.
  public var actor: Actor
  /// Who it is, when names are looked up among sightings.
  public var actorIdentity: String
  /// The sources: split, without duplicates, sorted.
  public var sources: [String]
  /// When the request was made.
  public var requestedAt: EventTime
  /// When the window opens.
  public var opensAt: EventTime
  /// When it ends; nil when no end is stated or the stated one is not believed.
  public var endsAt: EventTime?
  /// True when the grant was concluded from a rule.
  public var inferred: Bool
  /// The request.
  public var request: String
  /// The request's place among those of one instant.
  public var place: String
  /// The newer request of the same actor that takes over, where there is one.
  public var supersededBy: Superseding?

  /// The request that takes a window over.
  public struct Superseding: Hashable, Sendable {
    /// When the newer request was made.
    public var requestedAt: EventTime
    /// When the newer request opens.
    public var opensAt: EventTime

    /// A takeover by a request made and opening at these instants.
    public init(requestedAt: EventTime, opensAt: EventTime) {
      self.requestedAt = requestedAt
      self.opensAt = opensAt
    }

    /// From when on it counts: made and open.
    public var effectiveAt: EventTime { max(requestedAt, opensAt) }
  }

  /// The window of a grant that names a port, else nil.
  public init?(of grant: AccessGrant, in request: AccessRequest) {
    guard let port = grant.port else { return nil }
    vm = grant.vm
    self.port = port
    actor = request.actor
    actorIdentity = request.actorIdentity
    sources = grant.sources
    requestedAt = request.requestedAt
    opensAt = grant.opensAt
    endsAt = grant.windowEndsAt
    inferred = grant.inferred
    self.request = request.id
    place = request.place
  }

  /// Where a window stands at an instant.
  public enum State: String, Sendable, CaseIterable {
    case pending, open, closing, overdue, closed, revoked, superseded, expired
  }

  /// What tells of the closing.
  public enum ClosedBy: String, Sendable {
    /// A record shows it.
    case evidence
    /// It follows from the clock.
    case presumed
  }

  /// A state with the instant and the proof of the closing.
  public struct Standing: Hashable, Sendable {
    /// The state.
    public var state: State
    /// When it closed, where it did.
    public var closedAt: EventTime?
    /// What tells of the closing.
    public var closedBy: ClosedBy?

    /// A state, closed or not.
    public init(_ state: State, closedAt: EventTime? = nil, closedBy: ClosedBy? = nil) {
      self.state = state
      self.closedAt = closedAt
      self.closedBy = closedBy
    }
  }

  /// The end that superseding and expiry go by: 24 h after the opening where there is none.
  public var presumedEnd: EventTime { endsAt ?? opensAt + .hours(24) }

  /// Where the window stands at an instant: the first line of the table that applies.
  public func standing(at instant: EventTime) -> Standing {
    if endsAt != nil, instant < opensAt { return Standing(.pending) }
    if let supersededBy, supersededBy.effectiveAt <= instant {
      return Standing(.superseded, closedAt: supersededBy.opensAt, closedBy: .evidence)
    }
    if instant < presumedEnd { return Standing(.open) }
    return Standing(.expired, closedAt: presumedEnd, closedBy: .presumed)
  }

  /// True when the window is in force at an instant: asked for by then, and open.
  public func isInForce(at instant: EventTime) -> Bool {
    requestedAt <= instant && standing(at: instant).state == .open
  }
}
