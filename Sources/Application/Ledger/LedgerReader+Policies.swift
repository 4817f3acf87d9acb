public import Access
internal import SQLite
internal import Timelines

/// Policies: what they list at an instant, and their lines on timelines.
extension LedgerReader {
  /// The lines that versions of policies and failed calls make on a VM's timeline in a span.
  public func policyLines(
    of vm: ResourceID, in span: ClosedRange<EventTime>
  ) throws(LedgerError) -> [TimelineEntry] {
    try guarded { () throws(SQLiteError) in
      var policies: [Int64] = []
      let bounds: [Parameter] = [
        .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
      ]
      try rows(
        """
        SELECT DISTINCT policy FROM policy_version WHERE at >= ? AND at <= ? AND observed = 0
        """, bounds
      ) { policies.append($0.int64(0)) }
      var lines: [TimelineEntry] = []
      for policy in policies {
        let calls = try calls(ofPolicy: policy, in: span)
        lines += PolicyLines.lines(of: calls, on: vm).filter { span.contains($0.at) }
      }
      return lines
    }
  }

  /// The calls of a policy in a span, and what tells of the version before it.
  private func calls(
    ofPolicy policy: Int64, in span: ClosedRange<EventTime>
  ) throws(SQLiteError) -> [Call] {
    var lists: [String] = []
    try rows(
      """
      SELECT evidence FROM policy_version WHERE policy = ?1 AND at <= ?3 AND at >= ifnull((
        SELECT max(at) FROM policy_version WHERE policy = ?1 AND at < ?2 AND vms IS NOT NULL), ?2)
      ORDER BY at
      """,
      [
        .number(policy), .number(span.lowerBound.ticks), .number(span.upperBound.ticks),
      ]
    ) { lists.append($0.text(0)) }
    return try calls(of: lists)
  }

  /// Which policies list which VMs at an instant, and when they last said so, by the VM's number.
  func listings(
    at instant: EventTime
  ) throws(SQLiteError) -> [Int64: [(policy: ResourceID, at: EventTime)]] {
    if let known = knownListings, known.instant == instant { return known.byVM }
    var byVM: [Int64: [(policy: ResourceID, at: EventTime)]] = [:]
    try rows(
      """
      SELECT l.value, v.canonical, v.shown, p.at FROM (\(LedgerReader.versionsInForce)) p
      JOIN resource v ON v.id = p.policy CROSS JOIN json_each(p.vms) l
      """, [.number(instant.ticks)]
    ) { row throws(SQLiteError) in
      byVM[row.int64(0), default: []].append(
        (
          ResourceID(canonical: row.text(1), display: row.text(2)),
          EventTime(ticks: row.int64(3))
        ))
    }
    knownListings = (instant, byVM)
    return byVM
  }

  /// The version of each policy in force: the newest by then, else the first of all where a file
  /// tells of it.
  static let versionsInForce = versionsInForce(at: "?1")

  static func versionsInForce(at instant: String) -> String {
    let versions = """
      FROM policy_version x JOIN evidence e ON e.seq = x.first
      WHERE x.policy = d.policy AND x.vms IS NOT NULL
      """
    return """
      SELECT w.policy AS policy, w.at AS at, w.vms AS vms
      FROM (SELECT DISTINCT policy FROM policy_version) d JOIN policy_version w
        ON w.policy = d.policy AND w.first = coalesce(
          (SELECT x.first \(versions) AND x.at <= \(instant)
            ORDER BY x.at DESC, e.day DESC, e.hash DESC LIMIT 1),
          (SELECT iif(x.observed, x.first, NULL) \(versions)
            ORDER BY x.at, e.day, e.hash LIMIT 1))
      """
  }
}
