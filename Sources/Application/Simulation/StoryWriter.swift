internal import Access

/// Takes a message and the partition that it belongs to.
public typealias MessageSink = (_ message: [UInt8], _ partition: Int) throws -> Void

/// What was written.
public struct SimulationTotals: Hashable, Sendable {
  /// Records, duplicates included.
  public var records = 0
  /// Records that tell of access and of what surrounds it, duplicates included.
  public var jitRecords = 0
  /// Messages.
  public var messages = 0
  /// Bytes of all messages.
  public var bytes: Int64 = 0
  /// False when the writing was stopped before the end: then the truth tells of more.
  public var isComplete = false

  /// Nothing written yet.
  public init() {}
}

/// Writes the log of a story as messages `{"records":[…]}`, in the order of arrival.
///
/// Records that follow each other go into messages of different partitions, so that neither a
/// partition nor all of them together are in the order of time.
public struct StoryWriter {
  private let story: Story
  private let writer: RecordWriter
  private let deeds: DeedWriter
  private let sessions: SessionWriter
  private var noise: NoiseStream
  private var lanes: [Lane] = []
  private var dice: Dice
  private var totals = SimulationTotals()

  private struct Lane {
    var bytes: [UInt8] = []
    var records = 0
    /// How many records the message will hold.
    var target = 1
  }

  /// A message is sent before it is larger than this, for a broker takes no more.
  static let messageLimit = 700_000

  /// A writer for the log of a story.
  public init(_ story: Story) {
    self.story = story
    var dice = Dice(seed: story.noiseSeed ^ 0x5EED)
    let identities = IdentityWriter(story.estate)
    let templates = NoiseTemplates(
      story.estate, identities, legacyShare: story.options.legacyShare, &dice)
    writer = RecordWriter(estate: story.estate, identities: identities)
    deeds = DeedWriter(story, identities)
    sessions = SessionWriter(estate: story.estate)
    noise = NoiseStream(story, templates)
    self.dice = dice
  }

  /// Writes everything into a sink, at most `rate` records a second where a rate is given.
  ///
  /// Ends early, after a whole message, when `isStopped` says so; what the sink throws is thrown.
  public mutating func write(
    rate: Double? = nil, isStopped: () -> Bool = { false }, to sink: MessageSink
  ) throws -> SimulationTotals {
    totals = SimulationTotals()
    lanes = (0..<max(1, story.options.partitions)).map { _ in Lane(target: target()) }
    let pace = Pace(rate: rate)
    var next = 0
    while true {
      let lane = dice.below(lanes.count)
      let jit = next < story.arrivals.count ? story.arrivals[next] : nil
      if let jit, jit.at <= noise.nextArrival ?? .distantFuture {
        append(jit, to: lane)
        next += 1
      } else if noise.nextArrival != nil {
        open(lane)
        noise.write(to: &lanes[lane].bytes)
      } else {
        break
      }
      guard isFull(lane) else { continue }
      try send(lane, to: sink)
      if isStopped() || !pace.wait(for: totals.records, isStopped: isStopped) { return totals }
    }
    for lane in lanes.indices where lanes[lane].records > 0 { try send(lane, to: sink) }
    totals.isComplete = true
    return totals
  }

  private mutating func append(_ arrival: Story.Arrival, to lane: Int) {
    open(lane)
    totals.jitRecords += 1
    let (number, record) = (Int(arrival.number), Int(arrival.record))
    switch arrival.source {
    case .call:
      writer.write(
        story.calls[number], record: record, isLegacy: arrival.isLegacy, to: &lanes[lane].bytes)
    case .deed:
      deeds.write(
        story.deeds[number], record: record, isLegacy: arrival.isLegacy, to: &lanes[lane].bytes)
    case .session:
      sessions.write(story.sessions[number], record: record, to: &lanes[lane].bytes)
    }
  }

  private mutating func open(_ lane: Int) {
    lanes[lane].bytes.append(contentsOf: (lanes[lane].records == 0 ? "{\"records\":[" : ",").utf8)
    lanes[lane].records += 1
  }

  private func isFull(_ lane: Int) -> Bool {
    lanes[lane].records >= lanes[lane].target || lanes[lane].bytes.count >= StoryWriter.messageLimit
  }

  private mutating func send(_ lane: Int, to sink: MessageSink) throws {
    lanes[lane].bytes.append(contentsOf: "]}".utf8)
    totals.records += lanes[lane].records
    totals.messages += 1
    totals.bytes += Int64(lanes[lane].bytes.count)
    try sink(lanes[lane].bytes, lane)
    lanes[lane].bytes.removeAll(keepingCapacity: true)
    lanes[lane].records = 0
    lanes[lane].target = target()
  }

  /// Message sizes differ: from one record to twice the average.
  private mutating func target() -> Int {
    dice.within(1...max(1, story.options.recordsPerMessage * 2 - 1))
  }
}
