public import Access
internal import SQLite
public import Timelines

/// Slices as plain values, and the rows that judging them writes.
extension LedgerWriter {
  /// All records that hang together with a touched call.
  public func component(of call: TouchedCall) throws(LedgerError) -> [IdentifiedEvidence] {
    try guarded { () throws(SQLiteError) in
      try evidence.component(of: call.key, around: call.day)
    }
  }

  /// The requests that calls of a key made on some days.
  public func requests(
    of key: CallKey, days: ClosedRange<Int>
  ) throws(LedgerError) -> [StoredRequest] {
    try guarded { () throws(SQLiteError) in
      try requests.ofCall(key.stableHash, days: days)
    }
  }

  /// Requests after one instant up to another, by time.
  public func requests(
    after from: EventTime, through to: EventTime, limit: Int
  ) throws(LedgerError) -> [StoredRequest] {
    try guarded { () throws(SQLiteError) in try requests.between(from, to, limit: limit) }
  }

  /// A person's requests from one instant to another, both included.
  public func requests(
    by identity: String, from: EventTime, to: EventTime
  ) throws(LedgerError) -> [StoredRequest] {
    try guarded { () throws(SQLiteError) in
      try requests.of(identity: identity, from: from, to: to)
    }
  }

  /// How many requests a person made in a span, counted up to a limit.
  public func requestCount(
    by identity: String, from: EventTime, to: EventTime, limit: Int
  ) throws(LedgerError) -> Int {
    try guarded { () throws(SQLiteError) in
      try requests.count(of: identity, from: from, to: to, limit: limit)
    }
  }

  /// Requests of a name without an object id in a span.
  public func unresolvedRequests(
    name: String, from: EventTime, to: EventTime, limit: Int
  ) throws(LedgerError) -> [StoredRequest] {
    try guarded { () throws(SQLiteError) in
      try requests.unresolved(name: name, from: from, to: to, limit: limit)
    }
  }

  /// Who an actor is at an instant, when only sightings up to the stream time count.
  public func identity(
    of actor: Actor, at instant: EventTime, streamTime: EventTime
  ) throws(LedgerError) -> String {
    guard actor.needsSighting, let name = actor.name?.lowercased() else {
      return actor.ownIdentity
    }
    let seen = try guarded { () throws(SQLiteError) in
      try requests.sightings(
        of: name, around: instant, reach: NameSightings.reach, until: streamTime)
    }
    return NameSightings.nearest(to: instant, before: seen.before, after: seen.after)?.objectID
      ?? name
  }

  /// Between which sightings of a name new ones lie: what is nearer to an older sighting than to
  /// any of the new ones means what it meant before.
  public func sightingGap(
    of name: String, around seen: ClosedRange<EventTime>, streamTime: EventTime
  ) throws(LedgerError) -> ClosedRange<EventTime> {
    let reach = NameSightings.reach
    return try guarded { () throws(SQLiteError) in
      let known = try requests.sightingInstants(
        of: name, around: seen, reach: reach, until: streamTime)
      let from = known.before ?? seen.lowerBound - reach
      return from...max(from, known.after ?? seen.upperBound + reach)
    }
  }

  /// Writes a request in place of another one, together with its grants; nil = there is none.
  public func replace(
    _ old: StoredRequest?, by new: AccessRequest?, call: Int64
  ) throws(LedgerError) -> StoredRequest? {
    try guarded { () throws(SQLiteError) in
      if let old { for grant in old.request.grants { try grants.delete(grant, of: old) } }
      guard let new else {
        if let old { try requests.delete(old.seq) }
        return nil
      }
      let seq: Int64
      if let old {
        seq = old.seq
        try requests.update(new, call: call, at: seq)
      } else {
        seq = try requests.insert(new, call: call)
      }
      let stored = StoredRequest(seq: seq, call: call, request: new)
      try noteNames(of: new)
      for grant in new.grants { try grants.insert(grant, of: stored) }
      return stored
    }
  }

  /// What stands in a slice.
  public func standingFindings(
    in slice: String, day: Int
  ) throws(LedgerError) -> [Finding] {
    try guarded { () throws(SQLiteError) in
      try findings.standing(in: slice, day: day).map(\.finding)
    }
  }

  /// Replaces the verdicts of some rules in a slice, and tells the feed what changed.
  public func judge(
    _ slice: JudgedSlice, now: EventTime, settings: Int64
  ) throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      let standing = try findings.standing(in: slice.slice, day: slice.day)
        .filter { slice.rules.contains($0.finding.rule) }
      for old in standing where !slice.findings.contains(where: { $0.id == old.finding.id }) {
        if try findings.replace(old, by: nil, day: slice.day, at: now, settings: settings) {
          noteTold()
        }
      }
      for finding in slice.findings {
        let old = standing.first { $0.finding.id == finding.id }
        if try findings.replace(old, by: finding, day: slice.day, at: now, settings: settings) {
          noteTold()
        }
      }
    }
  }
}

extension LedgerWriter {
  /// Withdraws findings of a rule from a day on, at most so many; says the day to go on from, or
  /// nil when none is left.
  public func withdraw(
    rule: String, fromDay day: Int, limit: Int, now: EventTime, settings: Int64
  ) throws(LedgerError) -> Int? {
    try guarded { () throws(SQLiteError) in
      let rows = try findings.standing(of: rule, fromDay: day, limit: limit)
      for row in rows {
        let isTold = try findings.replace(
          row.standing, by: nil, day: row.day, at: now, settings: settings)
        if isTold { noteTold() }
      }
      return rows.count < limit ? nil : rows.last?.day
    }
  }
}

/// The verdicts of some rules about one slice.
public struct JudgedSlice: Sendable {
  /// The slice.
  public var slice: String
  /// The day that the slice is filed under.
  public var day: Int
  /// The rules that were judged: what they said before and do not say now is withdrawn.
  public var rules: Set<String>
  /// What they say now.
  public var findings: [Finding]

  /// Verdicts about a slice.
  public init(slice: String, day: Int, rules: Set<String>, findings: [Finding]) {
    self.slice = slice
    self.day = day
    self.rules = rules
    self.findings = findings
  }
}
