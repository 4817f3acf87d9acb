internal import CRdKafka

/// Turns librdkafka's events into values.
enum EventReader {
  static func read(_ event: OpaquePointer) -> [ClientEvent] {
    switch unsafe rd_kafka_event_type(event) {
    case RD_KAFKA_EVENT_ERROR: [.error(unsafe error(of: event))]
    case RD_KAFKA_EVENT_LOG: unsafe log(of: event)
    case RD_KAFKA_EVENT_STATS: [.statistics(unsafe text(rd_kafka_event_stats(event)))]
    case RD_KAFKA_EVENT_OFFSET_COMMIT: unsafe commitFailure(of: event)
    case RD_KAFKA_EVENT_DR: unsafe deliveryFailures(of: event)
    default: []
    }
  }

  static func error(of event: OpaquePointer) -> KafkaError {
    unsafe KafkaError(
      library: rd_kafka_event_error(event), text(rd_kafka_event_error_string(event)),
      isFatal: rd_kafka_event_error_is_fatal(event) != 0)
  }

  private static func log(of event: OpaquePointer) -> [ClientEvent] {
    var facility: UnsafePointer<CChar>?
    var message: UnsafePointer<CChar>?
    var severity: CInt = 7
    guard unsafe rd_kafka_event_log(event, &facility, &message, &severity) == 0 else { return [] }
    return unsafe [
      .log(severity: Int(severity), facility: text(facility), message: text(message))
    ]
  }

  private static func commitFailure(of event: OpaquePointer) -> [ClientEvent] {
    let code = unsafe rd_kafka_event_error(event)
    let isFine = code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR__NO_OFFSET
    return isFine ? [] : [.commitFailed(KafkaError(library: code))]
  }

  private static func deliveryFailures(of event: OpaquePointer) -> [ClientEvent] {
    var failures: [ClientEvent] = []
    while let message = unsafe rd_kafka_event_message_next(event) {
      let code = unsafe message.pointee.err
      if code == RD_KAFKA_RESP_ERR_NO_ERROR { continue }
      let topic = unsafe text(rd_kafka_topic_name(message.pointee.rkt))
      let partition = unsafe message.pointee.partition
      failures.append(
        .deliveryFailed(topic: topic, partition: partition, KafkaError(library: code)))
    }
    return failures
  }
}
