public import Access
internal import SQLite

/// Stream time, due rows and positions.
extension LedgerWriter {
  /// How far the evidence is known to be complete, or nil while nothing was read.
  public func streamTime() throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in
      try state.value(.streamTime).map { EventTime(ticks: $0) }
    }
  }

  /// Moves stream time.
  public func setStreamTime(_ time: EventTime) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in try state.set(.streamTime, to: time.ticks) }
  }

  /// The newest instant that an unfinished import has read; it moves stream time at its end.
  public func importNewest() throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in
      try state.value(.importNewest).map { EventTime(ticks: $0) }
    }
  }

  /// Keeps the newest instant that an import has read.
  public func setImportNewest(_ time: EventTime) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in try state.set(.importNewest, to: time.ticks) }
  }

  /// Says how long after a window's end its rule may still stand; readers find it in the ledger.
  public func setGrace(_ grace: TimeSpan) throws(LedgerError) {
    grants.grace = grace
    try guarded { () throws(SQLiteError) in
      if try state.value(.grace) != grace.ticks { try state.set(.grace, to: grace.ticks) }
    }
  }

  /// From when on requests were not yet looked at at all, where there are such.
  public func sweepsFrom() throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in try due.sweepsFrom() }
  }

  /// Adds judging that is still to be done.
  public func addDue(_ row: DueRow) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in try due.insert(row) }
  }

  /// The oldest due row.
  public func oldestDue() throws(LedgerError) -> DueRow? {
    try guarded { () throws(SQLiteError) in try due.oldest() }
  }

  /// How many judgements are due.
  public func dueCount() throws(LedgerError) -> Int {
    try guarded { () throws(SQLiteError) in try due.count() }
  }

  /// From when on the rules of a group wait to be followed anew, where they do: the rows of rules
  /// after that go by what was known before.
  public func rulesDue(of nsg: ResourceID) throws(LedgerError) -> EventTime? {
    try guarded { () throws(SQLiteError) in try due.row(.rules, of: nsg.canonical)?.from }
  }

  /// Makes the rules of a group due over a span; there is one such row for a group at most.
  public func addRulesDue(
    _ nsg: ResourceID, over span: ClosedRange<EventTime>
  ) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      if let known = try due.row(.rules, of: nsg.canonical) {
        try due.widen(known, over: span)
      } else {
        try due.insert(
          DueRow(
            stage: .rules, slice: nsg.canonical, from: span.lowerBound, to: span.upperBound))
      }
    }
  }

  /// A resource as it is shown.
  public func shown(_ canonical: String) throws(LedgerError) -> ResourceID {
    try guarded { () throws(SQLiteError) in try texts.shown(canonical) }
  }

  /// Says how far a due row has come; nil = it is done.
  public func settle(_ row: DueRow, at instant: EventTime?) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      if let instant { try due.advance(row, to: instant) } else { try due.delete(row) }
    }
  }

  /// Where reading of the partitions of a source goes on.
  public func partitions(of source: String) throws(LedgerError) -> [PartitionPosition] {
    try guarded { () throws(SQLiteError) in
      guard let number = try sources.knownNumber(of: source) else { return [] }
      return try sources.partitions(of: number)
    }
  }

  /// What is known of a file.
  public func file(_ wanted: FilePosition) throws(LedgerError) -> FilePosition? {
    try guarded { () throws(SQLiteError) in try sources.file(wanted) }
  }

  /// Moves the log of writes into the file, as far as readers let it.
  public func checkpoint() throws(LedgerError) {
    _ = try guarded { () throws(SQLiteError) in try connection.checkpoint(.passive) }
  }
}
