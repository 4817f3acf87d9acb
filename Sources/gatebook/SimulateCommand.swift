internal import Access
internal import CommandLineTool
internal import Contract
internal import Kafka
internal import Ledger
internal import Lifecycle
internal import Settings
internal import Simulation

/// `gatebook simulate`: writes the log of a made-up tenant, or holds its truth against a ledger.
enum SimulateCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    if let truth = arguments.string("check") {
      return try TruthHolding(truth, arguments, console).run()
    }
    let options = try self.options(arguments)
    let destination = try Destination(arguments, partitions: options.partitions)
    let rate = try arguments.double("rate")
    let story = try growth(arguments) ?? Story(options)
    let stop = StopSignal()
    let signals = Signals(stop: stop)
    let bar = ProgressBar(label: "Writing", terminal: console.terminal, isQuiet: console.isQuiet)
    var (records, bytes) = (Int64(0), Int64(0))
    var writer = StoryWriter(story)
    let sink: MessageSink = { message, partition in
      try destination.write(message, partition: partition)
      records += Int64(options.recordsPerMessage)
      bytes += Int64(message.count)
      bar.update(bytes: bytes, records: records)
    }
    let totals = try writer.write(rate: rate, isStopped: { stop.isRequested }, to: sink)
    try destination.finish()
    bar.finish()
    withExtendedLifetime(signals) {}
    if let path = arguments.string("settings") {
      let file = try FileSink(path: path)
      try file.write(lines: Array(story.settings.utf8))
      try file.flush()
    }
    if let path = arguments.string("truth") {
      let file = try FileSink(path: path == "-" ? nil : path)
      try Truth(of: story, written: totals).write { try file.write(lines: $0) }
      try file.flush()
    }
    console.note(
      "\(totals.records) records, \(totals.jitRecords) of them JIT, in \(totals.messages) messages "
        + "(\(Quantity.bytes(totals.bytes))); seed \(options.seed)")
    console.note("newest occurredAt \(story.newest)")
    return totals.isComplete ? 0 : 1
  }

  /// The story in which one thing grows, where one is asked for.
  private static func growth(_ arguments: ParsedArguments) throws -> Story? {
    guard let word = arguments.string("growth") else {
      if arguments.isGiven("count") {
        throw arguments.usageError("--count says how much of --growth there is; name one.")
      }
      return nil
    }
    guard let kind = Growth(rawValue: word) else { return nil }
    let count = try arguments.int("count", in: 1...1_000_000) ?? 1000
    let seed = UInt64(try arguments.int("seed", in: 0...Int.max) ?? 1)
    return Story(growing: kind, count: count, seed: seed)
  }

  /// The options of the command line, every problem told at once.
  private static func options(_ arguments: ParsedArguments) throws -> SimulationOptions {
    var options = SimulationOptions()
    options.seed = UInt64(try arguments.int("seed", in: 0...Int.max) ?? 1)
    options.records = try arguments.int("records") ?? options.records
    options.jitShare = try arguments.double("jit-share") ?? options.jitShare
    options.days = try arguments.int("days") ?? options.days
    options.people = try arguments.int("people")
    options.machines = try arguments.int("vms")
    options.duplicateShare = try arguments.double("duplicates") ?? options.duplicateShare
    options.lateShare = try arguments.double("late") ?? options.lateShare
    options.legacyShare = try arguments.double("legacy") ?? options.legacyShare
    options.recordsPerMessage =
      try arguments.int("records-per-message") ?? options.recordsPerMessage
    options.hasBodies = !arguments.flag("no-bodies")
    options.partitions = try arguments.int("partitions") ?? options.partitions
    guard options.problems.isEmpty else {
      throw arguments.usageError(options.problems.joined(separator: "\n"))
    }
    return options
  }
}

/// Where the messages of a simulation go.
private enum Destination {
  case file(FileSink)
  case topic(TopicSink)
  case nowhere

