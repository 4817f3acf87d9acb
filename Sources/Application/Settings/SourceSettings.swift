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
  /// How long the topic keeps its records at least.
  public var retention: TimeSpan

  /// The group in which positions are told, for tools that show lag.
  public var group: String { connection.groupID }
  /// A PEM file with authorities to trust beside the system's.
  public var caFile: String? { connection.caFile }

  /// The hub that diagnostic settings write activity logs to.
  public static let defaultTopic = "insights-activity-logs"

  /// A source with the defaults for what is left out.
  public init(
    connection: KafkaConfiguration, topic: String = defaultTopic, from: StartPoint = .earliest,
    messageLimit: Int = 16 << 20, lateness: TimeSpan = .minutes(10),
    retention: TimeSpan = .days(1)
  ) {
    self.connection = connection
    self.topic = topic
    self.from = from
    self.messageLimit = messageLimit
    self.lateness = lateness
    self.retention = retention
  }

  /// The group of a topic, where none is set.
  ///
  /// Groups span a namespace, so two topics must not share one.
  public static func defaultGroup(of topic: String) -> String { "gatebook-\(topic)" }
}
