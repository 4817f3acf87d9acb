/// Something a client has to say besides records.
public enum ClientEvent: Sendable {
  /// Trouble that librdkafka met; it goes on by itself unless the error is fatal.
  case error(KafkaError)
  /// A log line of librdkafka, with a severity as in syslog (0 worst, 7 least).
  case log(severity: Int, facility: String, message: String)
  /// Statistics as JSON text, every `statisticsInterval`.
  case statistics(String)
  /// The broker held an answer back because a quota was exceeded.
  case throttled(broker: String, duration: Duration)
  /// A courtesy commit did not arrive.
  case commitFailed(KafkaError)
  /// A record was given up.
  case deliveryFailed(topic: String, partition: Int32, KafkaError)
}
