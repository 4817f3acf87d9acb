internal import Access

/// One VM × port of a call for which Defender for Cloud really wrote its rules.
struct Door: Sendable {
  var call: Int
  var machine: Int
  var port: Int
  /// The groups in which it opens, with the number of its rule in each.
  var groups: [Int]
  var rules: [Int] = []
  /// The deeds that open it, one for each group.
  var openings: [Int] = []
  /// The deeds that shut it, one for each group; none where nothing does.
  var shuttings: [Int] = []
  /// True where what shut it is only presumed: no record shows its rules.
  var isPresumed = false

  /// When its rules began, group by group.
  var opened: [EventTime] = []
  /// When they were gone, group by group.
  var shut: [EventTime] = []

  var opensAt: EventTime { opened.min() ?? .distantFuture }
  /// When the path was shut: the first group that shuts it is enough.
  var shutAt: EventTime? { shut.min() }
}
