internal import Access

/// The views that outsiders read: a documented, versioned contract.
///
/// Columns are the keys of the contract's rows in snake case, as they hold at stream time. Nothing
/// here may compare text without regard to case: SQLite knows the case of ASCII only.
enum LedgerViews {
  /// All of them, as one script.
  static let all = [requests, windows, findings, vms, people, gaps, contract]
    .joined(separator: "\n")

  static let now = "(SELECT value FROM state WHERE key = 'stream_time')"

  private static let requests = """
    CREATE VIEW requests AS SELECT r.id AS id, \(instant("r.requested_at")) AS requested_at,
      \(outcome) AS outcome, \(actor(of: "r")),
      \(field("sourceAddress")) AS source_address, \(field("role")) AS role,
      \(field("justification")) AS justification,
      (SELECT canonical FROM resource WHERE id = r.policy) AS policy,
      nullif(\(field("correlationId")), '') AS correlation_id,
      CASE WHEN \(field("error")) IS NULL THEN NULL ELSE json_object(
        'code', \(field("error.code")), 'message', \(field("error.message"))) END AS error,
      \(grants) AS grants, \(list("evidence")) AS evidence
    FROM request r WHERE r.requested_at <= \(now);
    """

  private static let grants = """
    (SELECT json_group_array(json_object(
        'vm', v.canonical, 'vmName', v.name, 'port', g.value ->> '$.port',
        'protocol', g.value ->> '$.protocol', 'sources', g.value -> '$.sources',
        'opensAt', g.value ->> '$.opensAt', 'endsAt', g.value ->> '$.endsAt',
        'outcome', iif(\(isOpened), 'granted', \(phaseOutcome)),
        'inferred', json(iif(g.value ->> '$.inferred', 'true', 'false'))))
      FROM json_each(\(body(of: "r")), '$.grants') g
      CROSS JOIN resource v ON v.id = r.vms ->> g.key
      WHERE NOT g.value ->> '$.inferred' OR g.value ->> '$.port' IS NULL OR \(isOpened))
    """

  /// Whether a rule opened the grant `g` of the request `r`.
  private static let isOpened = """
    EXISTS (SELECT 1 FROM access_grant d WHERE d.vm = r.vms ->> g.key
      AND d.port = ifnull(g.value ->> '$.port', -1) AND d.requested_at = r.requested_at
      AND d.request = r.seq AND d.seen_at <= \(now))
    """

  private static let outcome = """
    iif(EXISTS (SELECT 1 FROM json_each(\(body(of: "r")), '$.grants') g WHERE \(isOpened)),
      'granted', \(phaseOutcome))
    """

  /// What the phases alone tell; some time after a Start alone nothing more is waited for.
  private static let phaseOutcome = """
    CASE WHEN \(field("refusedAt")) IS NOT NULL THEN 'refused' WHEN \(field("acceptedAt")) IS NOT NULL THEN 'accepted'
      WHEN \(now) >= min(r.requested_at + \(AccessRequest.patience.ticks),
        \(EventTime.distantFuture.ticks)) THEN 'unknown' ELSE 'pending' END
    """

  private static let windows = """
    CREATE VIEW windows AS SELECT v.canonical AS vm, v.name AS vm_name, g.port AS port,
      \(actor(of: "r")), g.sources AS sources,
      \(instant("g.opens_at")) AS opens_at, \(instant("g.ends_at")) AS ends_at,
      CASE g.state WHEN 'superseded' THEN \(instant("g.superseded_opens"))
        WHEN 'revoked' THEN \(instant("g.removed_at"))
        WHEN 'closed' THEN \(instant("g.removed_at"))
        WHEN 'expired' THEN \(instant("g.presumed_end")) END AS closed_at,
      g.state AS state,
      CASE WHEN g.state = 'expired' OR g.state = 'closed' AND g.removal_presumed
          OR g.state = 'revoked' AND g.removal_presumed THEN 'presumed'
        WHEN g.state IN ('superseded', 'revoked', 'closed') THEN 'evidence' END AS closed_by,
      g.inferred AS inferred, r.id AS request
    FROM (SELECT *, \(state) AS state FROM access_grant g) g
    JOIN request r ON r.seq = g.request JOIN resource v ON v.id = g.vm
    WHERE \(isWindow) AND g.requested_at <= \(now);
    """

