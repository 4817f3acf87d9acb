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
  /// The longest time by the policy in force when it was asked for.
  public var maximum: TimeSpan?
  /// The rules that opened it.
  public var openings: [Opening]
  /// True when a Failure was seen: then it is a window only as far as a rule opened it.
  public var isFailed: Bool
  /// How long after the end the rule may still stand.
  public var grace: TimeSpan
  /// The newer request of the same actor that takes over, where there is one.
  public var supersededBy: AccessGrant.Superseding?

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
    maximum = grant.maximum
    openings = grant.openings
    supersededBy = grant.supersededBy
    isFailed = request.refusedAt != nil
    grace = AccessWindow.usualGrace
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

  /// The grace after the end where the settings say nothing.
  public static let usualGrace = TimeSpan.minutes(15)

  /// The end that matching goes by: 24 h after the opening where there is none.
  public var presumedEnd: EventTime { endsAt ?? opensAt + .hours(24) }

  /// The end that superseding goes by, as far as an instant tells: the stated one, else 24 h after
  /// the opening where no rule was seen; and the removal of the rule.
  public func supersedableUntil(_ state: OpeningState) -> EventTime {
    let end = endsAt ?? (state.isSeen ? .distantFuture : presumedEnd)
    return min(end, state.shownRemoval ?? .distantFuture)
  }

  /// From when on a rule that still stands is overdue.
  public var overdueFrom: EventTime {
    endsAt.map { $0 + grace } ?? opensAt + (maximum ?? .hours(24)) + grace
  }

  /// The state of the opening rules at an instant; removals are presumed near the end only.
  public func doors(at instant: EventTime) -> OpeningState {
    OpeningState(openings.map(near), at: instant)
  }

  /// An opening with those presumed removals that lie near the window's end.
  public func near(_ opening: Opening) -> Opening {
    var opening = opening
    let span = endsAt.map { $0 - .minutes(1)...$0 + grace }
    opening.presumed.removeAll { span?.contains($0.at) != true }
    return opening
  }

  /// Where the window stands at an instant: the first line of the table that applies.
  public func standing(at instant: EventTime) -> Standing {
    if endsAt != nil, instant < opensAt { return Standing(.pending) }
    if let supersededBy, supersededBy.effectiveAt <= instant {
      return Standing(.superseded, closedAt: supersededBy.opensAt, closedBy: .evidence)
    }
    let doors = doors(at: instant)
    if let removal = doors.removal {
      let isEarly = endsAt.map { removal.at < $0 - .seconds(60) } ?? false
      return Standing(
        isEarly ? .revoked : .closed, closedAt: removal.at,
        closedBy: removal.isPresumed ? .presumed : .evidence)
    }
    guard let endsAt else { return endless(doors, at: instant) }
    if instant < endsAt { return Standing(.open) }
    if !doors.isSeen { return Standing(.expired, closedAt: endsAt, closedBy: .presumed) }
    return Standing(instant < endsAt + grace ? .closing : .overdue)
  }

  private func endless(_ doors: OpeningState, at instant: EventTime) -> Standing {
    if doors.isSeen { return Standing(instant < overdueFrom ? .open : .overdue) }
    if instant < presumedEnd { return Standing(.open) }
    return Standing(.expired, closedAt: presumedEnd, closedBy: .presumed)
  }

  /// True when the window is in force at an instant: asked for by then, and its rule in force, or
  /// open without a rule that was seen.
  public func isInForce(at instant: EventTime) -> Bool {
    guard requestedAt <= instant else { return false }
    let doors = doors(at: instant)
    if doors.isSeen { return doors.isInForce }
    return !isFailed && standing(at: instant).state == .open
  }

  /// Whether there is a window at all at an instant: a refused request has one only by a rule.
  public func exists(at instant: EventTime) -> Bool {
    requestedAt <= instant && (!isFailed || openings.contains { $0.isSeen(at: instant) })
  }
}
