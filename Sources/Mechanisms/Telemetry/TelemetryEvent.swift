/// Something that happens: one type says how it is logged and how it is counted.
///
/// An event is a value with what varies; what is constant stands in its type, so log and metrics
/// cannot disagree about what happened.
public protocol TelemetryEvent {
  /// How much it matters.
  static var level: LogLevel { get }
  /// What happened, as a sentence.
  static var sentence: StaticString { get }
  /// What counts it; nil when it is only logged.
  static var counter: MetricName? { get }
  /// What varies, for the log.
  var values: Log.Values { get }
  /// What tells its counts apart; few different values only.
  var labels: Labels { get }
  /// How much it counts.
  var amount: Int { get }
}

extension TelemetryEvent {
  /// Nothing varies, unless the event says so.
  public var values: Log.Values { [:] }
  /// There is one count, unless the event says so.
  public var labels: Labels { [:] }
  /// It counts as one, unless the event says so.
  public var amount: Int { 1 }
}

/// Where events go: into the log and the registry at once.
public struct Reporter: Sendable {
  /// The log.
  public let log: Log
  /// The counters and gauges.
  public let registry: Registry

  /// Puts the two together.
  public init(log: Log, registry: Registry = Registry()) {
    self.log = log
    self.registry = registry
  }

  /// Counts and logs an event.
  public func report<Event: TelemetryEvent>(_ event: Event) {
    count(event)
    log.write(Event.level, Event.sentence, event.values)
  }

  /// Counts an event that is not worth a line, because a line said so before.
  public func count<Event: TelemetryEvent>(_ event: Event) {
    guard let name = Event.counter else { return }
    registry.counter(name, event.labels).increment(by: event.amount)
  }
}
