public import Access

/// What a sink is told of the feed.
public struct DeliveryFilter: Hashable, Sendable {
  /// Findings below it are not told.
  public var minimumSeverity: Severity
  /// Findings that became true longer ago are not told; only for sinks that page somebody.
  public var maximumAge: TimeSpan?
  /// What nobody wants to be told.
  public var suppressions: [Suppression]

  /// A filter; everything but what is only informative unless said otherwise.
  public init(
    minimumSeverity: Severity = .low, maximumAge: TimeSpan? = nil,
    suppressions: [Suppression] = []
  ) {
    self.minimumSeverity = minimumSeverity
    self.maximumAge = maximumAge
    self.suppressions = suppressions
  }

  /// The rows to be told, and how many were left out for which reason.
  public struct Selection: Hashable, Sendable {
    /// The rows to be told.
    public var entries: [FeedEntry] = []
    /// Those below the severity.
    public var belowSeverity = 0
    /// Those that are too old.
    public var tooOld = 0
    /// Those that were suppressed, by what suppressed them.
    public var suppressed: [Suppression: Int] = [:]
  }

  /// Selects from rows of the feed; every row is either told or counted once.
  public func select(_ entries: [FeedEntry], at now: EventTime) -> Selection {
    var selection = Selection()
    for entry in entries {
      if entry.finding.severity < minimumSeverity {
        selection.belowSeverity += 1
      } else if let maximumAge, entry.finding.occurredAt < now - maximumAge {
        selection.tooOld += 1
      } else if let suppression = suppressions.first(where: { $0.covers(entry) }) {
        selection.suppressed[suppression, default: 0] += 1
      } else {
        selection.entries.append(entry)
      }
    }
    return selection
  }
}
