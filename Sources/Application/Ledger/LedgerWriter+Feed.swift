public import Access
internal import SQLite

/// A kind of gap that is going on; a source has one of a kind at most.
public enum LastingGap: String, Hashable, Sendable {
  /// The broker cannot be reached.
  case outage
  /// No record of the activity log comes.
  case silence
}

/// What becomes of a gap that is going on.
public enum GapChange: Hashable, Sendable {
  /// It stands, until the end that is given here; one that stood already keeps its beginning.
  case stands(LastingGap, EvidenceGap)
  /// It stays, with this end, or with the one that it has.
  case ended(LastingGap, at: EventTime?)
  /// It turned out to be none.
  case removed(LastingGap)
}

/// What is known of a feed itself.
extension LedgerWriter {
  /// How silent a source was so far.
  public func silence(of source: String) throws(LedgerError) -> FeedSilence {
    try guarded { () throws(SQLiteError) in
      guard let number = try sources.knownNumber(of: source) else { return FeedSilence() }
      return try sources.feed.silence(of: number)
    }
  }

  /// The gap of a kind that is going on.
  public func gap(_ kind: LastingGap, of source: String) throws(LedgerError) -> EvidenceGap? {
    try guarded { () throws(SQLiteError) in
      guard let number = try sources.knownNumber(of: source) else { return nil }
      return try sources.feed.gap(kind, of: number, named: source)
    }
  }

  /// Changes gaps that are going on, in a step of its own.
  public func change(_ changes: [GapChange], of source: String) throws(LedgerError) {
    try step { () throws(LedgerError) in
      try guarded { () throws(SQLiteError) in
        let number = try sources.number(of: source)
        for change in changes { try sources.feed.apply(change, to: number) }
      }
    }
  }

  /// Stores what a batch tells of the feed.
  func storeFeed(_ batch: LedgerBatch, of source: Int64) throws(SQLiteError) {
    for gap in batch.gaps { try sources.add(gap) }
    for change in batch.gapChanges { try sources.feed.apply(change, to: source) }
    if let activity = batch.activity { try sources.feed.add(activity, to: source) }
  }
}
