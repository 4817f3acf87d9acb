/// How long silences were: counts of milliseconds in 64 steps per factor of ten.
///
/// A ledger keeps the counts by the numbers of their steps, so the edges never change.
public struct SilenceHistogram: Hashable, Sendable {
  /// How many there were in each step that has any.
  public private(set) var counts: [Int: Int]
  /// How many there were in all.
  public private(set) var count: Int

  /// Steps in one factor of ten.
  public static let stepsPerDecade = 64

  /// The lower edges of the first decade's steps and the upper edge of its last, by multiplication
  /// only: no library's rounding may move them.
  private static let edges: [Double] = {
    var edges = [1.0]
    while edges.count < stepsPerDecade { edges.append(edges[edges.count - 1] * 1.036632928437698) }
    return edges + [10]
  }()

  /// No length of time is longer: 317 years.
  private static let longest: Int64 = 9_999_999_999_999

  /// A histogram with these counts by step; what cannot be any is left out.
  public init(_ counts: [Int: Int] = [:]) {
    self.counts = counts.filter { step, number in
      (0..<13 * SilenceHistogram.stepsPerDecade).contains(step) && (1..<1 << 40).contains(number)
    }
    count = self.counts.values.reduce(0, +)
  }

  /// Counts a length of time, and says its step.
  @discardableResult public mutating func add(_ span: TimeSpan) -> Int {
    let step = SilenceHistogram.step(of: span)
    counts[step, default: 0] += 1
    count += 1
    return step
  }

  /// The 99th percentile: the upper edge of the step that it is in; nil of nothing.
  public var percentile99: TimeSpan? {
    if count == 0 { return nil }
    var left = (count * 99 + 99) / 100
    for (step, number) in counts.sorted(by: { $0.key < $1.key }) {
      left -= number
      if left <= 0 { return SilenceHistogram.upperEdge(of: step) }
    }
    return nil
  }

  /// The step of a length of time; what is below a millisecond is in the first.
  public static func step(of span: TimeSpan) -> Int {
    let milliseconds = min(max(1, span.ticks / 10_000), longest)
    var (decade, scale) = (0, Int64(1))
    while milliseconds / scale >= 10 {
      decade += 1
      scale *= 10
    }
    let mantissa = Double(milliseconds) / Double(scale)
    let above = edges.firstIndex { $0 > mantissa } ?? stepsPerDecade
    return decade * stepsPerDecade + above - 1
  }

  /// The upper edge of a step, to the millisecond.
  public static func upperEdge(of step: Int) -> TimeSpan {
    var scale = 1.0
    for _ in 0..<(step / stepsPerDecade) { scale *= 10 }
    let milliseconds = (scale * edges[step % stepsPerDecade + 1]).rounded(.up)
    return TimeSpan(ticks: Int64(milliseconds) * 10_000)
  }
}
