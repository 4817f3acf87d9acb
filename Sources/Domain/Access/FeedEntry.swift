/// One row of the feed: what a finding was when it was told, and why it was told.
public struct FeedEntry: Hashable, Sendable {
  /// Its place in the feed; increasing, never used again.
  public var sequence: Int64
  /// What happened to the finding.
  public var transition: Transition
  /// When it was told, by our clock.
  public var raisedAt: EventTime
  /// The finding as it was told.
  public var finding: Finding
  /// Who acknowledged it, where somebody did.
  public var acknowledged: Acknowledgement?

  /// One row of the feed.
  public init(
    sequence: Int64, transition: Transition, raisedAt: EventTime, finding: Finding,
    acknowledged: Acknowledgement?
  ) {
    self.sequence = sequence
    self.transition = transition
    self.raisedAt = raisedAt
    self.finding = finding
    self.acknowledged = acknowledged
  }
}

/// That somebody has taken note of a finding.
public struct Acknowledgement: Hashable, Sendable {
  /// When.
  public var at: EventTime
  /// Who.
  public var by: String
  /// What they said about it.
  public var note: String

  /// An acknowledgement.
  public init(at: EventTime, by: String, note: String) {
    self.at = at
    self.by = by
    self.note = note
  }
}
