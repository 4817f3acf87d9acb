public import Access

/// What happens in the tenant: every initiate call, and when each of its records arrives.
///
/// A pure function of the options; nothing is written yet.
public struct Story: Sendable {
  /// The options that it was made with.
  public let options: SimulationOptions
  let estate: Estate
  /// The calls of which the log has at least one record.
  let calls: [Call]
  /// The records of the calls in the order of arrival.
  let arrivals: [Arrival]
  let noiseSeed: UInt64

  /// One writing of one record.
  struct Arrival: Sendable {
    var at: EventTime
    var call: Int32
    var record: UInt16
    var isLegacy: Bool
  }

  /// The story that the options tell.
  public init(_ options: SimulationOptions) {
    var dice = Dice(seed: options.seed)
    var estateDice = dice.fork()
    let estate = Estate(options, &estateDice)
    var plot = Plot(Habits(estate, options, dice.fork()), dice.fork())
    noiseSeed = dice.next()
    plot.tell()
    self.options = options
    self.estate = estate
    calls = plot.calls
    arrivals = plot.arrivals.sorted {
      ($0.at, $0.call, $0.record, $0.isLegacy ? 1 : 0) < (
        $1.at, $1.call, $1.record, $1.isLegacy ? 1 : 0
      )
    }
  }

  /// How many records tell of anything but initiate calls.
  var noiseRecords: Int { options.records - arrivals.count }

  /// The newest `occurredAt` of all records; the last of the noise is at the end of the span.
  public var newest: EventTime {
    if noiseRecords > 0 { return options.end }
    return calls.lazy.flatMap(\.records).map(\.at).max() ?? options.end
  }
}

/// Collects the calls of a story within the number of records that it may have.
struct Plot {
  var habits: Habits
  var dice: Dice
  private(set) var calls: [Call] = []
  private(set) var arrivals: [Story.Arrival] = []

  init(_ habits: Habits, _ dice: Dice) {
    self.habits = habits
    self.dice = dice
  }

  var options: SimulationOptions { habits.options }
  var estate: Estate { habits.estate }
  /// How many records may still be added.
  var remaining: Int { options.jitRecords - arrivals.count }

  /// Plants what must not be missing, and fills up with ordinary requests.
  mutating func tell() {
    plantEnding()
    // About a fifth of all records is unusual, but some of everything is in every story.
    let rounds = max(3, min(2000, options.jitRecords / 5 / 110))
    for round in 0..<rounds where remaining > 0 { plantAttacks(round: round) }
    for round in 0..<rounds where remaining > 0 { plantEdges(round: round) }
    while remaining > 3 { add(habits.ordinaryCall()) }
    while remaining > 0 { addSingle() }
  }

  /// Adds a call unless its records are too many, or none of them lies in the span.
  @discardableResult
  mutating func add(_ call: Call) -> Bool {
    var call = call
    call.records.removeAll { $0.at > options.end || $0.at < options.start }
    guard !call.records.isEmpty, call.records.contains(where: { !$0.isNote }) else { return false }
    if !call.showsAnswer {
      // What is not shown is not known: the truth must not use it.
      call.startsAt = nil
      for index in call.targets.indices { call.targets[index].answeredEnd = nil }
    }
    let arrivals = arrivals(of: call)
    guard arrivals.count <= remaining else { return false }
    calls.append(call)
    self.arrivals += arrivals
    return true
  }

  /// A call of one record, which always fits.
  private mutating func addSingle() {
    let person = dice.pick(estate.users)
    let machines = [dice.pick(estate.people[person].favourites)]
    var call = habits.request(by: person, for: machines)
    call.limitLength(for: .acceptAlone)
    call.take(.acceptAlone, at: habits.workingInstant(of: person, for: machines), &habits.dice)
    call.records = [call.records[0]]
    arrivals.append(arrival(of: 0, at: call.records[0].at, isLegacy: false))
    calls.append(call)
  }

  private mutating func arrivals(of call: Call) -> [Story.Arrival] {
    let isLegacy = dice.chance(options.legacyShare)
    var arrivals: [Story.Arrival] = []
    for (index, record) in call.records.enumerated() {
      arrivals.append(arrival(of: index, at: record.at, isLegacy: isLegacy))
      guard dice.chance(options.duplicateShare) else { continue }
      // A second export writes the same event in its own shape; consumers read some twice.
      let isOtherShape = dice.chance(0.3) && !record.isNote
      arrivals.append(arrival(of: index, at: record.at, isLegacy: isOtherShape != isLegacy))
    }
    return arrivals
  }

  /// A writing of a record of the call that is added next.
  private mutating func arrival(
    of record: Int, at instant: EventTime, isLegacy: Bool
  ) -> Story.Arrival {
    let at = instant + dice.latency(lateShare: options.lateShare)
    return Story.Arrival(
      at: at, call: Int32(calls.count), record: UInt16(record), isLegacy: isLegacy)
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
