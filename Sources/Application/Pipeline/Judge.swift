public import Access
public import Detection
public import Ledger
public import Timelines

/// From what was read to verdicts: one transaction a step.
///
/// What changed in one stage says what is dirty in the next: records, calls, names, windows,
/// findings. What a step's budget does not reach is left as due rows, which later steps take up.
public final class Judge {
  let ledger: LedgerWriter
  let detectors: DetectorSet
  let settings: Int64
  let books: BooksSettings
  let budget: JudgingBudget
  let clock: @Sendable () -> EventTime

  /// A judge by the settings that are stored under this number.
  public init(
    ledger: LedgerWriter, detectors: DetectorSet, settings: Int64,
    books: BooksSettings = BooksSettings(), budget: JudgingBudget = JudgingBudget(),
    clock: @escaping @Sendable () -> EventTime
  ) {
    self.ledger = ledger
    self.detectors = detectors
    self.settings = settings
    self.books = books
    self.budget = budget
    self.clock = clock
  }

  /// What became of the records of the batch that was taken in last.
  public private(set) var lastCounts = RecordCounts()

  /// Takes a batch in and judges what it changed; everything is one transaction.
  ///
  /// `newest` is how far stream time moves with it; nil leaves it where it is.
  public func take(_ batch: LedgerBatch, movingTo newest: EventTime?) throws(LedgerError) {
    try ledger.step { () throws(LedgerError) in
      let stored = try ledger.store(batch)
      lastCounts = stored.counts
      let before = try ledger.streamTime()
      let now = [before, newest].compactMap { $0 }.max()
      if let now, now != before { try ledger.setStreamTime(now) }
      let deadline = budget.start()
      let frontier = try frontier(before)
      let (changes, settled) = try restitch(
        stored, streamTime: now ?? .distantPast, frontier: frontier, deadline: deadline)
      if let before { try judge(changes, upTo: before, deadline: deadline) }
      if let now, now != before {
        try sweep(from: before ?? .distantPast, to: now, settled: settled, deadline: deadline)
      }
    }
  }

  /// Takes a batch of an import in.
  ///
  /// Stream time stays where it is until the import's end, for which the newest instant read is
  /// kept.
  public func take(_ batch: LedgerBatch, importedUpTo newest: EventTime?) throws(LedgerError) {
    try ledger.step { () throws(LedgerError) in
      let stored = try ledger.store(batch)
      lastCounts = stored.counts
      let known = try ledger.importNewest()
      if let newest, newest > known ?? .distantPast { try ledger.setImportNewest(newest) }
      let before = try ledger.streamTime() ?? .distantPast
      let deadline = budget.start()
      let changes = try restitch(
        stored, streamTime: before, frontier: frontier(before), deadline: deadline
      ).changes
      try judge(changes, upTo: before, deadline: deadline)
    }
  }

  /// Moves stream time without any new record; false when it was there already.
  public func move(to newest: EventTime) throws(LedgerError) -> Bool {
    guard try ledger.streamTime().map({ $0 < newest }) ?? true else { return false }
    try ledger.step { () throws(LedgerError) in
      let before = try ledger.streamTime() ?? .distantPast
      try ledger.setStreamTime(newest)
      try sweep(from: before, to: newest, settled: Settled(), deadline: budget.start())
    }
    return true
  }

  /// Does one step of what is due; false when nothing is.
  public func workOnDue() throws(LedgerError) -> Bool {
    guard try ledger.oldestDue() != nil else { return false }
    try ledger.step { () throws(LedgerError) in
      let deadline = budget.start()
      while let row = try ledger.oldestDue(), !deadline.isOver {
        try judge(row, deadline: deadline)
      }
    }
    return true
  }

  /// Up to when requests and rules were looked at: what lies behind it waits for its own sweep.
  func frontier(_ streamTime: EventTime?) throws(LedgerError) -> EventTime {
    min(try ledger.sweepsFrom() ?? .distantFuture, streamTime ?? .distantPast)
  }

  /// Looks at what stream time has reached, or leaves it to a sweep that is under way before it:
  /// what a rule opens depends on all that was before.
  private func sweep(
    from: EventTime, to: EventTime, settled: Settled, deadline: JudgingDeadline
  ) throws(LedgerError) {
    let row = DueRow(stage: .requests, slice: "", from: from, to: to)
    if try ledger.sweepsFrom() != nil { return try ledger.addDue(row) }
    // What was folded in this step was looked up at this very stream time.
    try judge(row, settled: settled, deadline: deadline)
  }

  /// Does one row of due work as far as the deadline lets it; what is left becomes a due row.
  private func judge(
    _ row: DueRow, settled: Settled = Settled(), deadline: JudgingDeadline
  ) throws(LedgerError) {
    let reached =
      switch row.stage {
      case .requests: try judgeRequests(of: row, settled: settled, deadline: deadline)
      case .name: try resolveName(of: row, deadline: deadline)
      case .withdraw: try withdraw(row, deadline: deadline)
      case .policy: try refill(row, deadline: deadline)
      case .rules: try refoldRules(of: row, deadline: deadline)
      case .doors: try refoldDoors(of: row, deadline: deadline)
      }
    if row.id != 0 {
      try ledger.settle(row, at: reached)
    } else if let reached {
      var rest = row
      rest.from = reached
      try ledger.addDue(rest)
    }
  }
}

extension Judge {
  /// How far stream time has come.
  public func streamTime() throws(LedgerError) -> EventTime? { try ledger.streamTime() }

  /// Whether judgements are due.
  public var hasDue: Bool {
    get throws(LedgerError) { try ledger.oldestDue() != nil }
  }
}
