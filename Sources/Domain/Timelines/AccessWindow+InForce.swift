public import Access

extension AccessWindow {
  /// Whether the window is in force at some instant of a span, by what is known at its end.
  ///
  /// For a span of one instant this is `isInForce(at:)`.
  public func isInForce(within span: ClosedRange<EventTime>) -> Bool {
    let told = withoutRefuted(at: span.upperBound)
    // Nothing changes between these instants.
    return ([span.lowerBound] + told.turns.filter(span.contains)).contains {
      told.isInForce(at: $0)
    }
  }

  /// Whether its opening rule holds it open at some instant of a span.
  public func isOpenByRule(within span: ClosedRange<EventTime>) -> Bool {
    let told = withoutRefuted(at: span.upperBound)
    return ([span.lowerBound] + told.turns.filter(span.contains)).contains {
      told.requestedAt <= $0 && told.doors(at: $0).isInForce
    }
  }

  /// Since when it is overdue, where its rule was still in force then, as far as an instant tells.
  ///
  /// A rule that another of these windows took over by then is no longer this one's.
  public func overdueAt(among windows: [AccessWindow], by instant: EventTime) -> EventTime? {
    let at = overdueFrom
    guard at <= instant, !openings.isEmpty else { return nil }
    var told = withoutRefuted(at: instant)
    let later = windows.filter { isBefore($0) && $0.vm == vm && $0.port == port }
    told.openings.removeAll { opening in
      later.contains { newer in
        newer.openings.contains {
          $0.isCarried && RuleKey($0) == RuleKey(opening) && $0.isSeen(at: at)
        }
      }
    }
    return told.doors(at: at).isInForce ? at : nil
  }

  private func isBefore(_ other: AccessWindow) -> Bool {
    requestedAt != other.requestedAt ? requestedAt < other.requestedAt : place < other.place
  }

  /// "Until refuted" is said of the instant from which it is looked at.
  private func withoutRefuted(at instant: EventTime) -> AccessWindow {
    var window = self
    for index in window.openings.indices {
      window.openings[index].presumed.removeAll {
        $0.at > instant || $0.refutedAt.map { $0 <= instant } ?? false
      }
    }
    return window
  }

  /// The instants at which it may begin or cease to be in force.
  private var turns: [EventTime] {
    var turns = [requestedAt, opensAt, presumedEnd, overdueFrom]
    if let supersededBy { turns.append(supersededBy.effectiveAt) }
    for opening in openings {
      turns += [opening.from, opening.until, opening.yieldsAt].compactMap { $0 }
      turns += opening.presumed.map(\.at)
    }
    return turns
  }
}
