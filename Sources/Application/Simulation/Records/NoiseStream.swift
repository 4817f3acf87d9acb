internal import Access

/// The ordinary records of a story in the order of arrival, made one at a time.
struct NoiseStream {
  private let templates: NoiseTemplates
  private let options: SimulationOptions
  private let count: Int
  private let clock: DayCurve
  private var dice: Dice
  private var written = 0
  /// Calls that are under way: their records arrive between those of others.
  private var open: [(family: Int, phase: Int, id: GUID)]
  /// Records that will be written once more, and from which number on.
  private var echoes: [Made?]
  private var nextEcho = 0
  /// When the next record arrives; nil at the end.
  private(set) var nextArrival: EventTime?

  private struct Made {
    var family: Int
    var phase: Int
    var id: GUID
    var at: EventTime
  }

  init(_ story: Story, _ templates: NoiseTemplates) {
    self.templates = templates
    options = story.options
    count = story.noiseRecords
    clock = DayCurve(options)
    dice = Dice(seed: story.noiseSeed)
    var dice = dice
    open = (0..<48).map { _ in (dice.below(templates.families.count), 0, GUID(&dice)) }
    echoes = Array(repeating: nil, count: 61)
    nextArrival = count > 0 ? clock.instant(0, of: count) : nil
  }

  /// Appends the record that arrives next.
  mutating func write(to bytes: inout [UInt8]) {
    guard let arrival = nextArrival else { return }
    written += 1
    nextArrival = written < count ? clock.instant(written, of: count) : nil
    if written == count {
      templates.last.write(at: options.end, GUID(&dice), to: &bytes)
      return
    }
    let made = echo() ?? make(arrival)
    templates.families[made.family][made.phase].write(at: made.at, made.id, to: &bytes)
  }

  private mutating func make(_ arrival: EventTime) -> Made {
    let slot = dice.below(open.count)
    let (family, phase, id) = open[slot]
    let isDone = phase + 1 == templates.families[family].count
    open[slot] =
      isDone ? (dice.below(templates.families.count), 0, GUID(&dice)) : (family, phase + 1, id)
    let at = arrival - dice.latency(lateShare: options.lateShare)
    let made = Made(
      family: family, phase: phase, id: id, at: min(max(at, options.start), options.end))
    if dice.chance(options.duplicateShare) { echoes[nextEcho] = made }
    return made
  }

  /// Comes round to each place of the ring in turn.
  private mutating func echo() -> Made? {
    nextEcho = (nextEcho + 1) % echoes.count
    defer { echoes[nextEcho] = nil }
    return echoes[nextEcho]
  }
}

/// Spreads records over a span: more by day than by night, fewer at weekends.
struct DayCurve {
  private let start: EventTime
  /// The sum of the weights up to each hour, the last one included.
  private var sums: [Double] = [0]

  init(_ options: SimulationOptions) {
    start = options.start
    for hour in 0..<options.days * 24 {
      let instant = start + .hours(Int64(hour))
      let isWeekend = Zone.weekday(instant.day) > 4
      let inDay = (instant - EventTime.start(ofDay: instant.day)).wholeSeconds / 3600
      let weight = isWeekend ? 1.0 : (6..<17).contains(inDay) ? 3.0 : 1.5
      sums.append(sums[sums.count - 1] + weight)
    }
  }

  /// The instant of a record's number.
  func instant(_ index: Int, of count: Int) -> EventTime {
    let target = (sums.last ?? 0) * Double(index) / Double(count)
    var (low, high) = (0, sums.count - 1)
    while low + 1 < high {
      let middle = (low + high) / 2
      if sums[middle] <= target { low = middle } else { high = middle }
    }
    let part = (target - sums[low]) / (sums[low + 1] - sums[low])
    return start + .hours(Int64(low)) + TimeSpan(ticks: Int64(part * 36_000_000_000))
  }
}
