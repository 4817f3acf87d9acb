public import Access
public import Contract

/// What really happened in a story: requests, windows, anomalies, timelines, as they hold when the
/// log ends, and samples of who could reach what.
public struct Truth {
  /// The newest `occurredAt` of the log: the instant at which everything is told.
  public let at: EventTime
  private let story: Story
  private let totals: SimulationTotals
  private let chronicle: Chronicle
  private let anomalies: [Anomaly]

  /// The truth about a story of which this much was written.
  public init(of story: Story, written totals: SimulationTotals) {
    self.story = story
    self.totals = totals
    at = story.newest
    chronicle = Chronicle(story)
    anomalies = AnomalySearch.anomalies(of: chronicle)
  }

  /// How many anomalies of each rule there are.
  public var anomalyCounts: [String: Int] {
    anomalies.reduce(into: [:]) { $0[$1.rule, default: 0] += 1 }
  }

  /// How many requests there are.
  public var requestCount: Int { chronicle.facts.count }

  /// How many windows there are.
  public var windowCount: Int { chronicle.windows.count }

  /// Gives each row `{"row":…,"at":…,"value":{…}}` in turn, the one of the whole log first.
  public func forEachRow(_ body: (ContractRow) throws -> Void) rethrows {
    func give(_ kind: String, _ value: ContractRow, at instant: EventTime? = nil) throws {
      try body([
        "row": .text(kind), "at": .instant(instant ?? at), "value": .object(value),
      ])
    }
    try give("truth", summary)
    for fact in chronicle.facts { try give("request", chronicle.request(fact, at: at)) }
    for window in chronicle.windows { try give("window", chronicle.window(window, at: at)) }
    for anomaly in anomalies { try give("anomaly", chronicle.anomaly(anomaly)) }
    for machine in chronicle.toldMachines {
      for line in chronicle.timeline(of: machine, until: at) { try give("timeline", line) }
    }
    for (machine, instant) in chronicle.questions(until: at) {
      for row in chronicle.whoRows(machine: machine, at: instant) {
        try give("who", row, at: instant)
      }
    }
  }

  /// Gives the rows as NDJSON, a piece of some lines at a time.
  public func write(to sink: (_ lines: [UInt8]) throws -> Void) throws {
    var bytes: [UInt8] = []
    try forEachRow { row in
      row.appendJSON(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      guard bytes.count >= 1 << 16 else { return }
      try sink(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    if !bytes.isEmpty { try sink(bytes) }
  }

  private var summary: ContractRow {
    [
      "seed": .text("\(story.options.seed)"), "records": ContractValue(totals.records),
      "jitRecords": ContractValue(totals.jitRecords), "messages": ContractValue(totals.messages),
      "bytes": .number(totals.bytes), "requests": ContractValue(requestCount),
      "windows": ContractValue(windowCount), "anomalies": ContractValue(anomalies.count),
      "from": .instant(story.options.start), "complete": .bool(totals.isComplete),
    ]
  }
}