  init(_ arguments: ParsedArguments, partitions: Int) throws {
    if let path = arguments.string("output") {
      self = .file(try FileSink(path: path == "-" ? nil : path))
      return
    }
    guard arguments.isGiven("config") || arguments.isGiven("bootstrap-servers") else {
      if arguments.isGiven("truth") || arguments.isGiven("settings") {
        self = .nowhere
        return
      }
      throw arguments.usageError(
        "Say where the records go: --output FILE, --output -, or a topic by --config or "
          + "--bootstrap-servers and --topic")
    }
    let (configuration, topic) = try Destination.target(arguments)
    if arguments.isGiven("partitions") {
      try Destination.make(topic, partitions: partitions, configuration)
    }
    let producer = try KafkaProducer(configuration: configuration)
    self = .topic(TopicSink(producer: producer, topic: topic))
  }

  /// Makes a topic that is not there yet.
  private static func make(
    _ topic: String, partitions: Int, _ configuration: KafkaConfiguration
  ) throws {
    do {
      try KafkaAdmin(configuration: configuration).createTopic(topic, partitions: partitions)
    } catch {
      if error.code != .topicExists { throw error }
    }
  }

  private static func target(
    _ arguments: ParsedArguments
  ) throws -> (KafkaConfiguration, String) {
    if let file = arguments.string("config") {
      let settings = try SettingsFile.load(path: file, environment: ProcessEnvironment.all)
      guard let source = settings.source else {
        throw CommandFailure("\(file) has no source, so there is no topic to write to.")
      }
      return (source.connection, arguments.string("topic") ?? source.topic)
    }
    let servers = try arguments.required("bootstrap-servers")
    return (
      KafkaConfiguration(bootstrapServers: servers),
      arguments.string("topic") ?? SourceSettings.defaultTopic
    )
  }

  func write(_ message: [UInt8], partition: Int) throws {
    switch self {
    case .file(let file): try file.write(message: message)
    case .topic(let topic): try topic.write(message: message, partition: partition)
    case .nowhere: break
    }
  }

  func finish() throws {
    switch self {
    case .file(let file): try file.flush()
    case .topic(let topic): try topic.flush(timeout: .seconds(120))
    case .nowhere: break
    }
  }
}

/// Holds a truth file against what a ledger answers.
private struct TruthHolding {
  private let path: String
  private let arguments: ParsedArguments
  private let console: Console

  init(_ path: String, _ arguments: ParsedArguments, _ console: Console) {
    self.path = path
    self.arguments = arguments
    self.console = console
  }

  func run() throws -> Int32 {
    let text = try TextLines.of(path)
    let check = try TruthCheck(lines: text)
    let reader = try LedgerPlace.reader(arguments)
    var answers = TruthCheck.Answers()
    try reader.consistently {
      let everything = EventTime.distantPast ... .distantFuture
      try reader.forEachRequest(in: everything, at: check.at) {
        answers.requests.append(.request($0, at: check.at))
        return true
      }
      try reader.forEachWindow(openingIn: everything, at: check.at) {
        answers.windows.append(.window($0, at: check.at))
        return true
      }
      try reader.forEachFinding {
        answers.alerts.append(.alert($0))
        return true
      }
      if !check.timelineMachines.isEmpty {
        answers.timeline = try timelines(of: check, reader)
      }
      if !check.questions.isEmpty { answers.who = try who(check, reader) }
    }
    let comparison = check.compare(with: answers)
    for difference in comparison.differences {
      try console.output.line("\(difference.about): \(difference.text)")
    }
    for line in comparison.summary { console.note(line) }
    return comparison.isEqual ? 0 : 1
  }

  private func timelines(
    of check: TruthCheck, _ reader: LedgerReader
  ) throws -> [ContractRow] {
    try check.timelineMachines.flatMap { machine in
      let history = try VMHistory(
        of: ResourceID(machine), in: .distantPast...check.at, at: check.at, gaps: [],
        reader: reader)
      return history.entries.map { ContractRow.timeline($0) }
    }
  }

  private func who(_ check: TruthCheck, _ reader: LedgerReader) throws -> [[ContractRow]] {
    try check.questions.map { question in
      try WhoQuestion(
        reader: reader, span: question.at...question.at, isSpan: false, actors: nil
      ).about([ResourceID(question.vm)]).map(\.row)
    }
  }
}
