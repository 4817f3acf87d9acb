public import Access
internal import SQLite
internal import Timelines

/// Rules that stand for a VM, and those of its timeline.
extension LedgerReader {
  /// The rules that let in to a VM's management ports at some instant of a span, told as at its
  /// end; the opening rules of the given windows are not among them.
  public func standingRules(
    of vm: ResourceID, besides windows: [AccessWindow], during span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [StandingRule] {
    let rules = try rules(of: vm, at: span.upperBound)
    return try guarded { () throws(SQLiteError) in
      var opening = Set(windows.lazy.flatMap(\.openings).map(RuleKey.init))
      var episodes: [RuleEpisode] = []
      for nsg in rules.groups(upTo: span.upperBound).sorted() {
        guard let number = try number(of: nsg) else { continue }
        episodes += try managementRules(in: number, during: span)
      }
      for episode in episodes where !opening.contains(RuleKey(episode)) {
        if try isPresumedGone(episode, during: span) { opening.insert(RuleKey(episode)) }
      }
      return StandingRules.rules(of: rules, among: episodes, opening: opening, in: span)
    }
  }

  private func managementRules(
    in nsg: Int64, during span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [RuleEpisode] {
    let parameters: [Parameter] = [
      .number(nsg), .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
    ]
    var found: [RuleEpisode] = []
    for sql in [
      """
      SELECT body, older FROM rule_episode
      WHERE nsg = ? AND manages = 1 AND end_at > ? AND first_seen <= ?
      """,
      """
      SELECT body, older FROM rule_episode INDEXED BY rule_episode_older
      WHERE nsg = ? AND (begin_at IS NULL OR older = 1) AND end_at > ? AND first_seen > ?
        AND manages = 1
      """,
    ] {
      try rows(sql, parameters) { row throws(SQLiteError) in
        if let episode = LedgerReader.episode(row) { found.append(episode) }
      }
    }
    return found
  }

  /// Whether a window's rule counts as gone over a whole span although no record shows it.
  private func isPresumedGone(
    _ episode: RuleEpisode, during span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> Bool {
    guard episode.isGrant, !episode.blanks.isEmpty else { return false }
    let grace = try grace()
    let key = RuleKey(episode)
    return try grants(openedBy: episode, at: span.upperBound).contains { grant, request in
      guard let window = WindowFold.window(of: grant, in: request, grace: grace) else {
        return false
      }
      return window.openings.contains { opening in
        guard RuleKey(opening) == key else { return false }
        let removal = window.near(opening).removal(at: span.upperBound)
        return removal.map { $0.isPresumed && $0.at <= span.lowerBound } ?? false
      }
    }
  }

  /// The lines that rules make on a VM's timeline in a span, as they hold at an instant.
  public func ruleLines(
    of vm: ResourceID, in span: ClosedRange<EventTime>, at instant: EventTime
  ) throws(LedgerError) -> [TimelineEntry] {
    let rules = try rules(of: vm, at: instant)
    let failed = try failedCalls(in: span)
    return try guarded { () throws(SQLiteError) in
      let lines = RuleLines.failed(failed, of: rules, at: instant)
      guard let name = try textNumber(of: NamedTable.text(KnownVMs.Name(vm))) else {
        return lines
      }
      let held = rules.groups(upTo: instant)
      var episodes: [RuleEpisode] = []
      for nsg in try groups(named: name) {
        episodes += try self.rules(in: nsg, of: name, during: span)
      }
      episodes = episodes.filter { $0.subject != nil || held.contains($0.nsg) }
      var opening: Set<RuleKey> = []
      for episode in episodes where episode.isGrant {
        if try !grants(openedBy: episode, at: instant).isEmpty {
          opening.insert(RuleKey(episode))
        }
      }
      return lines
        + RuleLines.lines(of: rules, episodes: episodes, opening: opening, at: instant)
    }
  }

  /// The rules of a group that stood in a span and name a VM, or none.
  private func rules(
    in nsg: Int64, of name: Int64, during span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [RuleEpisode] {
    var found: [RuleEpisode] = []
    try rows(
      """
      SELECT body, older FROM rule_episode INDEXED BY rule_episode_by_end
      WHERE nsg = ? AND end_at >= ? AND first_seen <= ? AND (subject = ? OR subject IS NULL)
      """,
      [
        .number(nsg), .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
        .number(name),
      ]
    ) { row throws(SQLiteError) in
      if let episode = LedgerReader.episode(row) { found.append(episode) }
    }
    return found
  }

  /// The calls of rules in a span of which a phase is a Failure.
  private func failedCalls(in span: ClosedRange<EventTime>) throws(LedgerError) -> [Call] {
    try guarded { () throws(SQLiteError) in
      var lists: [String] = []
      try rows(
        "SELECT evidence FROM rule_call WHERE failed = 1 AND at >= ? AND at <= ?",
        [.number(span.lowerBound.ticks), .number(span.upperBound.ticks)]
      ) { lists.append($0.text(0)) }
      return try calls(of: lists)
    }
  }

  /// The calls whose records JSON lists of numbers name.
  func calls(of lists: [String]) throws(SQLiteError) -> [Call] {
    var calls: [Call] = []
    for list in lists {
      var records: [IdentifiedEvidence] = []
      try rows(
        """
        SELECT e.day, e.hash, e.canonical FROM json_each(?) l
        CROSS JOIN evidence e ON e.seq = l.value ORDER BY l.key
        """, [.text(list)]
      ) { if let piece = identified($0) { records.append(piece) } }
      if !records.isEmpty { calls.append(Call(records: records)) }
    }
    return calls
  }
}
