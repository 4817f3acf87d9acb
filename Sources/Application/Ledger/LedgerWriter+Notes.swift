public import Access
internal import SQLite
internal import Timelines

/// The provider's own records on VMs, and the requests that they may join.
extension LedgerWriter {
  /// Whether there is no such record at all, which spares looking for them.
  public var hasNotes: Bool { !notes.isEmpty }

  /// The notes that may join a request: those of its correlation id, and those near it on the VMs
  /// that its bodies name.
  public func notes(
    near request: AccessRequest
  ) throws(LedgerError) -> [IdentifiedEvidence] {
    try guarded { () throws(SQLiteError) in
      var found: Set<IdentifiedEvidence> = []
      if !request.correlationID.isEmpty {
        let hash = CallKey.stableHash(of: request.correlationID)
        let day = request.requestedAt.day
        for day in (day - 1)...(day + 1) {
          found.formUnion(
            try evidence.records(withHash: hash, on: day).filter {
              $0.evidence.isNote && $0.evidence.correlationID == request.correlationID
            })
        }
      }
      let span = request.requestedAt - NoteFold.span...request.requestedAt + NoteFold.span
      for vm in Set(request.grants.lazy.filter { !$0.inferred }.map(\.vm)) {
        for seq in try notes.of(vm, in: span) {
          if let note = try evidence.identified(at: seq) { found.insert(note) }
        }
      }
      return Array(found)
    }
  }

  /// All notes after an instant, up to another.
  public func notes(
    after from: EventTime, through to: EventTime
  ) throws(LedgerError) -> [IdentifiedEvidence] {
    try guarded { () throws(SQLiteError) in
      var found: [IdentifiedEvidence] = []
      for seq in try notes.between(from, to) {
        if let note = try evidence.identified(at: seq) { found.append(note) }
      }
      return found
    }
  }

  /// The requests that a note may join.
  public func requests(
    joinableBy note: Evidence
  ) throws(LedgerError) -> [StoredRequest] {
    try guarded { () throws(SQLiteError) in
      var found: [Int64: StoredRequest] = [:]
      if !note.correlationID.isEmpty {
        let day = note.occurredAt.day
        let hash = CallKey.stableHash(of: note.correlationID)
        for row in try requests.ofCall(hash, days: (day - 1)...(day + 1))
        where row.request.correlationID == note.correlationID {
          found[row.seq] = row
        }
      }
      let span = note.occurredAt - NoteFold.span...note.occurredAt + NoteFold.span
      for seq in try grants.requests(naming: note.resource, in: span) {
        if let row = try requests.at(seq) { found[seq] = row }
      }
      return found.values.sorted { $0.seq < $1.seq }
    }
  }

  /// The call that made a request, with the day of its first record.
  public func call(of stored: StoredRequest) throws(LedgerError) -> TouchedCall? {
    try guarded { () throws(SQLiteError) in
      guard let first = stored.request.evidence.first,
        let key = try evidence.key(of: first, withHash: stored.call)
      else { return nil }
      return TouchedCall(key: key, day: first.day, family: .initiate)
    }
  }
}
