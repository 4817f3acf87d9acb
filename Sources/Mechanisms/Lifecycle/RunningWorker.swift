/// One worker that runs beside its owner, and ends when the owner lets go of it.
public final class RunningWorker: Sendable {
  private let stop = StopSignal()
  private let thread: WorkerThread
  private let limit: Duration

  /// Starts a worker; nil when the system has no room for another thread.
  ///
  /// Letting go waits up to `limit` for its end. What the worker throws is for itself to tell.
  public init?(_ worker: any Worker, limit: Duration = .seconds(60)) {
    let stop = stop
    self.limit = limit
    guard let thread = WorkerThread(worker.name, { try? worker.run(until: stop) }) else {
      return nil
    }
    self.thread = thread
  }

  deinit {
    stop.request()
    _ = thread.join(within: limit)
  }
}
