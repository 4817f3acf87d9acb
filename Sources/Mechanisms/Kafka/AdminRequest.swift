internal import CRdKafka

/// One request to the controller, with the queue on which its answer comes.
@safe
struct AdminRequest: ~Copyable {
  let options: OpaquePointer?
  let queue: OpaquePointer?
  private let handle: ClientHandle
  private let timeout: Duration

  init(_ handle: ClientHandle, _ operation: rd_kafka_admin_op_t, _ timeout: Duration) {
    self.handle = handle
    self.timeout = timeout
    unsafe options = rd_kafka_AdminOptions_new(handle.client, operation)
    unsafe queue = rd_kafka_queue_new(handle.client)
    var reason = [CChar](repeating: 0, count: 512)
    let milliseconds = timeout.int32Milliseconds
    _ = unsafe rd_kafka_AdminOptions_set_request_timeout(
      options, milliseconds, &reason, reason.count)
    // Also until the topic is known to the brokers, not only accepted by the controller. The
    // option is refused by operations that have nothing to wait for.
    _ = unsafe rd_kafka_AdminOptions_set_operation_timeout(
      options, milliseconds, &reason, reason.count)
  }

  deinit {
    unsafe rd_kafka_AdminOptions_destroy(options)
    unsafe rd_kafka_queue_destroy(queue)
  }

  /// Waits for the answer to the one thing that was asked.
  func awaitAnswer() throws(KafkaError) {
    let wait = timeout.int32Milliseconds
    guard let event = unsafe rd_kafka_queue_poll(queue, wait) else {
      handle.readEvents()
      throw handle.lastTrouble ?? KafkaError(library: RD_KAFKA_RESP_ERR__TIMED_OUT)
    }
    defer { unsafe rd_kafka_event_destroy(event) }
    guard unsafe rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR else {
      let error = unsafe EventReader.error(of: event)
      handle.readEvents()
      throw error.isRetriable ? handle.lastTrouble ?? error : error
    }
    try unsafe checkTopics(of: event)
    try unsafe checkOffsets(of: event)
  }

  private func checkTopics(of event: OpaquePointer) throws(KafkaError) {
    var count = 0
    var topics: UnsafeMutablePointer<OpaquePointer?>?
    if let result = unsafe rd_kafka_event_CreateTopics_result(event) {
      unsafe topics = rd_kafka_CreateTopics_result_topics(result, &count)
    } else if let result = unsafe rd_kafka_event_CreatePartitions_result(event) {
      unsafe topics = rd_kafka_CreatePartitions_result_topics(result, &count)
    }
    guard let topics = unsafe topics else { return }
    for index in 0..<count {
      let code = unsafe rd_kafka_topic_result_error(topics[index])
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
        throw KafkaError(
          library: code, unsafe text(rd_kafka_topic_result_error_string(topics[index])))
      }
    }
  }

  private func checkOffsets(of event: OpaquePointer) throws(KafkaError) {
    guard let result = unsafe rd_kafka_event_DeleteRecords_result(event),
      let list = unsafe rd_kafka_DeleteRecords_result_offsets(result)
    else { return }
    for index in 0..<(unsafe Int(list.pointee.cnt)) {
      let code = unsafe list.pointee.elems[index].err
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
    }
  }
}
