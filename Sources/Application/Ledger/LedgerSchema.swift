/// The tables of the ledger, version 1. The DDL is their documentation; outsiders read the views.
///
/// Instants are ticks of 100 ns since 1970 UTC. Keys follow time, never a random value alone.
enum LedgerSchema {
  /// The version that this program writes, kept in `user_version`.
  static let version = 1

  /// What brings a ledger from one version to the next, from an empty file on.
  static let migrations = [tables + "\n" + views]

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

    -- One row per request; body = canonical JSON; name = the actor's name where it has one.
    CREATE TABLE request (
      seq INTEGER PRIMARY KEY, day INTEGER NOT NULL, call INTEGER NOT NULL, id TEXT NOT NULL,
      requested_at INTEGER NOT NULL, person INTEGER NOT NULL, name INTEGER, object_id INTEGER,
      refused INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
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

    -- Interned texts: VMs (with the most readable case seen), actors' identities and names.
    CREATE TABLE vm (
      id INTEGER PRIMARY KEY, canonical TEXT NOT NULL UNIQUE, shown TEXT NOT NULL) STRICT;
    CREATE TABLE person (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT;

    -- The verdicts that stand, by the slice they were judged in.
    CREATE TABLE finding (
      day INTEGER NOT NULL, slice INTEGER NOT NULL, id BLOB NOT NULL, rule TEXT NOT NULL,
      severity INTEGER NOT NULL, told_count INTEGER NOT NULL, feed_seq INTEGER NOT NULL,
      settings INTEGER NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (day, slice, id)) STRICT, WITHOUT ROWID;
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

  /// RFC 3339 text of a column of ticks, without trailing zeros.
  private static func instant(_ column: String) -> String {
    """
    (CASE WHEN \(column) IS NULL THEN NULL ELSE
      strftime('%Y-%m-%dT%H:%M:%S', (\(column) - ((\(column) % 10000000) + 10000000) % 10000000) / 10000000, 'unixepoch')
      || rtrim(rtrim(printf('.%07d', ((\(column) % 10000000) + 10000000) % 10000000), '0'), '.')
      || 'Z' END)
    """
  }

  private static let now = "(SELECT value FROM state WHERE key = 'stream_time')"

  private static func text(_ path: String, of body: String = "r.body") -> String {
    "CAST(\(body) AS TEXT) ->> '\(path)'"
  }

  private static let outcome = """
    CASE WHEN r.refused THEN 'refused'
      WHEN \(text("$.acceptedAt")) IS NOT NULL THEN 'accepted'
      WHEN \(now) >= r.requested_at + 18000000000 THEN 'unknown' ELSE 'pending' END
    """

  private static let actor = """
    \(text("$.actor.kind")) AS actor_kind, \(text("$.actor.name")) AS actor_name,
    \(text("$.actor.objectId")) AS actor_object_id, \(text("$.actor.appId")) AS actor_app_id
    """

  private static let requestsView = """
    CREATE VIEW requests AS SELECT r.id AS id, \(instant("r.requested_at")) AS requested_at,
      \(outcome) AS outcome, \(actor), \(text("$.sourceAddress")) AS source_address,
      \(text("$.role")) AS role, \(text("$.justification")) AS justification,
      lower(\(text("$.policy"))) AS policy, \(text("$.correlationId")) AS correlation_id,
      CASE WHEN CAST(r.body AS TEXT) ->> '$.error' IS NULL THEN NULL ELSE json_object(
        'code', \(text("$.error.code")), 'message', \(text("$.error.message"))) END AS error,
      (SELECT json_group_array(json_object('vm', v.canonical,
          'vmName', replace(v.shown, rtrim(v.shown, replace(v.shown, '/', '')), ''),
          'port', g.value ->> '$.port', 'protocol', NULL, 'sources', g.value -> '$.sources',
          'opensAt', g.value ->> '$.opensAt', 'endsAt', g.value ->> '$.endsAt',
          'outcome', \(outcome),
          'inferred', json(CASE WHEN g.value ->> '$.inferred' THEN 'true' ELSE 'false' END)))
        FROM json_each(CAST(r.body AS TEXT), '$.grants') g
        JOIN vm v ON v.canonical = lower(g.value ->> '$.vm')) AS grants,
      CAST(r.body AS TEXT) -> '$.evidence' AS evidence
    FROM request r WHERE r.requested_at <= \(now);
    """

  private static let isSuperseded =
    "(g.superseded_opens IS NOT NULL AND max(g.superseded_requested, g.superseded_opens) <= \(now))"

  private static let windowsView = """
    CREATE VIEW windows AS SELECT v.canonical AS vm,
      replace(v.shown, rtrim(v.shown, replace(v.shown, '/', '')), '') AS vm_name,
      g.port AS port, \(actor), g.sources AS sources, \(instant("g.opens_at")) AS opens_at,
      \(instant("g.ends_at")) AS ends_at,
      CASE WHEN g.ends_at IS NOT NULL AND \(now) < g.opens_at THEN NULL
        WHEN \(isSuperseded) THEN \(instant("g.superseded_opens"))
        WHEN \(now) < g.presumed_end THEN NULL ELSE \(instant("g.presumed_end")) END AS closed_at,
      CASE WHEN g.ends_at IS NOT NULL AND \(now) < g.opens_at THEN 'pending'
        WHEN \(isSuperseded) THEN 'superseded'
        WHEN \(now) < g.presumed_end THEN 'open' ELSE 'expired' END AS state,
      CASE WHEN g.ends_at IS NOT NULL AND \(now) < g.opens_at THEN NULL
        WHEN \(isSuperseded) THEN 'evidence'
        WHEN \(now) < g.presumed_end THEN NULL ELSE 'presumed' END AS closed_by,
      g.inferred AS inferred, r.id AS request
    FROM access_grant g JOIN request r ON r.seq = g.request JOIN vm v ON v.id = g.vm
    WHERE g.refused = 0 AND g.port >= 0 AND g.requested_at <= \(now);
    """

  private static let findingsView = """
    CREATE VIEW findings AS SELECT f.feed_seq AS seq, e.transition AS transition,
      lower(hex(f.id)) AS id, f.rule AS rule, CAST(f.body AS TEXT) ->> '$.severity' AS severity,
      \(text("$.title", of: "f.body")) AS title,
      \(text("$.explanation", of: "f.body")) AS explanation,
      (SELECT json_group_array(lower(value)) FROM json_each(CAST(f.body AS TEXT), '$.vms')) AS vms,
      \(text("$.actor.kind", of: "f.body")) AS actor_kind,
      \(text("$.actor.name", of: "f.body")) AS actor_name,
      \(text("$.actor.objectId", of: "f.body")) AS actor_object_id,
      \(text("$.actor.appId", of: "f.body")) AS actor_app_id,
      \(text("$.occurredAt", of: "f.body")) AS occurred_at,
      \(instant("e.raised_at")) AS raised_at, CAST(f.body AS TEXT) -> '$.evidence' AS evidence,
      CAST(f.body AS TEXT) -> '$.attack' AS attack, CAST(f.body AS TEXT) ->> '$.over' AS over,
      CASE WHEN a.id IS NULL THEN NULL ELSE json_object(
        'at', \(instant("a.at")), 'by', a.by, 'note', a.note) END AS acknowledged
    FROM finding f JOIN feed e ON e.seq = f.feed_seq
    LEFT JOIN acknowledgement a ON a.id = f.id;
    """

  private static let vmsView = """
    CREATE VIEW vms AS SELECT v.canonical AS vm,
      replace(v.shown, rtrim(v.shown, replace(v.shown, '/', '')), '') AS vm_name,
      (SELECT json_group_array(policy) FROM (
        SELECT DISTINCT lower(\(text("$.policy"))) AS policy FROM access_grant g
        JOIN request r ON r.seq = g.request
        WHERE g.vm = v.id AND g.requested_at <= \(now) ORDER BY 1)) AS policies,
      (SELECT json_group_array(port) FROM (
        SELECT DISTINCT port FROM access_grant g
        WHERE g.vm = v.id AND g.port >= 0 AND g.requested_at <= \(now) ORDER BY 1)) AS ports,
      (SELECT \(instant("max(g.requested_at)")) FROM access_grant g
        WHERE g.vm = v.id AND g.requested_at <= \(now)) AS last_request_at,
      (SELECT count(*) FROM access_grant g WHERE g.vm = v.id AND g.refused = 0 AND g.port >= 0
        AND g.requested_at <= \(now) AND (g.ends_at IS NULL OR g.opens_at <= \(now))
        AND NOT \(isSuperseded) AND \(now) < g.presumed_end) AS windows_in_force,
      0 AS standing_rules,
      (SELECT \(instant("max(g.requested_at)")) FROM access_grant g
        WHERE g.vm = v.id AND g.requested_at <= \(now)) AS last_seen_at
    FROM vm v WHERE EXISTS (SELECT 1 FROM access_grant g
      WHERE g.vm = v.id AND g.requested_at <= \(now));
    """

  private static let peopleView = """
    CREATE VIEW people AS SELECT
      (SELECT \(text("$.actor.name")) FROM request r WHERE r.person = p.id
        AND \(text("$.actor.name")) IS NOT NULL ORDER BY r.requested_at DESC LIMIT 1) AS name,
      (SELECT \(text("$.actor.objectId")) FROM request r WHERE r.person = p.id
        AND \(text("$.actor.objectId")) IS NOT NULL LIMIT 1) AS object_id,
      (SELECT count(*) FROM request r WHERE r.person = p.id AND r.requested_at <= \(now))
        AS requests,
      (SELECT \(instant("min(r.requested_at)")) FROM request r WHERE r.person = p.id) AS first_at,
      (SELECT \(instant("max(r.requested_at)")) FROM request r
        WHERE r.person = p.id AND r.requested_at <= \(now)) AS last_at
    FROM person p WHERE EXISTS (SELECT 1 FROM request r WHERE r.person = p.id
      AND r.requested_at <= \(now) AND \(text("$.actor.kind")) = 'user');
    """

  private static let gapsView = """
    CREATE VIEW gaps AS SELECT \(instant("g.from_at")) AS "from", \(instant("g.to_at")) AS "to",
      s.name AS source, g.reason AS reason FROM gap g JOIN source s ON s.id = g.source;
    CREATE VIEW contract AS SELECT 1 AS version;
    """

  /// The views that outsiders read: a documented, versioned contract.
  private static let views = [requestsView, windowsView, findingsView, vmsView, peopleView, gapsView]
    .joined(separator: "\n")
}
