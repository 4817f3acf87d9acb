internal import Access

/// A window of the truth: one VM × port of a call that was not refused.
struct FactWindow: Sendable {
  /// The index of its fact.
  let fact: Int
  let grant: Fact.Grant
  let port: Int
  let requestedAt: EventTime
  /// The door that was opened for it.
  var door: Door?
  /// How long it may be open, where only its rule tells of it.
  var maximum: TimeSpan?
  /// When somebody's newer request takes over, and when that one opens.
  var takenOver: (effectiveAt: EventTime, opensAt: EventTime)?

  private static let grace = TimeSpan.minutes(15)

  /// The end that is believed: one more than 7 days away is not.
  static func believed(_ grant: Fact.Grant) -> EventTime? {
    guard let end = grant.endsAt, end <= grant.opensAt + .days(7) else { return nil }
    return end
  }

  var endsAt: EventTime? { FactWindow.believed(grant) }

  /// Without an end a window of which no rule was seen is over a day after it opened.
  var over: EventTime { endsAt ?? grant.opensAt + .hours(24) }

  /// Up to when a newer request takes it over: its end, or the removal of its rule.
  var limit: EventTime {
    let end = endsAt ?? (door == nil ? over : .distantFuture)
    guard let door, !door.isPresumed else { return end }
    return min(end, door.shutAt ?? .distantFuture)
  }

  /// From when on a rule that still stands is overdue.
  var overdueFrom: EventTime {
    (endsAt ?? grant.opensAt + (maximum ?? .hours(24))) + FactWindow.grace
  }

  /// Whether it was ever overdue by an instant.
  func isOverdue(by instant: EventTime) -> Bool {
    guard let door, door.opensAt <= instant, overdueFrom <= instant else { return false }
    return overdueFrom < door.shutAt ?? .distantFuture
  }

  /// Whether the log tells of it at an instant.
  func isKnown(at instant: EventTime) -> Bool {
    requestedAt <= instant && (!grant.isInferred || grant.opensAt <= instant)
  }

  /// The state at an instant, with closing time and what tells of it.
  func state(at instant: EventTime) -> (name: String, closedAt: EventTime?, closedBy: String?) {
    if endsAt != nil, instant < grant.opensAt { return ("pending", nil, nil) }
    if let takenOver, takenOver.effectiveAt <= instant {
      return ("superseded", takenOver.opensAt, "evidence")
    }
    guard let door, door.opensAt <= instant else {
      return instant < over ? ("open", nil, nil) : ("expired", over, "presumed")
    }
    if let shut = door.shutAt, shut <= instant {
      let isEarly = endsAt.map { shut < $0 - .minutes(1) } ?? false
      return (isEarly ? "revoked" : "closed", shut, door.isPresumed ? "presumed" : "evidence")
    }
    guard let endsAt else { return (instant < overdueFrom ? "open" : "overdue", nil, nil) }
    if instant < endsAt { return ("open", nil, nil) }
    return (instant < endsAt + FactWindow.grace ? "closing" : "overdue", nil, nil)
  }

  /// What makes it count at an instant: its rule, or the request alone; nil where nothing does.
  func basis(at instant: EventTime) -> String? {
    guard isKnown(at: instant) else { return nil }
    if let door, door.opensAt <= instant {
      return instant < door.shutAt ?? .distantFuture ? "rule" : nil
    }
    return state(at: instant).name == "open" ? "request" : nil
  }
}
