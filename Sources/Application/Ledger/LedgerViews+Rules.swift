internal import Access

/// Rules that stand for a VM, in SQL: what `StandingRules` and `VMRules` say of an instant.
extension LedgerViews {
  /// How many rules stand for the VM `v` beside its windows.
  static let standingRules = """
    (SELECT count(*) FROM named n JOIN person t ON t.id = n.name JOIN rule_episode e
      ON e.manages = 1 AND e.end_at > \(now)
        AND (e.first_seen <= \(now) OR e.begin_at IS NULL OR e.older = 1)
      WHERE n.resource = v.id AND t.identity NOT LIKE 'policy|%|%'
        AND e.nsg IN (SELECT j.nsg FROM rule_episode j WHERE \(isOfVM))
        AND (e.reach IS NULL OR EXISTS (SELECT 1 FROM json_each(e.reach) d
          WHERE \(address) BETWEEN d.value ->> 0 AND d.value ->> 1))
        AND NOT EXISTS (SELECT 1 FROM \(openings(of: "e")) AND (
          r.vms ->> c.key = v.id AND \(isWindow) AND \(isInForce) OR \(isPresumedGone))))
    """

  /// Whether `j` is a JIT rule of the VM `v`, which is named `n`.
  private static let isOfVM = """
    j.subject = n.name AND j.address IS NOT NULL
      AND (j.begin_at IS NULL OR j.older = 1 OR j.begin_at <= \(now))
      AND (j.address = '' OR NOT EXISTS (SELECT 1 FROM named m
          WHERE m.name = n.name AND m.resource <> v.id AND m.since <= \(now))
        OR j.address = \(shown(by: "v.id", at: "j.first_seen"))
        OR \(shown(by: "v.id", at: "j.first_seen")) IS NULL AND NOT EXISTS (
          SELECT 1 FROM named m WHERE m.name = n.name AND m.since <= \(now)
            AND j.address = \(shown(by: "m.resource", at: "j.first_seen"))))
    """

  /// The address of the VM `v`, which is named `n`, by its rules.
  private static let address = """
    coalesce(\(shown(by: "v.id", at: now)), (SELECT j.address FROM rule_episode j
      JOIN resource b ON b.id = j.nsg WHERE j.address > '' AND \(isOfVM)
      ORDER BY j.first_seen DESC, b.canonical DESC, j.name DESC LIMIT 1))
    """

  /// The newest address by an instant for which a rule opened a window of a VM that is named `n`.
  private static func shown(by vm: String, at instant: String) -> String {
    """
    (SELECT a.address FROM rule_episode a JOIN resource b ON b.id = a.nsg
      WHERE a.is_grant = 1 AND a.subject = n.name AND a.address > ''
        AND a.first_seen <= \(instant)
        AND EXISTS (SELECT 1 FROM \(openings(of: "a")) AND r.vms ->> c.key = \(vm))
      ORDER BY a.first_seen DESC, b.canonical DESC, a.name DESC LIMIT 1)
    """
  }

  /// The openings `x` that a rule makes: in grants `c` of requests `r`, which are rows `g`.
  private static func openings(of rule: String) -> String {
    """
    opening o JOIN request r ON r.seq = o.request
      CROSS JOIN json_each(\(body(of: "r")), '$.grants') c
      JOIN access_grant g ON g.vm = r.vms ->> c.key
        AND g.port = ifnull(c.value ->> '$.port', -1) AND g.requested_at = r.requested_at
        AND g.request = r.seq
      CROSS JOIN json_each(c.value, '$.openings') x
      WHERE o.nsg = \(rule).nsg AND o.began = \(rule).begin_at AND \(rule).older = 0
        AND x.value ->> '$.began' = \(instant("o.began"))
        AND x.value ->> '$.rule' = \(body(of: rule)) ->> '$.versions[0].rule.name'
    """
  }

  /// Whether Defender wrote the group of the opening `x` near the end of the window `g`.
  private static let isPresumedGone = """
    g.requested_at <= \(now) AND EXISTS (
      SELECT 1 FROM json_each(x.value, '$.presumed') q WHERE q.value ->> 1 IS NULL
        AND rtrim(q.value ->> 0, 'Z') BETWEEN
          rtrim(\(instant("(g.ends_at - \(TimeSpan.minutes(1).ticks))")), 'Z')
          AND rtrim(\(instant("g.overdue_from")), 'Z'))
    """
}
