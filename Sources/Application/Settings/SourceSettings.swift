public import Access
public import Kafka

/// Where the records of `run` come from.
public struct SourceSettings: Sendable {
  /// How to reach the cluster, with the group in which positions are told.
  public var connection: KafkaConfiguration
  /// The topic, that is the hub.
  public var topic: String
  /// Where to begin where the ledger has no position.
  public var from: StartPoint
  /// The largest message that is read, in bytes.
  public var messageLimit: Int
  /// How late records of a feed may come that has nothing more to read.
  public var lateness: TimeSpan

  /// The group in which positions are told, for tools that show lag.
  public var group: String { connection.groupID }
  /// A PEM file with authorities to trust beside the system's.
  public var caFile: String? { connection.caFile }

  /// The hub that diagnostic settings write activity logs to.
  public static let defaultTopic = "insights-activity-logs"

  /// A source with the defaults for what is left out.
  public init(
    connection: KafkaConfiguration, topic: String = defaultTopic, from: StartPoint = .earliest,
    messageLimit: Int = 16 << 20, lateness: TimeSpan = .minutes(10)
  ) {
    self.connection = connection
    self.topic = topic
    self.from = from
    self.messageLimit = messageLimit
    self.lateness = lateness
  }

  /// The group of a topic, where none is set.
  ///
  /// Groups span a namespace, so two topics must not share one.
  public static func defaultGroup(of topic: String) -> String { "gatebook-\(topic)" }
}

/// Where reading begins.
public enum StartPoint: Hashable, Sendable {
  /// With the oldest record that there is.
  case earliest
  /// With the next record that comes.
  case latest
  /// With what was written this long ago.
  case ago(TimeSpan)
  /// With what was written at an instant.
  case at(EventTime)

  /// The point that a text such as `earliest`, `2h` or `2026-12-31T00:00:00Z` means, or nil.
  public init?(_ text: String) {
    switch text {
    case "earliest": self = .earliest
    case "latest": self = .latest
    default:
      if let span = StartPoint.span(text) {
        self = .ago(span)
      } else if let time = EventTime(rfc3339: text) {
        self = .at(time)
      } else {
        return nil
      }
    }
  }

  private static func span(_ text: String) -> TimeSpan? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), text.utf8.count <= 8,
      text.dropLast().allSatisfy({ $0.isASCII && $0.isWholeNumber }),
      let number = Int64(text.dropLast())
    else { return nil }
    return .seconds(number * unit)
  }
}
