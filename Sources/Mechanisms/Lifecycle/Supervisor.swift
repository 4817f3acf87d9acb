internal import Synchronization

/// Runs workers together: starts them in order, stops them in reverse, waits for each.
///
/// The order is from those that are fed to those that feed, so that what is under way when the end
/// comes still finds somebody who takes it.
public struct Supervisor: Sendable {
  private let workers: [any Worker]
  private let stopLimit: Duration

  /// Makes a supervisor that waits up to `stopLimit` for each worker it stops.
  public init(_ workers: [any Worker], stopLimit: Duration = .seconds(10)) {
    self.workers = workers
    self.stopLimit = stopLimit
  }

  /// Runs until the end is asked for or one worker ends by itself, then stops the others.
  public func run(until stop: StopSignal) -> SupervisionReport {
    let news = WakeUp()
    stop.alsoRings(news)
    let outcomes = Outcomes()
    var report = SupervisionReport()
    var running: [(thread: WorkerThread, stop: StopSignal)] = []
    for worker in workers {
      let own = StopSignal()
      guard let thread = start(worker, own, outcomes, news) else {
        report.notStarted.append(worker.name)
        break
      }
      running.append((thread, own))
    }
    if report.notStarted.isEmpty {
      while !stop.isRequested && outcomes.firstEnded == nil { news.wait(upTo: .seconds(60)) }
    }
    report.endedFirst = outcomes.firstEnded
    for (thread, own) in running.reversed() {
      own.request()
      if !thread.join(within: stopLimit) { report.late.append(thread.name) }
    }
    report.failures = outcomes.failures
    return report
  }

  private func start(
    _ worker: any Worker, _ stop: StopSignal, _ outcomes: Outcomes, _ news: WakeUp
  ) -> WorkerThread? {
    WorkerThread(worker.name) {
      do {
        try worker.run(until: stop)
        outcomes.note(worker.name, nil)
      } catch {
        outcomes.note(worker.name, error)
      }
      news.ring()
    }
  }
}

/// What the workers' threads have to say when they end.
private final class Outcomes: Sendable {
  private struct State {
    var ended: [String] = []
    var failures: [SupervisionReport.Failure] = []
  }

  private let state = Mutex(State())

  var firstEnded: String? { state.withLock { $0.ended.first } }
  var failures: [SupervisionReport.Failure] { state.withLock { $0.failures } }

  func note(_ name: String, _ error: (any Error)?) {
    state.withLock { state in
      state.ended.append(name)
      if let error { state.failures.append(.init(worker: name, error: error)) }
    }
  }
}
