internal import Access

/// The scale of a drawing: which column an instant falls in, and where ticks belong.
struct TimeAxis {
  let from: EventTime
  let to: EventTime
  let width: Int

  struct Tick: Equatable {
    let column: Int
    let label: String
  }

  init(from: EventTime, to: EventTime, width: Int) {
    self.from = from
    self.to = max(to, from + .seconds(1))
    self.width = max(width, 1)
  }

  /// The column of an instant, clamped to the drawing.
  func column(of instant: EventTime) -> Int {
    let share = product(of: instant) / length
    return min(max(Int(clamping: share), 0), width - 1)
  }

  /// The columns of a span: at least one, also for an instant.
  func columns(from start: EventTime, to end: EventTime) -> Range<Int> {
    let first = column(of: start)
    let last = (product(of: end) + length - 1) / length
    return first..<min(max(Int(clamping: last), first + 1), width)
  }

  // In integers of twice the width: a thousand years in ticks times columns fits no other.
  private var length: Int128 { Int128((to - from).ticks) }

  private func product(of instant: EventTime) -> Int128 {
    Int128((instant - from).ticks) * Int128(width)
  }

  /// Ticks at round instants, as close together as their labels allow.
  var ticks: [Tick] {
    for step in Step.all {
      let columns = Int128(step.span.ticks) * Int128(width) / length
      if columns >= step.labelWidth + 2 { return ticks(every: step) }
    }
    return []
  }

  private func ticks(every step: Step) -> [Tick] {
    var ticks: [Tick] = []
    var instant = step.first(atOrAfter: from)
    while instant < to, ticks.count < width {
      ticks.append(Tick(column: column(of: instant), label: step.label(of: instant)))
      instant = step.next(after: instant)
    }
    return ticks
  }
}

/// A distance between ticks that people count in.
private enum Step {
  case minutes(Int64)
  case days(Int64)
  case months(Int)

  static let all: [Step] =
    [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map(minutes) + [1, 2, 7, 14].map(days)
    + [1, 2, 3, 6, 12, 24, 60, 120].map(months)

  var span: TimeSpan {
    switch self {
    case .minutes(let count): .minutes(count)
    case .days(let count): .days(count)
    // The shortest months, so that labels keep their distance in each of them.
    case .months(let count): .days(Int64(count) * 30 - 2)
    }
  }

  var labelWidth: Int {
    switch self {
    case .minutes, .days: 5
    case .months(let count): count % 12 == 0 ? 4 : 7
    }
  }

  func first(atOrAfter instant: EventTime) -> EventTime {
    switch self {
    case .months: next(after: instant - TimeSpan(ticks: 1))
    case .minutes, .days:
      aligned(instant) < instant ? aligned(instant) + span : aligned(instant)
    }
  }

  func next(after instant: EventTime) -> EventTime {
    guard case .months(let count) = self else { return aligned(instant) + span }
    let date = CivilDate(day: instant.day)
    let month = ((date.year * 12 + date.month - 1) / count + 1) * count
    guard let next = CivilDate(year: month / 12, month: month % 12 + 1, dayOfMonth: 1) else {
      return .distantFuture
    }
    return EventTime.start(ofDay: next.day)
  }

  func label(of instant: EventTime) -> String {
    let text = instant.description
    switch self {
    case .minutes:
      let isMidnight = instant == EventTime.start(ofDay: instant.day)
      return String(isMidnight ? text.dropFirst(5).prefix(5) : text.dropFirst(11).prefix(5))
    case .days: return String(text.dropFirst(5).prefix(5))
    case .months: return String(text.prefix(labelWidth))
    }
  }

  /// The last round instant at or before one; weeks begin on Monday, and the epoch was a Thursday.
  private func aligned(_ instant: EventTime) -> EventTime {
    var offset = TimeSpan.zero
    if case .days(let count) = self, count % 7 == 0 { offset = .days(4) }
    let ticks = (instant - offset).ticks
    let rest = ticks % span.ticks
    return EventTime(ticks: ticks - (rest < 0 ? rest + span.ticks : rest)) + offset
  }
}
