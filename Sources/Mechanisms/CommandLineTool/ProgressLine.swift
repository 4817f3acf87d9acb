/// How far a piece of work is, and the one line that says so.
public struct ProgressLine: Sendable, Equatable {
  /// What is being worked on, such as a file name; shown without control characters.
  public var label: String
  /// Bytes done.
  public var bytes: Int64 = 0
  /// Bytes there are, if known.
  public var totalBytes: Int64?
  /// Records done.
  public var records: Int64 = 0
  /// Time since the start.
  public var elapsed: Duration = .zero

  /// Describes progress on something.
  public init(
    label: String, bytes: Int64 = 0, totalBytes: Int64? = nil, records: Int64 = 0,
    elapsed: Duration = .zero
  ) {
    self.label = label
    self.bytes = bytes
    self.totalBytes = totalBytes
    self.records = records
    self.elapsed = elapsed
  }

  /// The part done, from 0 to 1, if the total is known.
  public var fraction: Double? {
    guard let totalBytes, totalBytes > 0 else { return nil }
    return min(1, max(0, Double(bytes) / Double(totalBytes)))
  }

  /// Bytes a second since the start.
  public var bytesPerSecond: Double {
    let seconds = elapsed / .seconds(1)
    return seconds > 0 ? Double(bytes) / seconds : 0
  }

  /// The time the rest will take at the rate so far; nil in the first second and without a total.
  public var remaining: Duration? {
    guard let totalBytes, elapsed >= .seconds(1), bytesPerSecond > 0 else { return nil }
    let seconds = Double(max(0, totalBytes - bytes)) / bytesPerSecond
    return seconds < 1e9 ? .seconds(Int64(seconds.rounded(.up))) : nil
  }

  /// One line of fewer than `width` columns; the least important parts are left out first.
  public func text(width: Int, usesUnicode: Bool) -> String {
    let amount = totalBytes.map { "\(Quantity.bytes(bytes)) of \(Quantity.bytes($0))" }
    var parts = [amount ?? Quantity.bytes(bytes), "\(Quantity.count(records)) records"]
    if bytesPerSecond > 0 { parts.append("\(Quantity.bytes(Int64(bytesPerSecond)))/s") }
    if let remaining { parts.append("\(DurationText.brief(remaining)) left") }
    if let fraction { parts.insert("\(Int(fraction * 100))%", at: 0) }
    // The last column stays free: some terminals wrap as soon as it is written.
    let room = max(0, width - 1)
    while parts.count > 1, parts.joined(separator: "  ").count > room { parts.removeLast() }
    let facts = parts.joined(separator: "  ")
    var rest = room - facts.count - 2
    guard rest >= 4 else { return String(facts.prefix(room)) }
    let name = Self.shortened(printable(label), to: min(rest, 40), usesUnicode: usesUnicode)
    rest -= name.count + 2
    guard let fraction, rest >= 14 else { return "\(name)  \(facts)" }
    // Two sizes only, else the bar would breathe with the digits beside it.
    let bar = Self.bar(fraction, cells: rest >= 24 ? 20 : 10, usesUnicode: usesUnicode)
    return "\(name)  \(bar)  \(facts)"
  }

  private static func bar(_ fraction: Double, cells: Int, usesUnicode: Bool) -> String {
    let full = Int(fraction * Double(cells))
    let (done, open) = usesUnicode ? ("█", "░") : ("#", ".")
    return "[" + String(repeating: done, count: full)
      + String(repeating: open, count: cells - full) + "]"
  }

  /// Keeps the end, where file names differ.
  private static func shortened(_ text: String, to limit: Int, usesUnicode: Bool) -> String {
    guard text.count > limit else { return text }
    let mark = usesUnicode ? "…" : "..."
    return mark + text.suffix(max(0, limit - mark.count))
  }
}
