internal import CRdKafka

/// The librdkafka that this program runs with.
public enum KafkaLibrary {
  /// Its version, as in `2.0.2`.
  public static var version: String { unsafe text(rd_kafka_version_str()) }
}
