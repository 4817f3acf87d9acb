internal import CRdKafka

/// Owner of librdkafka's object for one topic; keeps the client alive, which must end after it.
@safe
final class TopicObject {
  let pointer: OpaquePointer
  private let handle: ClientHandle

  init(_ topic: String, _ handle: ClientHandle) throws(KafkaError) {
    guard let made = unsafe rd_kafka_topic_new(handle.client, topic, nil) else {
      throw KafkaError(library: rd_kafka_last_error())
    }
    unsafe pointer = made
    self.handle = handle
  }

  deinit { unsafe rd_kafka_topic_destroy(pointer) }
}
