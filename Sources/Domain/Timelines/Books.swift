public import Access

/// The requests and windows that a set of evidence makes: the batch form of every fold.
///
/// `digest` and `verify` compare it with what was written step by step.
public struct Books: Sendable {
  /// The requests that exist at the instant, by time.
  public let requests: [AccessRequest]
  /// Their windows, by VM, port and time.
  public let windows: [AccessWindow]

  /// Folds evidence as it holds at an instant: calls that begin later are left out.
  public init(of evidence: [IdentifiedEvidence], at instant: EventTime) {
    var keys: [CallKey: [IdentifiedEvidence]] = [:]
    var notes: [IdentifiedEvidence] = []
    for piece in evidence {
      if piece.evidence.isInitiate {
        keys[CallKey(piece.evidence), default: []].append(piece)
      } else if piece.evidence.isNote, piece.evidence.occurredAt <= instant {
        notes.append(piece)
      }
    }
    self.init(keys.values.flatMap(RequestFold.requests), notes, at: instant)
  }

  private init(
    _ all: [AccessRequest], _ notes: [IdentifiedEvidence], at instant: EventTime
  ) {
    var requests = NoteFold.requests(
      all.filter { $0.requestedAt <= instant }.sorted(by: AccessRequest.precedes), with: notes)
    let sightings = NameSightings(of: requests)
    for index in requests.indices {
      requests[index].actorIdentity = sightings.identity(of: requests[index])
    }
    self.requests = requests
    windows = WindowFold.windows(of: requests).sorted(by: AccessWindow.precedes)
  }
}

extension Evidence {
  /// True for a record of an initiate call on a policy.
  public var isInitiate: Bool {
    switch kind {
    case .accessRequested, .accessAccepted, .accessRefused: true
    default: false
    }
  }

  /// True for the provider's own record on a VM.
  public var isNote: Bool { kind == .accessNoted }
}

extension AccessWindow {
  /// By opening, VM, port, request.
  public static func precedes(_ left: AccessWindow, _ right: AccessWindow) -> Bool {
    if left.opensAt != right.opensAt { return left.opensAt < right.opensAt }
    if left.vm != right.vm { return left.vm < right.vm }
    if left.port != right.port { return left.port < right.port }
    return left.request < right.request
  }
}
