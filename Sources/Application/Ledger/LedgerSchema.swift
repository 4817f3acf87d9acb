/// The tables of the ledger, version 2.
///
/// The DDL is their documentation; outsiders read the views. Instants are ticks of 100 ns since
/// 1970 UTC. Keys follow time, never a random value alone.
enum LedgerSchema {
  /// The version that this program writes, kept in `user_version`.
  static let version = 2

  /// What brings a ledger from one version to the next, from an empty file on.
  static let migrations = [tables, doors + "\n" + feedWatch + "\n" + LedgerViews.all]

  private static let tables = """
    -- One row per piece of evidence, in order of arrival. canonical = RFC 8785 JSON of its fields.
    CREATE TABLE evidence (
      seq INTEGER PRIMARY KEY, day INTEGER NOT NULL, hash BLOB NOT NULL, call INTEGER NOT NULL,
      received_at INTEGER NOT NULL, source INTEGER NOT NULL, position TEXT NOT NULL,
      record INTEGER NOT NULL, canonical BLOB NOT NULL) STRICT;
    -- Identity and the way to the records of a call: day of occurrence, hash of the correlation
    -- id (of the whole key where there is none).
    CREATE TABLE evidence_key (
      day INTEGER NOT NULL, call INTEGER NOT NULL, hash BLOB NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (day, call, hash)) STRICT, WITHOUT ROWID;
    -- The provider's own records on VMs, by time.
    CREATE TABLE note (
      occurred_at INTEGER NOT NULL, vm INTEGER NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (occurred_at, vm, seq)) STRICT, WITHOUT ROWID;
    -- Raw records, compressed in blocks of up to 64; sizes = JSON list of [evidence seq, bytes].
    CREATE TABLE raw_block (
      first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, received_at INTEGER NOT NULL,
      sizes TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
    CREATE INDEX raw_block_by_time ON raw_block (received_at);

    -- One row per request; body = canonical JSON; name = the actor's name where it has one;
    -- vms = JSON list of the resources that its grants name, in the order of the body's grants.
    CREATE TABLE request (
      seq INTEGER PRIMARY KEY, day INTEGER NOT NULL, call INTEGER NOT NULL, id TEXT NOT NULL,
      requested_at INTEGER NOT NULL, person INTEGER NOT NULL, name INTEGER, object_id INTEGER,
      refused INTEGER NOT NULL, policy INTEGER NOT NULL, vms TEXT NOT NULL,
      body BLOB NOT NULL) STRICT;
    CREATE INDEX request_by_call ON request (day, call);
    CREATE INDEX request_by_time ON request (requested_at);
    CREATE INDEX request_by_person ON request (person, requested_at);
    -- A name seen with an object id, and a name that has to be looked up there.
    CREATE INDEX request_sighting ON request (name, requested_at, object_id)
      WHERE name IS NOT NULL AND object_id IS NOT NULL;
    CREATE INDEX request_unresolved ON request (name, requested_at)
      WHERE name IS NOT NULL AND object_id IS NULL;

    -- One row per VM × port of a request; port -1 = not known. Those not refused are windows.
    CREATE TABLE access_grant (
      vm INTEGER NOT NULL, port INTEGER NOT NULL, requested_at INTEGER NOT NULL,
      request INTEGER NOT NULL, person INTEGER NOT NULL, refused INTEGER NOT NULL,
      opens_at INTEGER NOT NULL, ends_at INTEGER, presumed_end INTEGER NOT NULL,
      long INTEGER NOT NULL, superseded_requested INTEGER, superseded_opens INTEGER,
      sources TEXT NOT NULL, inferred INTEGER NOT NULL,
      PRIMARY KEY (vm, port, requested_at, request)) STRICT, WITHOUT ROWID;
    CREATE INDEX access_grant_by_opening ON access_grant (opens_at);
    CREATE INDEX access_grant_long ON access_grant (vm, port, presumed_end) WHERE long = 1;

    -- Interned texts: ids of VMs and policies, with the most readable case seen and the last part
    -- of it; actors' identities and names.
    CREATE TABLE resource (
      id INTEGER PRIMARY KEY, canonical TEXT NOT NULL UNIQUE, shown TEXT NOT NULL,
      name TEXT NOT NULL) STRICT;
    CREATE TABLE person (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT;

    -- The verdicts that stand, by the slice they were judged in; vms = JSON list of resources.
    CREATE TABLE finding (
      day INTEGER NOT NULL, slice INTEGER NOT NULL, id BLOB NOT NULL, rule TEXT NOT NULL,
      severity INTEGER NOT NULL, told_count INTEGER NOT NULL, feed_seq INTEGER NOT NULL,
      settings INTEGER NOT NULL, vms TEXT NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (day, slice, id)) STRICT, WITHOUT ROWID;
    CREATE INDEX finding_by_feed ON finding (feed_seq);
    CREATE TABLE finding_vm (
      vm INTEGER NOT NULL, occurred_at INTEGER NOT NULL, day INTEGER NOT NULL,
      slice INTEGER NOT NULL, id BLOB NOT NULL,
      PRIMARY KEY (vm, occurred_at, day, slice, id)) STRICT, WITHOUT ROWID;
    -- What was told, in order; a number is never used again.
    CREATE TABLE feed (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, transition TEXT NOT NULL,
      raised_at INTEGER NOT NULL, id BLOB NOT NULL, body BLOB NOT NULL) STRICT;
    CREATE TABLE acknowledgement (
      id BLOB PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, note TEXT NOT NULL) STRICT;
    CREATE TABLE cursor (sink TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;

    -- Input that could not be used; bytes = the first 64 KiB, NULL once retention took them.
    CREATE TABLE reject (
      seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, reason TEXT NOT NULL,
      source INTEGER NOT NULL, position TEXT NOT NULL, offset INTEGER NOT NULL,
      received_at INTEGER NOT NULL, size INTEGER NOT NULL, bytes BLOB,
      retried INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE INDEX reject_kept ON reject (received_at) WHERE bytes IS NOT NULL;
    CREATE TABLE gap (
      seq INTEGER PRIMARY KEY, source INTEGER NOT NULL, from_at INTEGER NOT NULL,
      to_at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;

    -- Where reading goes on, and what became of what was read.
    CREATE TABLE source (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, records_read INTEGER NOT NULL DEFAULT 0,
      irrelevant INTEGER NOT NULL DEFAULT 0, evidence INTEGER NOT NULL DEFAULT 0,
      duplicates INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
      messages_rejected INTEGER NOT NULL DEFAULT 0, rejected_bodies INTEGER NOT NULL DEFAULT 0,
      repaired INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE partition_position (
      source INTEGER NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL,
      end_offset INTEGER NOT NULL, newest_at INTEGER,
      PRIMARY KEY (source, partition)) STRICT, WITHOUT ROWID;
    CREATE TABLE file_position (
      path TEXT PRIMARY KEY, device INTEGER NOT NULL, inode INTEGER NOT NULL,
      head TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
      next_offset INTEGER NOT NULL, tail TEXT NOT NULL, decoder INTEGER NOT NULL) STRICT;
    CREATE INDEX file_position_by_inode ON file_position (device, inode);

    -- Judging that is still to be done: a stage, its slice, and the span of time that is left.
    CREATE TABLE due (
      id INTEGER PRIMARY KEY, stage TEXT NOT NULL, slice TEXT NOT NULL,
      from_at INTEGER NOT NULL, to_at INTEGER NOT NULL) STRICT;
    -- One row per step that took anything in: SHA-256(head before, ids, positions).
    CREATE TABLE chain (
      step INTEGER PRIMARY KEY, first_evidence INTEGER NOT NULL, last_evidence INTEGER NOT NULL,
      first_reject INTEGER NOT NULL, last_reject INTEGER NOT NULL, positions TEXT NOT NULL,
      count INTEGER NOT NULL, head BLOB NOT NULL) STRICT;
    CREATE TABLE settings (
      id INTEGER PRIMARY KEY, stored_at INTEGER NOT NULL, canonical TEXT NOT NULL) STRICT;
    CREATE TABLE state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
    """
}
