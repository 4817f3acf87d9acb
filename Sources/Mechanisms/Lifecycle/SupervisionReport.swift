/// How workers that ran together came to their end.
public struct SupervisionReport: Sendable {
  /// A worker that ended by an error.
  public struct Failure: Sendable {
    /// The name of the worker.
    public var worker: String
    /// What it threw.
    public var error: any Error
  }

  /// The worker that ended before anybody asked for it; nil when the end was asked for.
  public internal(set) var endedFirst: String?
  /// The workers that ended by an error, in the order of their ends.
  public internal(set) var failures: [Failure] = []
  /// The workers that did not end in time; their threads may still run.
  public internal(set) var late: [String] = []
  /// The worker for which the system had no thread; those after it were not tried.
  public internal(set) var notStarted: [String] = []

  /// Whether everybody ended in time and without an error.
  public var isClean: Bool { failures.isEmpty && late.isEmpty && notStarted.isEmpty }
}
