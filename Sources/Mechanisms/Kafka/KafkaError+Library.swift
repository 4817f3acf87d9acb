internal import CRdKafka

extension KafkaError {
  /// An error from librdkafka's code, with the library's own sentence unless a better one is known.
  init(library code: rd_kafka_resp_err_t, _ message: String? = nil, isFatal: Bool = false) {
    let known = Code(library: code)
    self.init(
      known,
      message ?? (unsafe text(rd_kafka_err2str(code))),
      libraryCode: code.rawValue,
      libraryName: unsafe text(rd_kafka_err2name(code)),
      isRetriable: !isFatal && (known.isPassing || passingCodes.contains(code)),
      isFatal: isFatal || code == RD_KAFKA_RESP_ERR__FATAL)
  }

  /// Takes over an error object and frees it.
  init(consuming error: OpaquePointer) {
    defer { unsafe rd_kafka_error_destroy(error) }
    let known = unsafe KafkaError(
      library: rd_kafka_error_code(error), text(rd_kafka_error_string(error)))
    self.init(
      known.code, known.message, libraryCode: known.libraryCode, libraryName: known.libraryName,
      isRetriable: unsafe known.isRetriable || rd_kafka_error_is_retriable(error) != 0,
      isFatal: unsafe rd_kafka_error_is_fatal(error) != 0)
  }
}

extension KafkaError.Code {
  fileprivate var isPassing: Bool {
    self == .transport || self == .timedOut || self == .queueFull
  }

  fileprivate init(library code: rd_kafka_resp_err_t) {
    self = knownCodes[code.rawValue] ?? .other
  }
}

private let passingCodes: [rd_kafka_resp_err_t] = [
  RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
  RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
  RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED,
  RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, RD_KAFKA_RESP_ERR__WAIT_COORD,
  RD_KAFKA_RESP_ERR_NOT_CONTROLLER, RD_KAFKA_RESP_ERR__RETRY,
]

private let knownCodes: [Int32: KafkaError.Code] = {
  let table: [(KafkaError.Code, [rd_kafka_resp_err_t])] = [
    (
      .transport,
      [
        RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
        RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,
        RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
      ]
    ),
    (
      .authentication,
      [
        RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
        RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE, RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM,
      ]
    ),
    (
      .authorization,
      [
        RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
      ]
    ),
    (.tls, [RD_KAFKA_RESP_ERR__SSL]),
    (
      .unknownTopic,
      [
        RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
        RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
      ]
    ),
    (.unknownPartition, [RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION]),
    (
      .offsetOutOfRange,
      [RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET]
    ),
    (
      .timedOut,
      [
        RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE,
        RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
      ]
    ),
    (.queueFull, [RD_KAFKA_RESP_ERR__QUEUE_FULL]),
    (
      .messageTooLarge,
      [RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE]
    ),
    (.topicExists, [RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS]),
    (
      .unsupported,
      [
        RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED,
        RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION, RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE,
      ]
    ),
    (.configuration, [RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR__CONFLICT]),
    (.fenced, [RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH]),
  ]
  return Dictionary(
    table.flatMap { code, numbers in numbers.map { ($0.rawValue, code) } },
    uniquingKeysWith: { first, _ in first })
}()

/// A C string as text, empty for a null pointer.
func text(_ pointer: UnsafePointer<CChar>?) -> String {
  guard let pointer = unsafe pointer else { return "" }
  return unsafe String(cString: pointer)
}
