internal import CRdKafka

/// The librdkafka that this program runs with.
public enum KafkaLibrary {
  /// Its version, as in `2.0.2`.
  public static var version: String { unsafe text(rd_kafka_version_str()) }

  /// Keeps a few megabytes of freed memory for the next fetch; for the whole process.
  ///
  /// Fetched messages come and go in blocks of megabytes. Left to itself the allocator gives each
  /// back to the system and asks again, page by page: a sixth of a consumer's processor time.
  public static func keepFreedMemory() { gb_keep_freed_memory(8 << 20, 16 << 20) }
}
