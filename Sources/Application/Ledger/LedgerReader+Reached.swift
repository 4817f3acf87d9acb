public import Access
internal import SQLite
internal import Timelines

/// Sessions and ways around, of one VM or of all.
extension LedgerReader {
  /// How far back the beginning is looked for of a session whose end a record tells.
  private static let longestSession = TimeSpan.days(30)

  /// The sessions that were open at some instant of a span, told as at its end, by time.
  public func sessions(
    of vm: ResourceID?, during span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [VMSession] {
    try guarded { () throws(SQLiteError) in
      let from = span.lowerBound - VMSession.presumedLength
      var records = try reached(of: vm, in: from...span.upperBound, isSession: true)
      if SessionFold.misses(records) {
        records += try reached(
          of: vm, in: from - LedgerReader.longestSession...from, isSession: true)
      }
      return SessionFold.sessions(of: records).filter { $0.isOpen(within: span) }
    }
  }

  /// The ways around that were used in a span, by time.
  public func bypasses(
    of vm: ResourceID?, in span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [BypassUse] {
    try guarded { () throws(SQLiteError) in
      BypassFold.uses(of: try bypassRecords(of: vm, around: span))
        .filter { span.contains($0.at) }
    }
  }

  /// The lines of sessions and ways around on a VM's timeline in a span.
  public func reachedLines(
    of vm: ResourceID, in span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [TimelineEntry] {
    try guarded { () throws(SQLiteError) in
      // Records of a tunnel's beginning may be doubled: the first of them is told.
      let from = span.lowerBound - VMSession.presumedLength
      let sessions = try reached(of: vm, in: from...span.upperBound, isSession: true)
      let lines =
        SessionFold.lines(of: sessions)
        + BypassFold.lines(of: try bypassRecords(of: vm, around: span))
      return lines.filter { span.contains($0.at) }
    }
  }

  /// A call's records may lie a day apart, and of a call that has begun all count.
  private func bypassRecords(
    of vm: ResourceID?, around span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [IdentifiedEvidence] {
    let reach = CallKey.reach
    return try reached(
      of: vm, in: span.lowerBound - reach - reach...span.upperBound + reach, isSession: false)
  }

  private func reached(
    of vm: ResourceID?, in span: ClosedRange<EventTime>, isSession: Bool
  ) throws(SQLiteError) -> [IdentifiedEvidence] {
    var parameters: [Parameter] = [
      .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
      .number(isSession ? 1 : 0),
    ]
    if let vm {
      guard let number = try number(of: vm) else { return [] }
      parameters.append(.number(number))
    }
    var found: [IdentifiedEvidence] = []
    try rows(
      """
      SELECT e.day, e.hash, e.canonical, v.canonical, v.shown FROM reached s
      JOIN evidence e ON e.seq = s.seq JOIN resource v ON v.id = s.vm
      WHERE s.at >= ? AND s.at <= ? AND s.is_session = ?\(vm == nil ? "" : " AND s.vm = ?")
      ORDER BY s.at, s.seq
      """, parameters
    ) { row throws(SQLiteError) in
      guard let piece = identified(row) else { return }
      var evidence = piece.evidence
      evidence.session?.vm = ResourceID(canonical: row.text(3), display: row.text(4))
      found.append(IdentifiedEvidence(id: piece.id, evidence: evidence))
    }
    return found
  }

  /// Who an actor is at an instant: the object id that a name stands for, where one was seen near.
  public func identity(
    of actor: Actor, at instant: EventTime, until last: EventTime
  ) throws(LedgerError) -> String {
    guard actor.needsSighting, let name = actor.name?.lowercased() else {
      return actor.ownIdentity
    }
    return try guarded { () throws(SQLiteError) in
      guard let number = try textNumber(of: name) else { return name }
      let reach = NameSightings.reach
      let before = try sighting(
        number, "requested_at <= ? AND requested_at >= ? ORDER BY requested_at DESC",
        min(instant, last), instant - reach)
      let after = try sighting(
        number, "requested_at > ? AND requested_at <= ? ORDER BY requested_at", instant,
        min(instant + reach, last))
      return NameSightings.nearest(to: instant, before: before, after: after)?.objectID ?? name
    }
  }

  private func sighting(
    _ name: Int64, _ condition: String, _ first: EventTime, _ second: EventTime
  ) throws(SQLiteError) -> NameSightings.Sighting? {
    var found: NameSightings.Sighting?
    try rows(
      """
      SELECT r.requested_at, o.identity FROM request r JOIN person o ON o.id = r.object_id
      WHERE r.name = ? AND r.object_id IS NOT NULL AND \(condition) LIMIT 1
      """, [.number(name), .number(first.ticks), .number(second.ticks)]
    ) { row throws(SQLiteError) in
      found = NameSightings.Sighting(at: EventTime(ticks: row.int64(0)), objectID: row.text(1))
    }
    return found
  }
}
