internal import Access
internal import Contract
internal import Detection
internal import Ledger
internal import Timelines

/// Everything that a VM's timeline is made of, for a span.
struct VMHistory {
  let vm: ResourceID
  let span: ClosedRange<EventTime>
  let instant: EventTime
  let requests: [AccessRequest]
  let windows: [AccessWindow]
  let notes: [IdentifiedEvidence]
  let findings: [Finding]
  let gaps: [EvidenceGap]
  /// The lines of rules, policies, sessions and ways around.
  let others: [TimelineEntry]

  /// How long before a span the calls may begin whose later phases lie in it.
  private static let callReach = TimeSpan.hours(48)
  /// How long before a span windows may end that something in it still tells of: a takeover counts
  /// from when the newer window opens, which may be later than the end.
  private static let closingReach = TimeSpan.days(8)

  /// Reads what there is about a VM.
  init(
    of vm: ResourceID, in span: ClosedRange<EventTime>, at instant: EventTime,
    gaps: [EvidenceGap], reader: LedgerReader
  ) throws {
    self.vm = vm
    self.span = span
    self.instant = instant
    self.gaps = gaps
    windows = try reader.windows(
      of: vm, touching: (span.lowerBound - VMHistory.closingReach)...span.upperBound, at: instant)
    let earliest = windows.map(\.requestedAt).min() ?? span.lowerBound
    let from = min(earliest, span.lowerBound - VMHistory.callReach)
    requests = try reader.requests(
      naming: vm, in: from...max(from, min(span.upperBound, instant)), at: instant)
    // A call of notes may have begun before the span.
    notes = try reader.notes(on: vm, in: (span.lowerBound - VMHistory.callReach)...span.upperBound)
    findings = try VMHistory.findings(
      of: vm, in: span, at: instant, about: requests, reader)
    let known = span.lowerBound...max(span.lowerBound, min(span.upperBound, instant))
    others =
      try reader.ruleLines(of: vm, in: known, at: instant)
      + reader.policyLines(of: vm, in: known) + reader.reachedLines(of: vm, in: known)
  }

  /// Findings as they hold at an instant: bursts of its day count what was asked by then, and
  /// requests are judged as they were.
  private static func findings(
    of vm: ResourceID, in span: ClosedRange<EventTime>, at instant: EventTime,
    about requests: [AccessRequest], _ reader: LedgerReader
  ) throws -> [Finding] {
    let stored = try reader.findings(of: vm, in: span).filter { $0.occurredAt <= instant }
    guard let streamTime = try reader.streamTime(), instant < streamTime else { return stored }
    let detectors = try StoredDetectors.of(reader)
    let known = Dictionary(
      requests.map { (RequestSlice.text(of: $0.id), $0) }, uniquingKeysWith: { first, _ in first })
    return try stored.compactMap { finding in
      if let request = known[finding.slice] {
        return detectors.judge(request).first { $0.rule == finding.rule }
      }
      guard let slice = BurstSlice.parts(of: finding.slice), slice.day == instant.day,
        let detector = detectors.burstDetectors.first(where: { $0.rule == slice.rule })
      else { return finding }
      let requests = try reader.requests(
        by: slice.actorIdentity, in: detector.reach(ofDay: slice.day), at: instant)
      let counted = requests.filter { request in
        detector.counts(request)
          && (slice.vm == nil || request.grants.contains { $0.vm == slice.vm })
      }
      return detector.judge(day: slice.day, vm: slice.vm, requests: counted)
    }
  }

  /// The lines of the timeline.
  var entries: [TimelineEntry] {
    Timeline.entries(
      of: vm, requests: requests, windows: windows, notes: notes, findings: findings, gaps: gaps,
      others: others, in: span, at: instant)
  }

  /// The windows to scale; an open end reaches a little further, to what is still to come.
  func drawing(isOpenEnded: Bool) -> TimelineDrawing {
    var drawing = TimelineDrawing(
      vm: vm, from: drawnFrom, to: isOpenEnded ? drawnTo : span.upperBound, instant: instant)
    drawing.windows = windows
    drawing.requests = requests
    drawing.gaps = gaps
    return drawing
  }

  /// The beginning asked for; a span of years is drawn from where something is.
  private var drawnFrom: EventTime {
    guard span.upperBound - span.lowerBound > .days(400) else { return span.lowerBound }
    let first = (windows.map(\.opensAt) + requests.map(\.requestedAt)).min() ?? span.upperBound
    return max(span.lowerBound, min(first, span.upperBound) - .hours(1))
  }

  /// The last end of a window that is still to come, as far as a sixth of the span.
  private var drawnTo: EventTime {
    let length = span.upperBound - drawnFrom
    let margin = span.upperBound + TimeSpan(ticks: length.ticks / 6)
    let ends = windows.filter { $0.standing(at: instant).closedAt == nil }.compactMap(\.endsAt)
    return max(span.upperBound, min(margin, ends.max() ?? span.upperBound))
  }
}
