extension LedgerSchema {
  /// What version 2 adds about the feed itself: gaps that are going on, and silences.
  static let feedWatch = """
    -- lasting = the kind of a gap that is going on (outage, silence), whose to_at is moved on and
    -- which may go again; NULL once it stays as it is. A source has one of a kind at most.
    ALTER TABLE gap ADD COLUMN lasting TEXT;
    CREATE UNIQUE INDEX gap_lasting ON gap (source, lasting) WHERE lasting IS NOT NULL;
    -- When the first and the newest readable record of the activity log was received.
    CREATE TABLE activity (
      source INTEGER PRIMARY KEY, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL) STRICT;
    -- How long it was silent between records: milliseconds in 64 steps per factor of ten.
    CREATE TABLE silence (
      source INTEGER NOT NULL, step INTEGER NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (source, step)) STRICT, WITHOUT ROWID;
    """
}
