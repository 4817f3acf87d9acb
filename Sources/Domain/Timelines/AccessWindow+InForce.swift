public import Access

extension AccessWindow {
  /// Whether the window is in force at some instant of a span, by what holds at the span's end.
  ///
  /// For a span of one instant this is `isInForce(at:)`.
  public func isInForce(within span: ClosedRange<EventTime>) -> Bool {
    // A window without an end is never pending: it is in force from its request on.
    let begin = endsAt == nil ? requestedAt : max(requestedAt, opensAt)
    var end = presumedEnd
    if let supersededBy, supersededBy.effectiveAt <= span.upperBound {
      end = min(end, supersededBy.effectiveAt)
    }
    return begin < end && begin <= span.upperBound && end > span.lowerBound
  }
}
