public import Access

/// Where reading begins.
public enum StartPoint: Hashable, Sendable {
  /// With the oldest record that there is.
  case earliest
  /// With the next record that comes.
  case latest
  /// With what was written this long ago.
  case ago(TimeSpan)
  /// With what was written at an instant.
  case at(EventTime)

  /// The point that a text such as `earliest`, `2h` or `2026-12-31T00:00:00Z` means, or nil.
  public init?(_ text: String) {
    switch text {
    case "earliest": self = .earliest
    case "latest": self = .latest
    default:
      if let span = StartPoint.span(text) {
        self = .ago(span)
      } else if let time = EventTime(rfc3339: text) {
        self = .at(time)
      } else {
        return nil
      }
    }
  }

  private static func span(_ text: String) -> TimeSpan? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), text.utf8.count <= 8,
      text.dropLast().allSatisfy({ $0.isASCII && $0.isWholeNumber }),
      let number = Int64(text.dropLast())
    else { return nil }
    return .seconds(number * unit)
  }
}
