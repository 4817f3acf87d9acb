public import Access

/// What happens in the tenant: every call, every session, and when each of its records arrives.
///
/// A pure function of the options; nothing is written yet.
public struct Story: Sendable {
  /// The options that it was made with.
  public let options: SimulationOptions
  let estate: Estate
  /// The initiate calls of which the log has at least one record.
  let calls: [Call]
  /// All other calls, each with at least one record.
  let deeds: [Deed]
  let sessions: [Session]
  let doors: [Door]
  let history: PolicyHistory
  let book: RuleBook
  /// The records of all of these in the order of arrival.
  let arrivals: [Arrival]
  let noiseSeed: UInt64

  /// What a record belongs to.
  enum Source: UInt8, Sendable {
    case call
    case deed
    case session
  }

  /// One writing of one record.
  struct Arrival: Sendable {
    var at: EventTime
    var source: Source
    /// The number of the call, deed or session.
    var number: Int32
    var record: UInt16
    var isLegacy: Bool

    fileprivate var order: (EventTime, UInt8, Int32, UInt16, Int) {
      (at, source.rawValue, number, record, isLegacy ? 1 : 0)
    }
  }

  /// The story that the options tell.
  public init(_ options: SimulationOptions) {
    var dice = Dice(seed: options.seed)
    var estateDice = dice.fork()
    let estate = Estate(options, &estateDice)
    var plot = Plot(Habits(estate, options, dice.fork()), dice.fork())
    let noiseSeed = dice.next()
    plot.tell()
    self.init(plot, noiseSeed: noiseSeed, records: options.records)
  }

  /// The story of a plot that is told; without a number of records it has no others.
  init(_ plot: Plot, noiseSeed: UInt64, records: Int? = nil) {
    var options = plot.options
    options.records = records ?? plot.arrivals.count
    self.options = options
    self.noiseSeed = noiseSeed
    estate = plot.estate
    calls = plot.calls
    deeds = plot.deeds
    sessions = plot.sessions
    doors = plot.doors
    history = plot.history
    book = plot.book
    arrivals = plot.arrivals.sorted { $0.order < $1.order }
  }

  /// How many records tell of nothing that concerns access.
  var noiseRecords: Int { options.records - arrivals.count }

  /// The newest `occurredAt` of all records; the last of the noise is at the end of the span.
  public var newest: EventTime {
    if noiseRecords > 0 { return options.end }
    let records = calls.lazy.flatMap(\.records)
    let others = deeds.lazy.flatMap(\.records)
    let ends = sessions.lazy.map { $0.until ?? $0.since }
    return [records.map(\.at).max(), others.map(\.at).max(), ends.max()].compactMap { $0 }.max()
      ?? options.end
  }
}

extension Dice {
  /// How long after the event its record arrives: mostly a minute or two, now and then days.
  mutating func latency(lateShare: Double) -> TimeSpan {
    let usual = Int64(within(240_000_000...1_330_000_000))
    guard chance(lateShare) else { return TimeSpan(ticks: usual) }
    let longest = chance(0.1) ? 4320 : 360
    return TimeSpan(ticks: usual) + .minutes(Int64(within(3...longest)))
  }
}
