internal import CRdKafka

/// A cluster inside this process, as librdkafka brings it: for tests and demonstrations.
///
/// It keeps about 5 MB of a partition and drops what is older; it knows neither TLS nor
/// credentials nor times.
@safe
public final class MockCluster {
  private let host: ClientHandle
  private let cluster: OpaquePointer

  /// Starts brokers 1 to `brokers` on ports of the loopback interface.
  public init(brokers: Int = 1) throws(KafkaError) {
    let configuration = KafkaConfiguration(bootstrapServers: "", clientID: "mock-cluster")
    host = try ClientHandle(.admin, configuration)
    guard let made = unsafe rd_kafka_mock_cluster_new(host.client, CInt(clamping: brokers)) else {
      throw KafkaError(.other, "The mock cluster does not start.")
    }
    unsafe cluster = made
  }

  deinit { unsafe rd_kafka_mock_cluster_destroy(cluster) }

  /// Where its brokers listen.
  public var bootstrapServers: String { unsafe text(rd_kafka_mock_cluster_bootstraps(cluster)) }

  /// How to reach it.
  public var configuration: KafkaConfiguration {
    KafkaConfiguration(bootstrapServers: bootstrapServers)
  }

  /// Makes a topic, its partitions spread over the brokers.
  public func createTopic(_ name: String, partitions: Int) throws(KafkaError) {
    try check(unsafe rd_kafka_mock_topic_create(cluster, name, CInt(clamping: partitions), 1))
  }

  /// Lets a broker vanish: its connections break, and nobody answers any more.
  public func stopBroker(_ broker: Int32) throws(KafkaError) {
    try check(unsafe rd_kafka_mock_broker_set_down(cluster, broker))
  }

  /// Lets a broker come back.
  public func startBroker(_ broker: Int32) throws(KafkaError) {
    try check(unsafe rd_kafka_mock_broker_set_up(cluster, broker))
  }

  /// Delays each answer of a broker.
  public func delayAnswers(of broker: Int32, by delay: Duration) throws(KafkaError) {
    try check(unsafe rd_kafka_mock_broker_set_rtt(cluster, broker, delay.int32Milliseconds))
  }

  /// Answers the next requests of a kind with these codes of the Kafka protocol.
  public func failNext(_ request: Request, with codes: [Int32]) {
    let errors = codes.map { rd_kafka_resp_err_t(rawValue: $0) }
    unsafe rd_kafka_mock_push_request_errors_array(
      cluster, request.rawValue, errors.count, errors)
  }

  /// Answers questions about a topic with this code of the Kafka protocol; 0 ends that.
  ///
  /// Otherwise it makes every topic that anybody asks about.
  public func failTopic(_ name: String, with code: Int32) {
    unsafe rd_kafka_mock_topic_set_error(cluster, name, rd_kafka_resp_err_t(rawValue: code))
  }

  /// Kinds of requests, as the Kafka protocol numbers them.
  public enum Request: Int16, Sendable {
    /// Writing records.
    case produce = 0
    /// Reading records.
    case fetch = 1
    /// Asking for offsets by time, and for the watermarks.
    case listOffsets = 2
    /// Asking for brokers, topics and partitions.
    case metadata = 3
    /// Storing the offsets of a group.
    case offsetCommit = 8
  }

  private func check(_ code: rd_kafka_resp_err_t) throws(KafkaError) {
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
  }
}
