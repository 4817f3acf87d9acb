/// How much judging one step may do, so that ingestion never waits long.
public struct JudgingBudget: Sendable {
  /// How many rows a step may judge.
  public var rows: Int
  /// How long a step may judge.
  public var time: Duration

  /// 20,000 rows or 50 ms, whichever is first.
  public init(rows: Int = 20_000, time: Duration = .milliseconds(50)) {
    self.rows = rows
    self.time = time
  }

  func start() -> JudgingDeadline { JudgingDeadline(self) }
}

/// A budget that is being used up.
final class JudgingDeadline {
  private var rowsLeft: Int
  private let end: ContinuousClock.Instant

  init(_ budget: JudgingBudget) {
    rowsLeft = budget.rows
    end = .now + budget.time
  }

  var isOver: Bool { rowsLeft <= 0 || ContinuousClock.now >= end }

  func spend(_ rows: Int = 1) { rowsLeft -= rows }
}
