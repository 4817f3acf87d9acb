public import Access

/// What happened to one VM, line by line (semantics 8).
public enum Timeline {
  /// The lines of a VM whose instants lie in a span, as they hold at an instant, in their order.
  ///
  /// Requests and windows of other VMs, and findings about others, are left out; a window's
  /// evidence is that of its request, so the requests of all windows belong to the input. Others
  /// are lines of rules, policies, sessions and ways around.
  public static func entries(
    of vm: ResourceID, requests: [AccessRequest], windows: [AccessWindow],
    notes: [IdentifiedEvidence] = [], findings: [Finding], gaps: [EvidenceGap],
    others: [TimelineEntry] = [], in span: ClosedRange<EventTime>, at instant: EventTime
  ) -> [TimelineEntry] {
    let existing = requests.filter { $0.requestedAt <= instant }
    let evidence = Dictionary(
      existing.map { ($0.id, $0.evidence) }, uniquingKeysWith: { first, _ in first })
    var lines = existing.flatMap { entries(of: vm, request: $0) }
    for window in windows where window.vm == vm && window.exists(at: instant) {
      lines += entries(
        of: window, among: windows, at: instant, evidence: evidence[window.request] ?? [])
    }
    lines += calls(of: notes.filter { $0.evidence.occurredAt <= instant })
      .filter { $0.resource == vm }.map { entry(noted: $0) }
    lines += findings.filter { $0.vms.contains(vm) }.map { entry(of: vm, finding: $0) }
    lines += gaps.map { entry(of: vm, gap: $0) }
    lines += others.filter { $0.vm == vm }
    return lines.filter { span.contains($0.at) && $0.at <= instant }
      .sorted(by: TimelineEntry.precedes)
  }

  /// Per grant: asked for, and what the phases of the call say came of it.
  private static func entries(of vm: ResourceID, request: AccessRequest) -> [TimelineEntry] {
    request.grants.filter { $0.vm == vm }.flatMap { grant in
      func line(_ at: EventTime?, _ kind: TimelineEntry.Kind, _ text: String) -> TimelineEntry? {
        at.map {
          TimelineEntry(
            at: $0, kind: kind, vm: grant.vm, actor: request.actor, port: grant.port, text: text,
            evidence: request.evidence)
        }
      }
      return [
        line(request.requestedAt, .requested, TimelineText.requested(grant, in: request)),
        line(request.acceptedAt, .accepted, TimelineText.accepted),
        line(request.refusedAt, .refused, TimelineText.refused(request.error)),
      ].compactMap { $0 }
    }
  }

  /// Per window: its opening, its closing where it has closed, and since when it was overdue.
  private static func entries(
    of window: AccessWindow, among windows: [AccessWindow], at instant: EventTime,
    evidence: [EvidenceID]
  ) -> [TimelineEntry] {
    func line(_ at: EventTime, _ kind: TimelineEntry.Kind, _ text: String) -> TimelineEntry {
      TimelineEntry(
        at: at, kind: kind, vm: window.vm, actor: window.actor, port: window.port, text: text,
        evidence: evidence)
    }
    var lines = [line(window.opensAt, .opened, TimelineText.opened(window, at: instant))]
    let standing = window.standing(at: instant)
    if let closedAt = standing.closedAt, let kind = TimelineEntry.Kind(closing: standing.state) {
      lines.append(
        line(closedAt, kind, TimelineText.closed(standing.state, standing.closedBy)))
    }
    if let at = window.overdueAt(among: windows, by: instant) {
      lines.append(line(at, .overdue, TimelineText.overdue(window)))
    }
    return lines
  }

  /// The provider's own records, those of one call as one.
  private static func calls(of notes: [IdentifiedEvidence]) -> [Call] {
    Dictionary(grouping: notes) { CallKey($0.evidence) }.values.flatMap(CallStitcher.calls)
  }

  private static func entry(noted call: Call) -> TimelineEntry {
    var actor = Actor(call.claims)
    let notes = call.records.compactMap(\.evidence.note)
    if actor.isNobody, let user = notes.lazy.compactMap(\.user?.withoutOuterBlanks).first {
      actor = Actor(kind: .user, name: user, objectID: nil, appID: nil)
    }
    return TimelineEntry(
      at: call.occurredAt, kind: .noted, vm: call.resource, actor: actor.isNobody ? nil : actor,
      port: nil, text: TimelineText.noted(notes.lazy.compactMap(\.justification).first),
      evidence: call.records.map(\.id))
  }

  private static func entry(of vm: ResourceID, finding: Finding) -> TimelineEntry {
    TimelineEntry(
      at: finding.occurredAt, kind: .finding,
      vm: finding.vms.first { $0 == vm } ?? vm, actor: finding.actor, port: nil,
      text: "\(finding.rule) (\(finding.severity.text)): \(finding.title)",
      evidence: finding.evidence)
  }

  private static func entry(of vm: ResourceID, gap: EvidenceGap) -> TimelineEntry {
    TimelineEntry(
      at: gap.from, kind: .gap, vm: vm, actor: nil, port: nil,
      text:
        "No evidence from \(gap.source) until \(TimelineText.toTheSecond(gap.to)): \(gap.reason)",
      evidence: [])
  }
}

extension TimelineEntry.Kind {
  /// The kind of line that tells of a closing; nil for states in which nothing has closed.
  fileprivate init?(closing state: AccessWindow.State) {
    switch state {
    case .closed: self = .closed
    case .revoked: self = .revoked
    case .superseded: self = .superseded
    case .expired: self = .expired
    case .pending, .open, .closing, .overdue: return nil
    }
  }
}
