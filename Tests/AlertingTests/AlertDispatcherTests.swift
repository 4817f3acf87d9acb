import Access
import Alerting
import Foundation
import Lifecycle
import Telemetry
import Testing

@Suite(.serialized) struct `An alert dispatcher` {
  private let feed = MemoryFeed(entries(1...5))
  private let log = LogLines()

  @Test func `delivers what is there when it is asked to end, in batches`() throws {
    let sink = RecordingSink()
    feed.set(cursor: 1, of: "recording")
    var pace = AlertDispatcher.Pace()
    pace.batchLimit = 3
    try run([sink.plan], pace, stopped: true)
    #expect(sink.delivered == [2, 3, 4, 5])
    #expect(sink.batches == [3, 1])
    #expect(feed.cursor(of: "recording") == 5)
  }

  @Test func `tries again until a sink is back, in order and without a gap`() throws {
    let stop = StopSignal()
    let sink = RecordingSink(failures: 3) { if $0.last == 5 { stop.request() } }
    feed.set(cursor: 0, of: "recording")
    try run([sink.plan], quick, stop)
    #expect(sink.delivered == [1, 2, 3, 4, 5])
    #expect(sink.attempts == 4)
    #expect(log.all.count { $0.contains("could not be delivered") } == 3)
    #expect(log.contains("Alerts are delivered again."))
  }

  @Test func `opens the feed again when it fails, and repeats nothing when only the cursor did`()
    throws
  {
    let stop = StopSignal()
    let sink = RecordingSink { if $0.last == 6 { stop.request() } }
    feed.set(cursor: 0, of: "recording")
    feed.fail(reads: 2)
    let late = RecordingSink { [feed] in
      if $0.last == 5 {
        feed.fail(saves: 2)
        feed.append(entries(6...6))
      }
    }
    let both = SinkPlan(name: "recording") { Pair(late, sink) }
    try run([both], quick, stop)
    #expect(sink.delivered == [1, 2, 3, 4, 5, 6])
    #expect(feed.cursor(of: "recording") == 6)
    #expect(log.all.count { $0.contains("could not be delivered") } == 4)
  }

  @Test func `leaves in the feed what a dead sink did not take, and says how much`() throws {
    let sink = RecordingSink(failures: .max)
    feed.set(cursor: 2, of: "recording")
    try run([sink.plan], quick, stopped: true)
    #expect(sink.attempts == 1)
    #expect(feed.cursor(of: "recording") == 2)
    #expect(log.contains("Alerts are left for the next start. sink=recording count=3"))
  }

  @Test func `lets a dead sink stall nobody, and wakes the others at once`() throws {
    let (dead, alive) = (RecordingSink(failures: .max), RecordingSink())
    feed.set(cursor: 0, of: "dead")
    feed.set(cursor: 0, of: "alive")
    var pace = AlertDispatcher.Pace()
    pace.pollInterval = .seconds(600)
    pace.backoff = Backoff(first: .seconds(600), longest: .seconds(600))
    let dispatcher = dispatcher(
      [SinkPlan(name: "dead") { dead }, SinkPlan(name: "alive") { alive }], pace)
    let stop = StopSignal()
    let supervisor = Supervisor(dispatcher.workers)
    let ended = WakeUp()
    let thread = Thread {
      _ = supervisor.run(until: stop)
      ended.ring()
    }
    thread.start()
    #expect(alive.wait { alive.delivered == [1, 2, 3, 4, 5] })
    feed.append(entries(6...6))
    dispatcher.wake()
    #expect(alive.wait { alive.delivered.last == 6 })
    dispatcher.reopen()
    #expect(alive.wait { alive.reopenings == 1 })
    stop.request()
    #expect(ended.wait(upTo: .seconds(20)))
    #expect(dead.delivered.isEmpty)
    #expect(feed.cursor(of: "dead") == 0)
  }

  @Test func `counts what was told and what was not`() throws {
    let sink = RecordingSink()
    feed.set(cursor: 0, of: "recording")
    var plan = sink.plan
    plan.filter.suppressions = [Suppression(vm: Glob("web-*"), reason: "migration")]
    feed.append(entries(6...7, severity: .info))
    let reporter = log.reporter
    let stop = StopSignal()
    stop.request()
    let dispatcher = AlertDispatcher(
      [plan], reporter: reporter, now: { noon }, openFeed: { [feed] in feed })
    for worker in dispatcher.workers { try worker.run(until: stop) }
    let text = reporter.registry.openMetrics()
    #expect(sink.attempts == 0)
    #expect(
      text.contains(
        #"gatebook_alerts_skipped_total{sink="recording",reason="suppressed"} 5"#))
    #expect(
      text.contains(#"gatebook_alerts_skipped_total{sink="recording",reason="severity"} 2"#))
    #expect(text.contains(#"gatebook_alerts_waiting{sink="recording"} 0"#))
    #expect(log.contains("detail=migration count=5"))
  }

  private var quick: AlertDispatcher.Pace {
    var pace = AlertDispatcher.Pace()
    pace.backoff = Backoff(first: .milliseconds(1), longest: .milliseconds(2))
    pace.pollInterval = .milliseconds(1)
    return pace
  }

  private func dispatcher(
    _ plans: [SinkPlan], _ pace: AlertDispatcher.Pace
  ) -> AlertDispatcher {
    AlertDispatcher(
      plans, pace: pace, reporter: log.reporter, now: { noon }, openFeed: { [feed] in feed })
  }

  private func run(
    _ plans: [SinkPlan], _ pace: AlertDispatcher.Pace, _ stop: StopSignal = StopSignal(),
    stopped: Bool = false
  ) throws {
    if stopped { stop.request() }
    for worker in dispatcher(plans, pace).workers { try worker.run(until: stop) }
  }
}

/// Two sinks that are handed the same.
private final class Pair: AlertSink {
  private let sinks: [RecordingSink]

  init(_ sinks: RecordingSink...) { self.sinks = sinks }

  func deliver(_ entries: [FeedEntry]) throws {
    for sink in sinks { try sink.deliver(entries) }
  }
}
