internal import Access
internal import AccessDecoding
internal import Alerting
internal import CommandLineTool
internal import Kafka
internal import Ledger
internal import Lifecycle
internal import Pipeline
internal import Settings
internal import Synchronization
internal import Telemetry

/// `gatebook run`: reads the topic of the settings into the ledger, judges, and delivers alerts.
enum RunCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    guard let file = arguments.string("config") else {
      throw arguments.usageError(
        "run needs a settings file that says where the records are: --config FILE")
    }
    KafkaLibrary.keepFreedMemory()
    // Every problem of the settings is told before anything is opened.
    let service = try SettingsFile.load(path: file, environment: ProcessEnvironment.all)
    guard let source = service.source else {
      throw CommandFailure(
        "\(file) has no source; say source.connectionString, or source.bootstrapServers.")
    }
    let path = arguments.string("ledger") ?? service.ledger.path
    let log = Log(level: console.isQuiet ? .error : .info)
    let reporter = Reporter(log: log)
    let dispatcher = AlertDispatcher(service.sinkPlans, reporter: reporter) {
      try LedgerFeed(path: path)
    }
    let stop = StopSignal()
    let signals = Signals(stop: stop, onHangup: { dispatcher.reopen() })
    let notification = ServiceNotification()
    let outcome = RunOutcome()
    let job = RunJob(
      source: source, arguments: arguments, reporter: reporter, dispatcher: dispatcher,
      notification: notification, outcome: outcome)
    // The ledger is opened, and made, before any sink looks for its feed.
    let session = try SessionBox(LedgerSession(arguments, needsSource: true))
    let ingest = ClosureWorker("ingest") { stop in try job.ingest(session.take(), until: stop) }
    let report = Supervisor(dispatcher.workers + [ingest]).run(until: stop)
    notification.stopping()
    withExtendedLifetime(signals) {}
    if let summary = outcome.summary {
      for line in SummaryText.lines(summary) { console.note(line) }
    }
    for name in report.late { log.warning("A worker did not end in time.", ["worker": name]) }
    if let failure = report.failures.first {
      let trouble = failure.error as? KafkaError
      throw CommandFailure(
        trouble.map { SourceCheck.sentence(for: $0, of: source) } ?? "\(failure.error)")
    }
    return try FailOn.code(arguments, ledger: path)
  }
}

/// What the ingesting thread does.
private struct RunJob: Sendable {
  let source: SourceSettings
  let arguments: ParsedArguments
  let reporter: Reporter
  let dispatcher: AlertDispatcher
  let notification: ServiceNotification
  let outcome: RunOutcome

  func ingest(_ session: LedgerSession, until stop: StopSignal) throws {
    var options = IngestOptions(configuration: source.connection, topic: source.topic)
    options.from = IngestOptions.StartPoint(source.from)
    options.lateness = source.lateness
    options.topicRetention = source.retention
    options.untilEnd = arguments.flag("until-end")
    options.retention = .days(Int64(session.service.ledger.retentionDays))
    let bar = ProgressBar(
      label: "Reading", terminal: Terminal.current(),
      isQuiet: arguments.flag("quiet") || !options.untilEnd)
    defer { bar.finish() }
    var decoding = session.judging.decoding
    decoding.messageLimit = source.messageLimit
    notification.ready()
    let ingest = KafkaIngest(
      options: options, judge: session.judge, decoding: decoding, reporter: reporter,
      clock: AlertDispatcher.wallClock
    ) { progress in
      dispatcher.wake()
      notification.alive()
      notification.status("\(progress.summary.counts.recordsRead) records read")
      bar.update(
        bytes: progress.summary.bytes, records: Int64(progress.summary.counts.recordsRead))
    }
    outcome.summary = try ingest.run(until: stop)
    dispatcher.wake()
  }
}

/// What the ingesting thread has come to, for the main thread.
private final class RunOutcome: Sendable {
  private let box = Mutex<IngestSummary?>(nil)

  var summary: IngestSummary? {
    get { box.withLock { $0 } }
    set { box.withLock { $0 = newValue } }
  }
}

/// Hands the open ledger over to the thread that will use it.
// The session is made before the thread starts and taken by it once; the lock orders both.
private final class SessionBox: @unchecked Sendable {
  private let session: LedgerSession

  init(_ session: LedgerSession) { self.session = session }

  func take() -> LedgerSession { session }
}

extension IngestOptions.StartPoint {
  fileprivate init(_ point: StartPoint) {
    switch point {
    case .earliest: self = .earliest
    case .latest: self = .latest
    case .at(let time): self = .time(time)
    case .ago(let span): self = .ago(span)
    }
  }
}
