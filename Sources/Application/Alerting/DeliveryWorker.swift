internal import Access
internal import Lifecycle
internal import Telemetry

/// The thread of one sink: reads the feed, delivers, notes how far it has come.
struct DeliveryWorker: Worker {
  let plan: SinkPlan
  let pace: AlertDispatcher.Pace
  let reporter: Reporter
  let now: @Sendable () -> EventTime
  let openFeed: @Sendable () throws -> any AlertFeed
  let requests: DeliveryRequests

  var name: String { "alerts \(plan.name)" }

  /// Delivers until the end is asked for, then what is there, but not for longer than the limit.
  ///
  /// It never throws: a sink that is down stays down by itself, and its rows stay in the feed.
  func run(until stop: StopSignal) {
    stop.alsoRings(requests.wakeUp)
    var delivery = Delivery(worker: self)
    var backoff = pace.backoff
    var random = SystemRandomNumberGenerator()
    var deadline: ContinuousClock.Instant?
    while true {
      // Asked before the feed is read, so that what was written before the request is seen.
      let isEnding = stop.isRequested
      if isEnding && deadline == nil { deadline = .now + pace.drainLimit }
      do {
        let hasMore = try delivery.step()
        if backoff.reset() { reporter.report(AlertDeliveryRecovered(sink: plan.name)) }
        if isEnding, !hasMore { return }
        if !hasMore { requests.wakeUp.wait(upTo: pace.pollInterval) }
      } catch {
        let wait = isEnding ? .zero : backoff.next(using: &random)
        reporter.report(
          AlertDeliveryFailed(sink: plan.name, error: "\(error)", retryIn: wait))
        if isEnding { return delivery.reportLeft() }
        stop.wait(upTo: wait)
      }
      if let deadline, ContinuousClock.now >= deadline { return delivery.reportLeft() }
    }
  }
}

/// One sink's connection to the feed and the place it has reached.
private struct Delivery {
  private let worker: DeliveryWorker
  private var feed: (any AlertFeed)?
  private var sink: (any AlertSink)?
  /// The sequence up to which everything is delivered or left out; nil before the first step.
  private var position: Int64?
  private var savedPosition: Int64?

  init(worker: DeliveryWorker) { self.worker = worker }

  /// Delivers at most one batch; true when there may be more.
  mutating func step() throws -> Bool {
    do {
      let feed = try openedFeed()
      let sink = try openedSink()
      let position = try start(sink, feed)
      if worker.requests.takeReopening() { try sink.reopen() }
      let entries = try feed.entries(after: position, limit: worker.pace.batchLimit)
      if let last = entries.last { try deliver(entries, upTo: last.sequence, to: sink) }
      try savePosition(in: feed)
      try reportWaiting(in: feed)
      return entries.count == worker.pace.batchLimit
    } catch let error as AlertDeliveryError {
      throw error
    } catch {
      // The feed's own failure: the next attempt opens it anew.
      feed = nil
      throw error
    }
  }

  /// Tells how much the feed still holds for this sink, as far as that can be known.
  func reportLeft() {
    guard let feed, let position, let head = try? feed.head(), head > position else { return }
    worker.reporter.report(AlertsLeft(sink: worker.plan.name, count: head - position))
  }

  private mutating func openedFeed() throws -> any AlertFeed {
    if let feed { return feed }
    let opened = try worker.openFeed()
    feed = opened
    return opened
  }

  private mutating func openedSink() throws -> any AlertSink {
    if let sink { return sink }
    let made = try worker.plan.make()
    sink = made
    return made
  }

  /// Where to go on: after what the receiver holds, else after the cursor, else at the head.
  private mutating func start(_ sink: any AlertSink, _ feed: any AlertFeed) throws -> Int64 {
    if let position { return position }
    let resumption = try sink.resumption(in: feed)
    savedPosition = try feed.cursor(of: worker.plan.name)
    let head = try feed.head()
    let first = resumption.after ?? min(savedPosition ?? head, head)
    report(resumption, first)
    position = first
    // Noted at once: a new sink that is killed before its first row must not begin later then.
    try savePosition(in: feed)
    return first
  }

  private mutating func deliver(
    _ entries: [FeedEntry], upTo last: Int64, to sink: any AlertSink
  ) throws {
    let selection = worker.plan.filter.select(entries, at: worker.now())
    if !selection.entries.isEmpty { try sink.deliver(selection.entries) }
    position = last
    report(selection)
  }

  private mutating func savePosition(in feed: any AlertFeed) throws {
    guard let position, position != savedPosition else { return }
    try feed.save(cursor: position, of: worker.plan.name)
    savedPosition = position
  }

  private func reportWaiting(in feed: any AlertFeed) throws {
    guard let position else { return }
    let waiting = worker.reporter.registry.gauge(.alertsWaiting, ["sink": worker.plan.name])
    waiting.set(Double(max(0, try feed.head() - position)))
  }

  private func report(_ resumption: Resumption, _ first: Int64) {
    let name = worker.plan.name
    if resumption.cutBytes > 0 {
      worker.reporter.report(AlertLineCut(sink: name, bytes: resumption.cutBytes))
    }
    if resumption.foreignRows > 0 {
      worker.reporter.report(
        AlertTailDiffers(sink: name, rows: resumption.foreignRows, after: first))
    }
  }

  private func report(_ selection: DeliveryFilter.Selection) {
    let (name, reporter) = (worker.plan.name, worker.reporter)
    if !selection.entries.isEmpty {
      reporter.report(AlertsDelivered(sink: name, amount: selection.entries.count))
    }
    if selection.belowSeverity > 0 {
      reporter.report(
        AlertsSkipped(sink: name, reason: "severity", amount: selection.belowSeverity))
    }
    if selection.tooOld > 0 {
      reporter.report(AlertsSkipped(sink: name, reason: "age", amount: selection.tooOld))
    }
    for (suppression, count) in selection.suppressed {
      reporter.report(
        AlertsSkipped(
          sink: name, reason: "suppressed", detail: suppression.reason, amount: count))
    }
  }
}
