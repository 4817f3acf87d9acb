/// Spans of time as people type and read them: `90s`, `1h30m`, `7d`.
public enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
    ("ms", 1),
  ]

  /// The duration, or nil when the text is not whole numbers with units, largest unit first.
  public static func parse(_ text: String) -> Duration? {
    var rest = text[...]
    var total: Int64 = 0
    var unitsLeft = units[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard let number = Int64(digits), let place = unitsLeft.firstIndex(where: { $0.name == name })
      else { return nil }
      let (part, overflowsProduct) = number.multipliedReportingOverflow(
        by: unitsLeft[place].milliseconds)
      let (sum, overflowsSum) = total.addingReportingOverflow(part)
      guard !overflowsProduct, !overflowsSum else { return nil }
      total = sum
      unitsLeft = unitsLeft[(place + 1)...]
    }
    return .milliseconds(total)
  }

  /// The two largest units of a duration: `3d 4h`, `12m 5s`, `0s`.
  public static func brief(_ duration: Duration) -> String {
    var seconds = max(0, duration.components.seconds)
    var parts: [String] = []
    for (name, size) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60), ("s", 1)] {
      let count = seconds / size
      seconds %= size
      if count > 0 { parts.append("\(count)\(name)") }
      // "3d 7s" would claim a precision nobody asked for.
      if parts.count == 2 || (parts.count == 1 && count == 0) { break }
    }
    return parts.isEmpty ? "0s" : parts.joined(separator: " ")
  }
}
