internal import CRdKafka

/// Owner of librdkafka's list of partitions of one topic.
@safe
struct PartitionList: ~Copyable {
  let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
  private let topic: String

  init(topic: String, capacity: Int) {
    self.topic = topic
    unsafe pointer = rd_kafka_topic_partition_list_new(CInt(clamping: max(1, capacity)))
  }

  deinit { unsafe rd_kafka_topic_partition_list_destroy(pointer) }

  /// Adds a partition with an offset, which may be a logical one.
  func add(_ partition: Int32, offset: Int64) {
    if let entry = unsafe rd_kafka_topic_partition_list_add(pointer, topic, partition) {
      unsafe entry.pointee.offset = offset
    }
  }

  /// Calls `body` with each partition, its offset and its error.
  func visit(_ body: (Int32, Int64, rd_kafka_resp_err_t) throws(KafkaError) -> Void)
    throws(KafkaError)
  {
    for index in 0..<(unsafe Int(pointer.pointee.cnt)) {
      let entry = unsafe pointer.pointee.elems[index]
      try unsafe body(entry.partition, entry.offset, entry.err)
    }
  }
}
