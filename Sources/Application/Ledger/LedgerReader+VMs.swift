public import Access
internal import SQLite
internal import Timelines

/// The VMs that the evidence names.
extension LedgerReader {
  /// All VMs that requests, policies, sessions and ways around name by an instant, by id.
  public func vms(at instant: EventTime) throws(LedgerError) -> [ResourceID] {
    try guarded { () throws(SQLiteError) in
      var vms: [ResourceID] = []
      try rows(
        """
        SELECT v.canonical, v.shown FROM resource v WHERE \(LedgerReader.isNamedVM(at: "?1"))
        ORDER BY v.canonical
        """, [.number(instant.ticks)]
      ) { vms.append(ResourceID(canonical: $0.text(0), display: $0.text(1))) }
      return vms
    }
  }

  /// Whether a resource `v` is a VM that is named by an instant.
  static func isNamedVM(at instant: String) -> String {
    """
    (EXISTS (SELECT 1 FROM access_grant g WHERE g.vm = v.id AND \(isKnownGrant(at: instant)))
      OR EXISTS (SELECT 1 FROM named n JOIN person p ON p.id = n.name
        WHERE n.resource = v.id AND n.since <= \(instant) AND p.identity NOT LIKE 'policy|%|%'))
    """
  }

  /// Whether a grant `g` is known by an instant: one that was concluded from a rule, since the rule.
  static func isKnownGrant(at instant: String) -> String {
    """
    g.requested_at <= \(instant) AND (g.inferred = 0 OR g.port < 0 OR g.seen_at <= \(instant))
    """
  }

  /// What is known of a VM at an instant.
  public func summary(
    of vm: ResourceID, at instant: EventTime
  ) throws(LedgerError) -> VMSummary {
    var summary = VMSummary(vm: vm, lastSeenAt: .epoch)
    try guarded { () throws(SQLiteError) in
      guard let number = try number(of: vm) else { return }
      for port in try ports(of: number) where port >= 0 {
        var newest: EventTime?
        try rows(
          """
          SELECT max(g.requested_at) FROM access_grant g
          WHERE g.vm = ?1 AND g.port = ?2 AND \(LedgerReader.isKnownGrant(at: "?3"))
          """, [.number(number), .number(Int64(port)), .number(instant.ticks)]
        ) { newest = $0.optionalInt64(0).map { EventTime(ticks: $0) } }
        if newest != nil { summary.ports.append(port) }
      }
      let listings = try listings(at: instant)[number] ?? []
      var policies = Set(listings.map(\.policy))
      try rows(
        """
        SELECT DISTINCT p.canonical, p.shown FROM access_grant g
        JOIN request r ON r.seq = g.request JOIN resource p ON p.id = r.policy
        WHERE g.vm = ?1 AND \(LedgerReader.isKnownGrant(at: "?2"))
        """,
        [.number(number), .number(instant.ticks)]
      ) { policies.insert(ResourceID(canonical: $0.text(0), display: $0.text(1))) }
      summary.policies = policies.sorted()
      var seen = listings.map(\.at)
      try rows(
        """
        SELECT (SELECT max(g.requested_at) FROM access_grant g
            WHERE g.vm = ?1 AND \(LedgerReader.isKnownGrant(at: "?2"))),
          (SELECT max(at) FROM reached WHERE vm = ?1 AND at <= ?2)
        """,
        [.number(number), .number(instant.ticks)]
      ) { row throws(SQLiteError) in
        summary.lastRequestAt = row.optionalInt64(0).map { EventTime(ticks: $0) }
        if let at = row.optionalInt64(1) { seen.append(EventTime(ticks: at)) }
      }
      if let at = summary.lastRequestAt { seen.append(at) }
      summary.lastSeenAt = seen.max() ?? .epoch
    }
    let windows = try windows(of: vm, touching: instant...instant, at: instant)
      .filter { $0.isInForce(at: instant) }
    summary.windowsInForce = windows.count
    summary.standingRules = try standingRules(
      of: vm, besides: windows, during: instant...instant
    ).count
    return summary
  }
}
