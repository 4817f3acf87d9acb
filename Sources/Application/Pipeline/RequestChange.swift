internal import Access

/// A request as it was and as it is; nil where there was or is none.
struct RequestChange {
  var old: AccessRequest?
  var new: AccessRequest?

  /// Both versions that exist.
  var versions: [AccessRequest] { [old, new].compactMap { $0 } }

  /// The same without versions that lie beyond an instant.
  func reached(by instant: EventTime) -> RequestChange {
    func reached(_ request: AccessRequest?) -> AccessRequest? {
      request.flatMap { $0.requestedAt <= instant ? $0 : nil }
    }
    return RequestChange(old: reached(old), new: reached(new))
  }

  /// The version to go by: the new one where there is one.
  var current: AccessRequest? { new ?? old }
}

extension AccessRequest {
  /// Whether everything is the same, the letter case in which ids are shown too: ids are equal in
  /// any case, but explanations show one.
  func isSame(as other: AccessRequest) -> Bool { self == other && canonical == other.canonical }
}

/// What a step has already looked up at the stream time that it moved to.
struct Settled {
  var requests: Set<String> = []
  var notes: Set<EvidenceID> = []

  init() {}

  /// What was looked up: requests that were folded, not those of which only the name was.
  init(folded: [RequestChange], notes: [IdentifiedEvidence]) {
    requests = Set(folded.compactMap { $0.new?.id })
    self.notes = Set(notes.map(\.id))
  }
}
