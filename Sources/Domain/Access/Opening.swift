/// A rule that opens a window: one episode of it in one network security group.
public struct Opening: Hashable, Sendable {
  /// A removal that nobody showed: Defender for Cloud wrote the group near the window's end, and
  /// the record has no body.
  public struct Presumption: Hashable, Sendable {
    /// When the group was written.
    public var at: EventTime
    /// When a later record showed, changed or deleted the rule by name, where one did.
    public var refutedAt: EventTime?

    /// A removal presumed at an instant.
    public init(at: EventTime, refutedAt: EventTime?) {
      self.at = at
      self.refutedAt = refutedAt
    }
  }

  /// The network security group.
  public var nsg: ResourceID
  /// The name of the rule.
  public var rule: String
  /// When the episode began; with group and name its identity.
  public var began: EventTime
  /// From when on it opens this window.
  public var from: EventTime
  /// When the rule was gone, by evidence.
  public var until: EventTime?
  /// Removals presumed near the window's end, by time.
  public var presumed: [Presumption]
  /// True when the rule was taken over from a window that this one supersedes.
  public var isCarried: Bool
  /// When a rule of its own in this group takes the place of one that was taken over.
  public var yieldsAt: EventTime?

  /// A rule that opens a window from an instant on.
  public init(
    nsg: ResourceID, rule: String, began: EventTime, from: EventTime, until: EventTime?,
    presumed: [Presumption] = [], isCarried: Bool = false, yieldsAt: EventTime? = nil
  ) {
    self.nsg = nsg
    self.rule = rule
    self.began = began
    self.from = from
    self.until = until
    self.presumed = presumed
    self.isCarried = isCarried
    self.yieldsAt = yieldsAt
  }

  /// By time, then by group and rule: whatever was found first, a window lists them in one order.
  public static func precedes(_ left: Opening, _ right: Opening) -> Bool {
    if left.from != right.from { return left.from < right.from }
    if left.nsg != right.nsg { return left.nsg < right.nsg }
    let (one, other) = (left.rule.lowercased(), right.rule.lowercased())
    if one != other { return one < other }
    if left.isCarried != right.isCarried { return left.isCarried }
    return left.began < right.began
  }

  /// Whether it is known, and the window's own, at an instant.
  public func isSeen(at instant: EventTime) -> Bool {
    from <= instant && (yieldsAt.map { instant < $0 } ?? true)
  }

  /// When the rule was gone as far as an instant tells, and whether that is presumed.
  public func removal(at instant: EventTime) -> Removal? {
    let presumption = presumed.first {
      $0.at <= instant && $0.refutedAt.map { instant < $0 } ?? true
    }
    let shown = until.flatMap { $0 <= instant ? $0 : nil }
    if let presumption, presumption.at < shown ?? .distantFuture {
      return Removal(at: presumption.at, isPresumed: true)
    }
    return shown.map { Removal(at: $0, isPresumed: false) }
  }

  /// The opening without what came after an instant.
  public func known(at instant: EventTime) -> Opening {
    var opening = self
    opening.until = until.flatMap { $0 <= instant ? $0 : nil }
    opening.yieldsAt = yieldsAt.flatMap { $0 <= instant ? $0 : nil }
    opening.presumed = presumed.filter { $0.at <= instant }.map { presumption in
      Presumption(
        at: presumption.at, refutedAt: presumption.refutedAt.flatMap { $0 <= instant ? $0 : nil })
    }
    return opening
  }

  /// The end of a rule.
  public struct Removal: Hashable, Sendable {
    /// When it was gone.
    public var at: EventTime
    /// True when no record shows it.
    public var isPresumed: Bool
  }
}

/// The opening rules of one window, as far as an instant tells.
public struct OpeningState: Hashable, Sendable {
  /// Whether one was seen at all.
  public let isSeen: Bool
  /// When the path was shut: the first group whose rules are all gone, presumed removals included.
  public let removal: Opening.Removal?
  /// When the path was shut by evidence alone.
  public let shownRemoval: EventTime?

  /// True while an opening rule is in force.
  public var isInForce: Bool { isSeen && removal == nil }

  /// What some openings come to at an instant.
  public init(_ openings: [Opening], at instant: EventTime) {
    let seen = openings.filter { $0.isSeen(at: instant) }
    isSeen = !seen.isEmpty
    var removals: [Opening.Removal] = []
    var shown: [EventTime] = []
    for nsg in Set(seen.map(\.nsg)) {
      let rules = seen.filter { $0.nsg == nsg }
      let gone = rules.compactMap { $0.removal(at: instant) }
      if gone.count == rules.count, let last = gone.max(by: { $0.at < $1.at }) {
        removals.append(last)
      }
      let ends = rules.compactMap { $0.until.flatMap { $0 <= instant ? $0 : nil } }
      if ends.count == rules.count, let last = ends.max() { shown.append(last) }
    }
    removal = removals.min { ($0.at, $0.isPresumed ? 1 : 0) < ($1.at, $1.isPresumed ? 1 : 0) }
    shownRemoval = shown.min()
  }
}
