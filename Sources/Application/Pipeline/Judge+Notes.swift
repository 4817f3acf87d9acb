internal import Access
internal import Ledger
internal import Timelines

/// The provider's own records on VMs join requests and fill what these do not say.
extension Judge {
  /// Joins notes again around requests that changed and around notes that now count.
  func joinNotes(
    around requests: [AccessRequest], and new: [IdentifiedEvidence], streamTime: EventTime
  ) throws(LedgerError) -> [RequestChange] {
    guard ledger.hasNotes else { return [] }
    var notes = Set(new.filter { $0.evidence.occurredAt <= streamTime })
    for request in requests where request.requestedAt <= streamTime {
      notes.formUnion(try self.notes(near: request, upTo: streamTime))
    }
    var touched: [Int64: StoredRequest] = [:]
    for note in notes {
      for row in try candidates(of: note, upTo: streamTime) { touched[row.seq] = row }
    }
    var changes: [RequestChange] = []
    for row in touched.values.sorted(by: { $0.seq < $1.seq }) {
      guard let request = try folded(row, streamTime: streamTime), !request.isSame(as: row.request)
      else {
        continue
      }
      _ = try ledger.replace(row, by: request, call: row.call)
      changes.append(RequestChange(old: row.request, new: request))
    }
    return changes
  }

  /// A stored request as its call makes it, with the notes that join it.
  private func folded(
    _ row: StoredRequest, streamTime: EventTime
  ) throws(LedgerError) -> AccessRequest? {
    guard let call = try ledger.call(of: row) else { return nil }
    let made = RequestFold.requests(of: try ledger.component(of: call))
    guard let own = made.first(where: { $0.id == row.request.id }) else { return nil }
    var joined: [IdentifiedEvidence] = []
    for note in try notes(near: own, upTo: streamTime) {
      let candidates = try candidates(of: note, upTo: streamTime).map(\.request)
      if NoteFold.request(joinedBy: note.evidence, among: candidates)?.id == own.id {
        joined.append(note)
      }
    }
    var request = NoteFold.apply(joined, to: own)
    request = request.adopting(row.request)
    PolicyFold.fill(&request, from: try ledger.policyVersion(for: request))
    request.actorIdentity = try ledger.identity(
      of: request.actor, at: request.requestedAt, streamTime: streamTime)
    return request
  }

  private func notes(
    near request: AccessRequest, upTo streamTime: EventTime
  ) throws(LedgerError) -> [IdentifiedEvidence] {
    try ledger.notes(near: request).filter { $0.evidence.occurredAt <= streamTime }
  }

  private func candidates(
    of note: IdentifiedEvidence, upTo streamTime: EventTime
  ) throws(LedgerError) -> [StoredRequest] {
    try ledger.requests(joinableBy: note.evidence).filter {
      $0.request.requestedAt <= streamTime
    }
  }
}

extension [RequestChange] {
  /// One change a request: as it was at first, and as it is at last.
  var coalesced: [RequestChange] {
    var places: [String: Int] = [:]
    var changes: [RequestChange] = []
    for change in self {
      guard let id = change.current?.id else { continue }
      if let place = places[id] {
        changes[place].new = change.new
      } else {
        places[id] = changes.count
        changes.append(change)
      }
    }
    return changes.filter { change in
      guard let old = change.old, let new = change.new else { return true }
      return !old.isSame(as: new)
    }
  }
}
