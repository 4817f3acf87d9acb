public import Access

/// Joins the provider's own records on VMs to requests, and fills what these do not say
/// (semantics 2, `accessNoted` and "Inferred grants").
///
/// A note never makes a request. Which notes and requests count at an instant is the caller's
/// choice: notes that occurred and requests that were made by then.
public enum NoteFold {
  /// How far a note without a request of its correlation id may lie from the request it joins.
  public static let span = TimeSpan.minutes(5)

  /// The request that a note joins, nil where there is none.
  ///
  /// Requests may have notes already: what came from a note does not decide.
  public static func request(
    joinedBy note: Evidence, among candidates: some Sequence<AccessRequest>
  ) -> AccessRequest? {
    var ofCall: AccessRequest?
    var ofUser: AccessRequest?
    for request in candidates {
      if isOfCall(note, request), isNearer(request, than: ofCall, to: note) { ofCall = request }
      if isOfUser(note, request), isNearer(request, than: ofUser, to: note) { ofUser = request }
    }
    return ofCall ?? ofUser
  }

  /// A request, as its own call makes it, with the notes that joined it.
  public static func apply(
    _ notes: [IdentifiedEvidence], to request: AccessRequest
  ) -> AccessRequest {
    var request = request
    var vms: [ResourceID: ResourceID] = [:]
    for note in notes.sorted(by: IdentifiedEvidence.precedes) {
      if !request.evidence.contains(note.id) { request.evidence.append(note.id) }
      fill(&request, from: note.evidence.note)
      let vm = note.evidence.resource
      vms[vm] = vms[vm]?.merging(vm) ?? vm
    }
    if !request.hasBody, request.refusedAt == nil {
      request.noted = vms.values.sorted()
      request.grants = vms.values.sorted().map { grant(on: $0, of: request) }
    }
    return request
  }

  /// The instants between which a note can join a request at all.
  public static func reach(of note: Evidence) -> ClosedRange<EventTime> {
    note.occurredAt - CallKey.reach...note.occurredAt + CallKey.reach
  }

  private static func isOfCall(_ note: Evidence, _ request: AccessRequest) -> Bool {
    !note.correlationID.isEmpty && note.correlationID == request.correlationID
      && distance(request, note) <= CallKey.reach
      && (!request.hasBody || request.names(note.resource))
  }

  private static func isOfUser(_ note: Evidence, _ request: AccessRequest) -> Bool {
    guard let user = note.note?.user?.withoutOuterBlanks?.lowercased(), !request.actorIsNoted
    else { return false }
    return distance(request, note) <= span && request.hasBody && request.names(note.resource)
      && (request.actor.name?.lowercased() == user || request.actor.objectID == user)
  }

  private static func distance(_ request: AccessRequest, _ note: Evidence) -> TimeSpan {
    request.requestedAt > note.occurredAt
      ? request.requestedAt - note.occurredAt : note.occurredAt - request.requestedAt
  }

  /// The earlier one at a tie.
  private static func isNearer(
    _ request: AccessRequest, than known: AccessRequest?, to note: Evidence
  ) -> Bool {
    guard let known else { return true }
    let (one, other) = (distance(request, note), distance(known, note))
    return one != other ? one < other : AccessRequest.precedes(request, known)
  }

  private static func fill(_ request: inout AccessRequest, from note: AccessNote?) {
    request.justification = BodyFold.said(request.justification, else: note?.justification)
    guard request.actor.isNobody, let user = note?.user?.withoutOuterBlanks else { return }
    request.actor.name = user
    if request.actor.kind == .unknown { request.actor.kind = .user }
    request.actorIdentity = request.actor.ownIdentity
    request.actorIsNoted = true
  }

  /// All that is known of a VM where neither a body nor a rule tells more.
  static func grant(on vm: ResourceID, of request: AccessRequest) -> AccessGrant {
    AccessGrant(
      vm: vm, port: nil, sources: request.sourceAddress.map { [$0] } ?? [],
      opensAt: request.requestedAt, endsAt: nil, askedFor: nil, inferred: true)
  }
}

/// All notes at once.
extension NoteFold {
  /// Requests in the order of ties, with all the notes that join one of them.
  static func requests(
    _ requests: [AccessRequest], with notes: [IdentifiedEvidence]
  ) -> [AccessRequest] {
    if notes.isEmpty { return requests }
    let index = Index(requests)
    var joined: [Int: [IdentifiedEvidence]] = [:]
    for note in Set(notes) {
      let candidates = index.candidates(for: note.evidence)
      guard let request = request(joinedBy: note.evidence, among: candidates.map { requests[$0] })
      else { continue }
      if let place = candidates.first(where: { requests[$0].id == request.id }) {
        joined[place, default: []].append(note)
      }
    }
    var result = requests
    for (place, notes) in joined { result[place] = apply(notes, to: result[place]) }
    return result
  }

  /// Where requests of a correlation id, or for a VM, stand among all.
  private struct Index {
    private var byCorrelation: [String: [Int]] = [:]
    private var byVM: [ResourceID: [Int]] = [:]
    private let instants: [EventTime]

    init(_ requests: [AccessRequest]) {
      instants = requests.map(\.requestedAt)
      for (place, request) in requests.enumerated() {
        if !request.correlationID.isEmpty {
          byCorrelation[request.correlationID, default: []].append(place)
        }
        for vm in Set(request.grants.map(\.vm)) { byVM[vm, default: []].append(place) }
      }
    }

    func candidates(for note: Evidence) -> [Int] {
      let ofCall = within(NoteFold.reach(of: note), byCorrelation[note.correlationID])
      let near = note.occurredAt - NoteFold.span...note.occurredAt + NoteFold.span
      return Array(ofCall) + within(near, byVM[note.resource])
    }

    private func within(
      _ span: ClosedRange<EventTime>, _ places: [Int]?
    ) -> ArraySlice<Int> {
      guard let places else { return [] }
      let first = places.partitioningIndex { instants[$0] >= span.lowerBound }
      let end = places.partitioningIndex { instants[$0] > span.upperBound }
      return places[first..<end]
    }
  }
}

extension AccessRequest {
  /// True when a body of the call names a VM.
  fileprivate func names(_ vm: ResourceID) -> Bool {
    grants.contains { !$0.inferred && $0.vm == vm }
  }
}
