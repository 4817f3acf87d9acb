/// One initiate call: who asked for what, why, and what came of it.
public struct AccessRequest: Hashable, Sendable {
  /// SHA-256 text of (correlationId, resource, date, number), else the call's smallest evidence id.
  public var id: String
  /// The earliest record of the call.
  public var requestedAt: EventTime
  /// Who asked, as the call says.
  public var actor: Actor
  /// Who it is, when names are looked up among sightings: object id, else name, in lower case.
  public var actorIdentity: String
  /// True when the call names nobody and the actor comes from the provider's own record.
  public var actorIsNoted: Bool
  /// The caller's address.
  public var sourceAddress: String?
  /// The role that the caller was authorised by.
  public var role: String?
  /// Why access is asked for.
  public var justification: String?
  /// The policy that the call was made on.
  public var policy: ResourceID
  /// The call's correlation id; empty where it has none.
  public var correlationID: String
  /// The first Accept or Success.
  public var acceptedAt: EventTime?
  /// The first Failure.
  public var refusedAt: EventTime?
  /// What the first Failure says.
  public var error: ErrorDetail?
  /// The VMs that the provider's own records name which have joined a call without body.
  public var noted: [ResourceID]
  /// True when a body of some phase could be read.
  public var hasBody: Bool
  /// What was asked for, one per VM × port.
  public var grants: [AccessGrant]
  /// The evidence of the call, in the order of ties.
  public var evidence: [EvidenceID]

  /// A request with nothing known yet but its call.
  public init(id: String, requestedAt: EventTime, actor: Actor, policy: ResourceID) {
    self.id = id
    self.requestedAt = requestedAt
    self.actor = actor
    actorIdentity = actor.ownIdentity
    actorIsNoted = false
    self.policy = policy
    correlationID = ""
    noted = []
    hasBody = false
    grants = []
    evidence = []
  }

  /// How a request, or one of its grants, came out.
  public enum Outcome: String, Sendable, CaseIterable {
    /// The opening rule was seen.
    case granted
    /// A Failure was seen.
    case refused
    /// An Accept or Success was seen.
    case accepted
    /// Only a Start, 30 minutes of stream time after it.
    case unknown
    /// Only a Start so far.
    case pending
  }

  /// How long after the request a Start alone is still waited for.
  public static let patience = TimeSpan.minutes(30)

  /// The outcome at an instant: the best of its grants, by the phases alone where it has none.
  public func outcome(at instant: EventTime) -> Outcome {
    grants.contains { $0.isOpened(at: instant) } ? .granted : phaseOutcome(at: instant)
  }

  /// The outcome of a grant at an instant.
  public func outcome(of grant: AccessGrant, at instant: EventTime) -> Outcome {
    grant.isOpened(at: instant) ? .granted : phaseOutcome(at: instant)
  }

  private func phaseOutcome(at instant: EventTime) -> Outcome {
    if refusedAt != nil { return .refused }
    if acceptedAt != nil { return .accepted }
    return instant >= requestedAt + AccessRequest.patience ? .unknown : .pending
  }

  /// True when a Failure was seen and nothing opened.
  public var isRefused: Bool {
    refusedAt != nil && !grants.contains { !$0.openings.isEmpty }
  }

  /// The total order of requests: time, then resource, correlation id, phase, id.
  public static func precedes(_ left: AccessRequest, _ right: AccessRequest) -> Bool {
    if left.requestedAt != right.requestedAt { return left.requestedAt < right.requestedAt }
    return left.place < right.place
  }

  /// The place among the requests of one instant, as text that sorts: resource, correlation id,
  /// phase of the first record, id.
  public var place: String {
    // Only calls without correlation id can share the texts before it, and they have one phase.
    let phase: Phase =
      refusedAt == requestedAt ? .failure : acceptedAt == requestedAt ? .accept : .start
    return "\(policy.canonical)\u{0}\(correlationID)\u{0}\(phase.rawValue)\u{0}\(id)"
  }
}
