public import Access
public import Lifecycle
public import Telemetry

/// Delivers the feed to its sinks, each on a thread of its own, so that none waits for another.
public struct AlertDispatcher: Sendable {
  /// The workers, one a sink, in the order of the plans.
  public var workers: [any Worker] { deliveries }

  private let deliveries: [DeliveryWorker]

  /// How sinks are served.
  public struct Pace: Sendable {
    /// The most rows handed to a sink at once.
    public var batchLimit = 200
    /// How often a sink looks at the feed when nobody wakes it.
    public var pollInterval = Duration.seconds(1)
    /// The waits after failures.
    public var backoff = Backoff()
    /// How long a sink goes on delivering what is there once the end was asked for.
    public var drainLimit = Duration.seconds(5)

    /// The defaults.
    public init() {}
  }

  /// A dispatcher that opens a feed for each sink on its thread.
  public init(
    _ plans: [SinkPlan], pace: Pace = Pace(), reporter: Reporter,
    now: @escaping @Sendable () -> EventTime = AlertDispatcher.wallClock,
    openFeed: @escaping @Sendable () throws -> any AlertFeed
  ) {
    deliveries = plans.map { plan in
      DeliveryWorker(
        plan: plan, pace: pace, reporter: reporter, now: now, openFeed: openFeed,
        requests: DeliveryRequests())
    }
  }

  /// Says that the feed has more rows; called after the commit that made them durable.
  public func wake() {
    for delivery in deliveries { delivery.requests.wakeUp.ring() }
  }

  /// Lets every sink open again what it writes to, after its files were moved away.
  public func reopen() {
    for delivery in deliveries { delivery.requests.askToReopen() }
  }

  /// The system's clock.
  @Sendable public static func wallClock() -> EventTime { SystemClock.now }
}
