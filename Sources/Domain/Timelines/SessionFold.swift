public import Access

/// Puts the records of Bastion sessions together (semantics 4).
public enum SessionFold {
  /// The sessions that records tell of, by time; refused logins alone make none.
  public static func sessions(of records: [IdentifiedEvidence]) -> [VMSession] {
    groups(of: records, by: key).compactMap(session)
      .sorted { ($0.since, $0.vm, $0.login ?? "") < ($1.since, $1.vm, $1.login ?? "") }
  }

  /// Whether some session has an end and no beginning among its records.
  public static func misses(_ records: [IdentifiedEvidence]) -> Bool {
    groups(of: records, by: key).contains { group in
      group.contains { $0.evidence.kind == .sessionClosed }
        && !group.contains { $0.evidence.kind == .sessionOpened }
    }
  }

  /// The lines of a timeline: each beginning, refused login and end once.
  public static func lines(of records: [IdentifiedEvidence]) -> [TimelineEntry] {
    groups(of: records) { "\($0.kind.rawValue)|\(moment(of: $0))" }.compactMap(line)
  }

  private static func groups(
    of records: [IdentifiedEvidence], by key: (Evidence) -> String
  ) -> [[IdentifiedEvidence]] {
    let known = records.filter(\.evidence.isSession)
    return Dictionary(grouping: known) { key($0.evidence) }
      .values.map { $0.sorted(by: IdentifiedEvidence.precedes) }
  }

  private static func key(_ evidence: Evidence) -> String {
    let vm = evidence.session?.vm.canonical ?? ""
    if let tunnel = evidence.session?.tunnelID { return "\(vm)|t|\(tunnel.lowercased())" }
    return moment(of: evidence)
  }

  /// Refused logins of one tunnel are several; its beginning and its end are not.
  private static func moment(of evidence: Evidence) -> String {
    let vm = evidence.session?.vm.canonical ?? ""
    if let tunnel = evidence.session?.tunnelID, evidence.kind != .sessionRefused {
      return "\(vm)|t|\(tunnel.lowercased())"
    }
    return "\(vm)|l|\(evidence.session?.login?.lowercased() ?? "")|\(evidence.occurredAt.ticks)"
  }

  private static func session(_ records: [IdentifiedEvidence]) -> VMSession? {
    guard let first = records.first?.evidence, let detail = first.session else { return nil }
    let opened = records.first { $0.evidence.kind == .sessionOpened }
    let closed = records.last { $0.evidence.kind == .sessionClosed }
    guard let begin = opened ?? closed else { return nil }
    let details = records.compactMap(\.evidence.session)
    var session = VMSession(
      vm: details.reduce(detail.vm) { $0.merging($1.vm) },
      login: details.lazy.compactMap(\.login).first, since: begin.evidence.occurredAt)
    session.until = closed.map { max($0.evidence.occurredAt, session.since) }
    session.protocolName = details.lazy.compactMap(\.protocolName).first
    session.clientAddress = records.lazy.compactMap(\.evidence.callerAddress).first
    session.actor = actor(of: records)
    session.evidence = records.map(\.id)
    return session
  }

  private static func actor(of records: [IdentifiedEvidence]) -> Actor? {
    let actor = Actor(Call(records: records).claims)
    return actor.isNobody ? nil : actor
  }

  private static func line(_ records: [IdentifiedEvidence]) -> TimelineEntry? {
    guard let first = records.first?.evidence, let detail = first.session else { return nil }
    let kind: TimelineEntry.Kind =
      switch first.kind {
      case .sessionOpened: .sessionOpened
      case .sessionClosed: .sessionClosed
      default: .sessionRefused
      }
    return TimelineEntry(
      at: first.occurredAt, kind: kind, vm: detail.vm, actor: actor(of: records), port: nil,
      text: TimelineText.session(first, detail), evidence: records.map(\.id))
  }
}