  /// Whether a grant `g` of a request `r` is a window: it names a port, and was not refused or was
  /// opened by a rule; one that was concluded from a rule is none before that.
  static let isWindow = """
    g.refused = 0 AND g.port >= 0
      AND (\(isSeen) OR g.inferred = 0 AND \(field("refusedAt")) IS NULL)
    """

  private static let isSeen = "ifnull(g.seen_at <= \(now), 0)"

  private static let isRemoved = "(\(isSeen) AND ifnull(g.removed_at <= \(now), 0))"

  private static let isPending = "(g.ends_at IS NOT NULL AND \(now) < g.opens_at)"

  private static let isSuperseded = """
    (g.superseded_opens IS NOT NULL
      AND max(g.superseded_requested, g.superseded_opens) <= \(now))
    """

  /// Where a window stands: the first line of the table that applies.
  private static let state = """
    CASE WHEN \(isPending) THEN 'pending' WHEN \(isSuperseded) THEN 'superseded'
      WHEN \(isRemoved)
        THEN iif(g.removed_at < g.ends_at - \(TimeSpan.seconds(60).ticks), 'revoked', 'closed')
      WHEN NOT \(isSeen) THEN iif(\(now) < g.presumed_end, 'open', 'expired')
      WHEN \(now) < g.ends_at THEN 'open'
      WHEN \(now) < g.overdue_from THEN iif(g.ends_at IS NULL, 'open', 'closing')
      ELSE 'overdue' END
    """

  /// Whether a window `g` is in force: its rule is, or it is open and no rule of it was seen.
  static let isInForce = """
    iif(\(isSeen), NOT \(isRemoved), NOT \(isPending) AND NOT \(isSuperseded)
      AND \(now) < g.presumed_end)
    """

  private static let findings = """
    CREATE VIEW findings AS SELECT f.feed_seq AS seq, e.transition AS transition,
      lower(hex(f.id)) AS id, f.rule AS rule, \(field("severity", of: "f")) AS severity,
      \(field("title", of: "f")) AS title, \(field("explanation", of: "f")) AS explanation,
      (SELECT json_group_array(v.canonical) FROM json_each(f.vms) l
        CROSS JOIN resource v ON v.id = l.value) AS vms,
      \(actor(of: "f")), \(field("occurredAt", of: "f")) AS occurred_at,
      \(instant("e.raised_at")) AS raised_at, \(list("evidence", of: "f")) AS evidence,
      \(list("attack", of: "f")) AS attack, \(field("over", of: "f")) AS over,
      CASE WHEN a.id IS NULL THEN NULL ELSE json_object(
        'at', \(instant("a.at")), 'by', a.by, 'note', a.note) END AS acknowledged
    FROM finding f JOIN feed e ON e.seq = f.feed_seq
    LEFT JOIN acknowledgement a ON a.id = f.id;
    """

  private static let isKnown = LedgerReader.isKnownGrant(at: now)

