public import Access
internal import Hashing
internal import SQLite
internal import Timelines

/// The provider's own records on VMs, and requests as they were before some of them came.
extension LedgerReader {
  /// The notes on a VM in a span, by time.
  public func notes(
    on vm: ResourceID, in span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [IdentifiedEvidence] {
    try guarded { () throws(SQLiteError) in
      guard let number = try number(of: vm) else { return [] }
      var found: [IdentifiedEvidence] = []
      try rows(
        """
        SELECT e.day, e.hash, e.canonical FROM note n JOIN evidence e ON e.seq = n.seq
        WHERE n.occurred_at >= ? AND n.occurred_at <= ? AND n.vm = ? ORDER BY n.occurred_at, n.seq
        """,
        [.number(span.lowerBound.ticks), .number(span.upperBound.ticks), .number(number)]
      ) { if let piece = identified($0) { found.append(piece) } }
      return found
    }
  }

  /// A stored request without the notes that joined it later than an instant.
  func asItWas(
    _ request: AccessRequest, at instant: EventTime
  ) throws(SQLiteError) -> AccessRequest {
    let later = try notes(after: instant)
    var request = request
    request.grants = request.grants.map { $0.known(at: instant) }
    request.grants.removeAll { $0.inferred && $0.port != nil && $0.openings.isEmpty }
    if later.isEmpty || !request.evidence.contains(where: later.contains) {
      return request.hasBody ? request : request.withNotedGrants
    }
    var pieces: [IdentifiedEvidence] = []
    for id in request.evidence where !later.contains(id) {
      try rows(
        """
        SELECT e.day, e.hash, e.canonical FROM evidence_key k JOIN evidence e ON e.seq = k.seq
        WHERE k.day = ? AND k.hash = ?
        """,
        [.number(Int64(id.day)), .bytes(id.hash.bytes)]
      ) { if let piece = identified($0) { pieces.append(piece) } }
    }
    let call = pieces.filter(\.evidence.isInitiate)
    guard !call.isEmpty else { return request }
    var known = NoteFold.apply(
      pieces.filter(\.evidence.isNote),
      to: RequestFold.request(of: Call(records: call), id: request.id))
    if known.actor == request.actor { known.actorIdentity = request.actorIdentity }
    return known.adopting(request)
  }

  /// The notes that came after an instant and may have joined what was asked before it.
  private func notes(after instant: EventTime) throws(SQLiteError) -> Set<EvidenceID> {
    if let known = laterNotes, known.instant == instant { return known.ids }
    var ids: Set<EvidenceID> = []
    try rows(
      """
      SELECT e.day, e.hash FROM note n JOIN evidence e ON e.seq = n.seq
      WHERE n.occurred_at > ? AND n.occurred_at <= ?
      """,
      [.number(instant.ticks), .number((instant + CallKey.reach).ticks)]
    ) { row throws(SQLiteError) in
      if let hash = SHA256Digest(bytes: row.blob(1)) {
        ids.insert(EvidenceID(day: row.int(0), hash: hash))
      }
    }
    laterNotes = (instant, ids)
    return ids
  }

  func identified(_ row: borrowing Statement) -> IdentifiedEvidence? {
    guard let hash = SHA256Digest(bytes: row.blob(1)),
      let evidence = evidence(canonical: row.blob(2))
    else { return nil }
    return IdentifiedEvidence(id: EvidenceID(day: row.int(0), hash: hash), evidence: evidence)
  }
}
