internal import Access
internal import Ledger

/// What a feed itself tells: that its broker is away for too long, or that it is silent.
///
/// Each is one row of gaps while it lasts, which is moved on once a minute. A pure value; what it
/// says that becomes of the rows has to be kept.
struct FeedWatch {
  private let source: String
  private(set) var outage: SourceOutage
  private(set) var silence: FeedSilence
  /// The rows that are going on, as the ledger has them.
  private(set) var outageRow: EvidenceGap?
  private(set) var silenceRow: EvidenceGap?

  /// How often the end of a row is moved on.
  static let interval = TimeSpan.minutes(1)
  /// Longer than a broker is ever left alone: the machine slept, or its clock was set.
  static let attention = TimeSpan.minutes(5)

  /// A watch over a feed of which nothing is known but when its broker was heard of.
  init(source: String, retention: TimeSpan, heardAt: EventTime) {
    self.source = source
    outage = SourceOutage(retention: retention, heardAt: heardAt)
    silence = FeedSilence()
  }

  /// A watch that goes on where the ledger says.
  ///
  /// The row of an outage goes on: whether anything was lost is known only once the broker answers.
  /// That of a silence is over with the first look, with the end that it has, since nobody knows
  /// what came while Gatebook did not run; if it is still silent, a new one begins.
  init(
    source: String, retention: TimeSpan, silence: FeedSilence, outageRow: EvidenceGap?,
    silenceRow: EvidenceGap?, newest: EventTime?, now: EventTime
  ) {
    self.source = source
    self.silence = silence
    self.outageRow = outageRow
    self.silenceRow = silenceRow
    outage = SourceOutage(
      retention: retention, heardAt: min(outageRow?.from ?? newest ?? now, now))
  }

  /// Notes that the broker answered, or that records came.
  mutating func noteHeard(at now: EventTime) {
    noteInattention(at: now)
    outage.noteHeard(at: now)
  }

  /// Notes that the broker did not answer.
  mutating func noteUnreachable() {
    outage.noteUnreachable()
    silence.interrupt()
  }

  /// Notes that a partition could not be read.
  mutating func noteTrouble() { silence.interrupt() }

  /// Says what becomes of the rows now that time has passed.
  mutating func look(at now: EventTime, isAtEnd: Bool) -> [GapChange] {
    var changes: [GapChange] = []
    if outage.isUnreachable {
      if outage.mayHaveLost(by: now) {
        let reason =
          "The broker could not be reached for longer than the topic is sure to keep records "
          + "(\(outage.retention.spoken)); what was sent meanwhile may be gone."
        let row = outageRow ?? gap(from: outage.heardAt, reason)
        outageRow = moveOn(.outage, row, to: now, isNew: outageRow == nil, &changes)
      }
    } else {
      noteInattention(at: now)
      silence.note(isAtEnd: isAtEnd, at: now)
    }
    endBrokenSilence(&changes)
    if let found = silence.silence(now: now) {
      let row = silenceRow ?? gap(from: found.from, FeedWatch.reason(found))
      silenceRow = moveOn(.silence, row, to: now, isNew: silenceRow == nil, &changes)
    }
    return changes
  }

  /// Notes records of the activity log, which end a silence.
  mutating func noteActivity(
    at now: EventTime, isAtEnd: Bool
  ) -> (activity: FeedActivity, changes: [GapChange]) {
    var changes: [GapChange] = []
    endBrokenSilence(&changes)
    if silenceRow != nil {
      changes.append(.ended(.silence, at: now))
      silenceRow = nil
    }
    return (silence.note(batchAt: now, isAtEnd: isAtEnd), changes)
  }

  /// Says that nothing is to be feared of the outage any more: it is known what was lost.
  mutating func endOutage() -> [GapChange] {
    if outageRow == nil { return [] }
    outageRow = nil
    return [.removed(.outage)]
  }

  /// Time in which nobody listened is no silence.
  private mutating func noteInattention(at now: EventTime) {
    if now - outage.heardAt > FeedWatch.attention { silence.interrupt() }
  }

  /// A row of a silence that was interrupted keeps the end that it has.
  private mutating func endBrokenSilence(_ changes: inout [GapChange]) {
    guard let row = silenceRow, row.from != silence.since else { return }
    changes.append(.ended(.silence, at: nil))
    silenceRow = nil
  }

  private func gap(from: EventTime, _ reason: String) -> EvidenceGap {
    EvidenceGap(from: from, to: from, source: source, reason: reason)
  }

  /// The row as it stands then: with its new end, unless it was moved on less than a minute ago.
  private func moveOn(
    _ kind: LastingGap, _ row: EvidenceGap, to now: EventTime, isNew: Bool,
    _ changes: inout [GapChange]
  ) -> EvidenceGap {
    guard isNew || now - row.to >= FeedWatch.interval else { return row }
    var row = row
    row.to = max(row.from, now)
    changes.append(.stands(kind, row))
    return row
  }

  private static func reason(_ silence: FeedSilence.Silence) -> String {
    let minutes = (silence.usual.ticks + TimeSpan.minutes(1).ticks - 1) / TimeSpan.minutes(1).ticks
    return "No record of the activity log came, where one usually comes within "
      + "\(TimeSpan.minutes(minutes).spoken)."
  }
}