  private static let vms = """
    CREATE VIEW vms AS SELECT v.canonical AS vm, v.name AS vm_name,
      (SELECT json_group_array(canonical) FROM (
        SELECT p.canonical FROM access_grant g JOIN request r ON r.seq = g.request
        JOIN resource p ON p.id = r.policy WHERE g.vm = v.id AND \(isKnown)
        UNION SELECT p.canonical FROM (\(LedgerReader.versionsInForce(at: now))) f
        JOIN resource p ON p.id = f.policy CROSS JOIN json_each(f.vms) l
        WHERE l.value = v.id ORDER BY 1)) AS policies,
      (SELECT json_group_array(port) FROM (
        SELECT DISTINCT port FROM access_grant g
        WHERE g.vm = v.id AND g.port >= 0 AND \(isKnown) ORDER BY 1)) AS ports,
      (SELECT \(instant("max(g.requested_at)")) FROM access_grant g
        WHERE g.vm = v.id AND \(isKnown)) AS last_request_at,
      (SELECT count(*) FROM access_grant g JOIN request r ON r.seq = g.request
        WHERE g.vm = v.id AND g.requested_at <= \(now) AND \(isWindow) AND \(isInForce))
        AS windows_in_force,
      \(standingRules) AS standing_rules,
      (SELECT \(instant("ifnull(max(at), 0)")) FROM (
        SELECT max(g.requested_at) AS at FROM access_grant g
          WHERE g.vm = v.id AND \(isKnown)
        UNION ALL SELECT max(s.at) FROM reached s WHERE s.vm = v.id AND s.at <= \(now)
        UNION ALL SELECT f.at FROM (\(LedgerReader.versionsInForce(at: now))) f
          CROSS JOIN json_each(f.vms) l WHERE l.value = v.id)) AS last_seen_at
    FROM resource v WHERE \(LedgerReader.isNamedVM(at: now));
    """

  /// One row per identity that is a person's; name and object id as its newest request says them.
  private static let people = """
    CREATE VIEW people AS SELECT \(newest("name")) AS name, \(newest("objectId")) AS object_id,
      count(*) AS requests, \(instant("min(r.requested_at)")) AS first_at,
      \(instant("max(r.requested_at)")) AS last_at
    FROM request r WHERE r.requested_at <= \(now)
    GROUP BY r.person HAVING max(\(field("actor.kind")) = 'user');
    """

  private static func newest(_ key: String) -> String {
    let found = field("actor.\(key)", of: "n")
    return """
      (SELECT \(found) FROM request n WHERE n.person = r.person AND n.requested_at <= \(now)
        AND \(found) IS NOT NULL ORDER BY n.requested_at DESC, n.id LIMIT 1)
      """
  }

  private static let gaps = """
    CREATE VIEW gaps AS SELECT \(instant("g.from_at")) AS "from", \(instant("g.to_at")) AS "to",
      s.name AS source, g.reason AS reason FROM gap g JOIN source s ON s.id = g.source;
    """

  private static let contract = "CREATE VIEW contract AS SELECT 1 AS version;"

  /// A row's body as JSON, without NULs.
  ///
  /// SQLite ends a text of JSON there, so that a name with something hidden behind a NUL would read
  /// as another name; a NUL is shown as the mark for what cannot be shown.
  static func body(of row: String) -> String {
    #"replace(CAST(\#(row).body AS TEXT), '\u0000', '\ufffd')"#
  }

  /// A scalar of a row's body; true and false come as 1 and 0.
  private static func field(_ path: String, of row: String = "r") -> String {
    "\(body(of: row)) ->> '$.\(path)'"
  }

  /// A list of a row's body as JSON text.
  private static func list(_ key: String, of row: String = "r") -> String {
    "\(body(of: row)) -> '$.\(key)'"
  }

  private static func actor(of row: String) -> String {
    """
    \(field("actor.kind", of: row)) AS actor_kind, \(field("actor.name", of: row)) AS actor_name,
      \(field("actor.objectId", of: row)) AS actor_object_id,
      \(field("actor.appId", of: row)) AS actor_app_id
    """
  }

  /// RFC 3339 text of a column of ticks, without trailing zeros; null stays null.
  static func instant(_ column: String) -> String {
    let fraction = "((\(column) % 10000000) + 10000000) % 10000000"
    return """
      (strftime('%Y-%m-%dT%H:%M:%S', (\(column) - \(fraction)) / 10000000, 'unixepoch')
        || rtrim(rtrim(printf('.%07d', \(fraction)), '0'), '.') || 'Z')
      """
  }
}
