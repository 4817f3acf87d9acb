/// One VM × port of a request.
public struct AccessGrant: Hashable, Sendable {
  /// The VM.
  public var vm: ResourceID
  /// The port; nil only where nothing but the VM is known.
  public var port: Int?
  /// The sources: split, without duplicates, sorted.
  public var sources: [String]
  /// When access starts.
  public var opensAt: EventTime
  /// The stated end, where it lies after the start.
  public var endsAt: EventTime?
  /// How long was asked for, where the bodies say.
  public var askedFor: TimeSpan?
  /// True when the grant was concluded from a rule and not from a body.
  public var inferred: Bool
  /// The protocol by the policy in force when it was asked for.
  public var protocolName: String?
  /// The longest time by the policy in force when it was asked for.
  public var maximum: TimeSpan?
  /// The rules that opened it.
  public var openings: [Opening]
  /// The newer request of the same actor that takes over, where there is one.
  public var supersededBy: Superseding?

  /// One VM × port.
  public init(
    vm: ResourceID, port: Int?, sources: [String], opensAt: EventTime, endsAt: EventTime?,
    askedFor: TimeSpan?, inferred: Bool
  ) {
    self.vm = vm
    self.port = port
    self.sources = sources
    self.opensAt = opensAt
    self.endsAt = endsAt
    self.askedFor = askedFor
    self.inferred = inferred
    openings = []
  }

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

  /// The longest stated end that a window believes.
  public static let longestWindow = TimeSpan.days(7)

  /// The end of the window: nil when none is stated or it is more than 7 d after the opening.
  public var windowEndsAt: EventTime? {
    guard let endsAt, endsAt <= opensAt + AccessGrant.longestWindow else { return nil }
    return endsAt
  }

  /// The end that superseding and expiry go by: 24 h after the opening where there is none.
  public var presumedEnd: EventTime { windowEndsAt ?? opensAt + .hours(24) }
}

extension AccessGrant {
  /// Whether an opening rule was seen by an instant.
  public func isOpened(at instant: EventTime) -> Bool {
    openings.contains { $0.isSeen(at: instant) }
  }

  /// The grant with what is known of its rules at an instant.
  public func known(at instant: EventTime) -> AccessGrant {
    var grant = self
    if let taken = supersededBy, taken.requestedAt > instant { grant.supersededBy = nil }
    grant.openings = openings.filter { $0.from <= instant }.map { $0.known(at: instant) }
    return grant
  }
}
