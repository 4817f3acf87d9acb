internal import Access
internal import AccessDecoding
internal import Alerting
internal import CommandLineTool
internal import Contract
internal import Kafka
internal import Ledger
internal import Lifecycle
internal import Pipeline
internal import Settings
internal import Simulation
internal import Synchronization
internal import Telemetry

/// A broker, a tenant's log, a reader of it and a view, all in one process and one folder.
struct Demo {
  private let story: Story
  private let folder: ScratchFolder
  private let console: Console
  private let progress = DemoProgress()

  private static let topic = "insights-activity-logs"
  /// The broker inside the program drops old records, so no more than this lies unread in it.
  private static let unreadLimit = 8_000

  init(_ options: SimulationOptions, console: Console) throws {
    story = Story(options)
    self.console = console
    folder = try ScratchFolder()
  }

  func removeFolder() { folder.remove() }

  /// Runs until the log is read, the time is over or it is told to stop, then says what came of
  /// it.
  func run(seconds: Int?, until stop: StopSignal) throws -> Int32 {
    let settings = try folder.write(story.settings, to: "settings.yaml")
    let service = try SettingsFile.load(path: settings, environment: [:], needsSource: false)
    let broker = try MockCluster()
    try broker.createTopic(Demo.topic, partitions: story.options.partitions)
    let path = folder.path + "/gatebook.db"
    // The ledger exists before the view looks for it.
    try withExtendedLifetime(LedgerWriter(path: path)) {}
    console.note(
      "A made-up tenant: \(story.options.records) records of \(story.options.days) days, read from "
        + "a broker inside this program in about ten seconds. Ctrl-C ends it earlier.")
    let view = try DemoView(path: path, story: story, console: console)
    let producing = producer(broker.configuration)
    let reading = reader(broker.configuration, path: path, service: service)
    let watching = ClosureWorker("view") { [progress] own in
      while !own.isRequested {
        try view.refresh(progress.records)
        own.wait(upTo: .milliseconds(250))
      }
    }
    let clock = ContinuousClock.now
    // A worker that ends by itself ends the others.
    let limit = ClosureWorker("end") { own in
      if let seconds { own.wait(upTo: .seconds(seconds)) } else { own.wait() }
    }
    let report = Supervisor([watching, reading, producing, limit]).run(until: stop)
    withExtendedLifetime(broker) {}
    if let failure = report.failures.first { throw CommandFailure("\(failure.error)") }
    try view.finish(progress.records, seconds: (ContinuousClock.now - clock).components.seconds)
    return 0
  }

  private func producer(_ configuration: KafkaConfiguration) -> ClosureWorker {
    ClosureWorker("simulate") { [story, progress] stop in
      let sink = TopicSink(
        producer: try KafkaProducer(configuration: configuration), topic: Demo.topic)
      var writer = StoryWriter(story)
      // About ten seconds of it, so that there is something to watch.
      let rate = Double(story.options.records) / 10
      var written = 0
      let paced: MessageSink = { message, partition in
        written += story.options.recordsPerMessage
        while written - progress.records > Demo.unreadLimit, !stop.isRequested {
          try sink.flush()
          stop.wait(upTo: .milliseconds(5))
        }
        try sink.write(message: message, partition: partition)
      }
      let totals = try writer.write(rate: rate, isStopped: { stop.isRequested }, to: paced)
      try sink.flush()
      if totals.isComplete { progress.setGoal(totals.records) }
      // Ending by itself would end the others before they have read everything.
      stop.wait()
    }
  }

  private func reader(
    _ configuration: KafkaConfiguration, path: String, service: ServiceSettings
  ) -> ClosureWorker {
    ClosureWorker("ingest") { [progress] stop in
      let ledger = try LedgerWriter(path: path)
      let given = service.judging
      let judge = try Judge.make(
        ledger: ledger, given: given, clock: AlertDispatcher.wallClock
      ).judge
      var options = IngestOptions(configuration: configuration, topic: Demo.topic)
      options.patience = .milliseconds(20)
      let ingest = KafkaIngest(
        options: options, judge: judge, decoding: given.decoding,
        reporter: Reporter(log: Log(level: .error)), clock: AlertDispatcher.wallClock
      ) { step in
        progress.note(step.summary.counts.recordsRead)
        if progress.hasReachedGoal { stop.request() }
      }
      _ = try ingest.run(until: stop)
      while try judge.workOnDue() {}
    }
  }
}

/// How far the parts of the demo have come, as they tell each other.
final class DemoProgress: Sendable {
  private let read = Atomic(0)
  private let goal = Atomic(Int.max)

  /// The records that were read so far.
  var records: Int { read.load(ordering: .relaxed) }

  /// Whether everything that was written has been read.
  var hasReachedGoal: Bool { records >= goal.load(ordering: .relaxed) }

  func note(_ records: Int) { read.store(records, ordering: .relaxed) }

  func setGoal(_ records: Int) { goal.store(records, ordering: .relaxed) }
}
