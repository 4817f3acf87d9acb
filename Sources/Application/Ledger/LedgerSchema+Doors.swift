internal import Access

extension LedgerSchema {
  /// What version 2 adds: what really happened to the doors.
  ///
  /// Requests of version 1 do not say which request takes a window over, so all of them are due.
  static let doors = """
    DROP VIEW IF EXISTS requests; DROP VIEW IF EXISTS windows; DROP VIEW IF EXISTS findings;
    DROP VIEW IF EXISTS vms; DROP VIEW IF EXISTS people; DROP VIEW IF EXISTS gaps;
    DROP VIEW IF EXISTS contract;

    -- Requests without a readable body and without a Failure: rules tell what they were for.
    ALTER TABLE request ADD COLUMN bodyless INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX request_bodyless ON request (policy, requested_at) WHERE bodyless = 1;
    -- What is known of the opening rules: from when on one was seen, when the path was shut,
    -- whether that is presumed, from when on a rule that still stands is overdue. reach_end = until
    -- when a newer request or a rule can change the window.
    ALTER TABLE access_grant ADD COLUMN seen_at INTEGER;
    ALTER TABLE access_grant ADD COLUMN removed_at INTEGER;
    ALTER TABLE access_grant ADD COLUMN removal_presumed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE access_grant ADD COLUMN overdue_from INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE access_grant ADD COLUMN reach_end INTEGER NOT NULL DEFAULT 0;
    UPDATE access_grant SET reach_end = presumed_end;
    DROP INDEX access_grant_long;
    CREATE INDEX access_grant_long ON access_grant (vm, port, reach_end) WHERE long = 1;
    -- Windows whose rule stands long after the request, whatever their end.
    CREATE INDEX access_grant_lasting ON access_grant (vm, port, \(GrantTable.goneAt))
      WHERE \(GrantTable.isLasting);

    -- Names in a subscription ("subscription|name" in lower case, policies behind "policy|") and
    -- what they mean; since = when it was first named, NULL = only concluded from a rule.
    CREATE TABLE named (
      name INTEGER NOT NULL, resource INTEGER NOT NULL, since INTEGER,
      PRIMARY KEY (name, resource)) STRICT, WITHOUT ROWID;
    CREATE INDEX named_by_resource ON named (resource);

    -- Calls that tell of rules, by group and time; knows = 1 where all rules of the group are known
    -- from then on; evidence = JSON list of the numbers of its records, in the order of ties.
    CREATE TABLE rule_call (
      nsg INTEGER NOT NULL, at INTEGER NOT NULL, call INTEGER NOT NULL, first INTEGER NOT NULL,
      knows INTEGER NOT NULL, failed INTEGER NOT NULL, evidence TEXT NOT NULL,
      PRIMARY KEY (nsg, at, call, first)) STRICT, WITHOUT ROWID;
    CREATE INDEX rule_call_by_time ON rule_call (at);
    CREATE INDEX rule_call_failed ON rule_call (at) WHERE failed = 1;
    CREATE INDEX rule_call_knows ON rule_call (nsg, at) WHERE knows = 1;
    -- The content of rules, once for a group; evidence names rules by their numbers.
    CREATE TABLE rule_text (
      id INTEGER PRIMARY KEY, nsg INTEGER NOT NULL, hash BLOB NOT NULL, canonical BLOB NOT NULL,
      UNIQUE (nsg, hash)) STRICT;
    -- Rules and how long they stood: begin_at NULL = since before the group was first seen; end_at
    -- = the end of time while they stand. subject = the VM's name that a JIT rule's text names,
    -- subject_policy the policy's. is_grant = Defender's JIT allow rule; older = 1 where no request
    -- tells of one at the first sight of its group: it was there before. address = the destination
    -- of a JIT rule that names a VM, '' where it is no single address, NULL for other rules.
    -- manages = 1 where a version of it lets in to a management port; reach = the addresses that
    -- the newest version does so for, as JSON list of [first, last], NULL = all.
    CREATE TABLE rule_episode (
      seq INTEGER PRIMARY KEY, nsg INTEGER NOT NULL, first_seen INTEGER NOT NULL,
      begin_at INTEGER, end_at INTEGER NOT NULL, name TEXT NOT NULL, subject INTEGER,
      subject_policy INTEGER, is_grant INTEGER NOT NULL, older INTEGER NOT NULL DEFAULT 0,
      address TEXT, manages INTEGER NOT NULL, reach TEXT, body BLOB NOT NULL) STRICT;
    CREATE INDEX rule_episode_by_end ON rule_episode (nsg, end_at, first_seen);
    CREATE INDEX rule_episode_by_time ON rule_episode (nsg, first_seen);
    CREATE INDEX rule_episode_older ON rule_episode (nsg, end_at)
      WHERE begin_at IS NULL OR older = 1;
    CREATE INDEX rule_episode_manages ON rule_episode (nsg, end_at, first_seen)
      WHERE manages = 1;
    CREATE INDEX rule_episode_subject ON rule_episode (subject, nsg, first_seen)
      WHERE subject IS NOT NULL;
    CREATE INDEX rule_episode_grant ON rule_episode (subject, first_seen, end_at)
      WHERE is_grant = 1;
    CREATE INDEX rule_episode_policy ON rule_episode (subject_policy, first_seen)
      WHERE is_grant = 1;
    -- Which requests a rule opens, by the group and the beginning of the rule.
    CREATE TABLE opening (
      nsg INTEGER NOT NULL, began INTEGER NOT NULL, request INTEGER NOT NULL,
      PRIMARY KEY (nsg, began, request)) STRICT, WITHOUT ROWID;

    -- Calls that tell of policies; vms = JSON list of the VMs that the policy lists from then on,
    -- NULL where the call changes nothing that is known.
    CREATE TABLE policy_version (
      policy INTEGER NOT NULL, at INTEGER NOT NULL, call INTEGER NOT NULL, first INTEGER NOT NULL,
      observed INTEGER NOT NULL, failed INTEGER NOT NULL, vms TEXT,
      evidence TEXT NOT NULL,
      PRIMARY KEY (policy, at, call, first)) STRICT, WITHOUT ROWID;
    CREATE INDEX policy_version_by_time ON policy_version (at);
    -- Sessions and ways around, by the VM that they reach.
    CREATE TABLE reached (
      vm INTEGER NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, is_session INTEGER NOT NULL,
      PRIMARY KEY (vm, at, seq)) STRICT, WITHOUT ROWID;
    CREATE INDEX reached_by_time ON reached (at);

    -- The first rows of tables whose rows were rejected, each once; a row cannot be read without.
    CREATE TABLE table_header (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL UNIQUE) STRICT;
    ALTER TABLE reject ADD COLUMN header INTEGER;

    INSERT INTO due (stage, slice, from_at, to_at)
      SELECT 'requests', '', \(EventTime.distantPast.ticks), value FROM state
      WHERE key = 'stream_time';
    """
}
