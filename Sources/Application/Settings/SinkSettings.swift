public import Access
public import Alerting

/// One receiver of findings.
public struct SinkSettings: Hashable, Sendable {
  /// Where a sink writes.
  public enum Destination: Hashable, Sendable {
    /// NDJSON on standard output.
    case standardOutput
    /// NDJSON in a file, each row once.
    case file(path: String)
  }

  /// Where the sink writes.
  public var destination: Destination
  /// What is below it is held back.
  public var minimumSeverity: Severity
  /// What became true longer ago is held back; nil where age does not count.
  public var maximumAge: TimeSpan?

  /// A sink that takes everything but what is only informative, however old.
  public init(
    _ destination: Destination, minimumSeverity: Severity = .low, maximumAge: TimeSpan? = nil
  ) {
    self.destination = destination
    self.minimumSeverity = minimumSeverity
    self.maximumAge = maximumAge
  }
}

extension ServiceSettings {
  /// The sinks to be made, each with what is held back from it.
  public var sinkPlans: [SinkPlan] {
    alerts.map { sink in
      let filter = DeliveryFilter(
        minimumSeverity: sink.minimumSeverity, maximumAge: sink.maximumAge,
        suppressions: suppress)
      return switch sink.destination {
      case .standardOutput: .standardOutput(filter: filter)
      case .file(let path): .file(path, filter: filter)
      }
    }
  }
}
