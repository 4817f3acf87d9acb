internal import CRdKafka

/// What a broker says about the partitions of a topic.
enum TopicMetadata {
  /// The leader of each partition, -1 where there is none at the moment.
  static func leaders(
    of topic: String, _ handle: ClientHandle, milliseconds: Int32
  ) throws(KafkaError) -> [Int32: Int32] {
    let object = try TopicObject(topic, handle)
    var answer: UnsafePointer<rd_kafka_metadata>?
    let code = unsafe rd_kafka_metadata(handle.client, 0, object.pointer, &answer, milliseconds)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata = unsafe answer else {
      throw KafkaError(library: code)
    }
    defer { unsafe rd_kafka_metadata_destroy(metadata) }
    return unsafe try leaders(of: topic, in: metadata.pointee)
  }

  private static func leaders(
    of topic: String, in metadata: rd_kafka_metadata
  ) throws(KafkaError) -> [Int32: Int32] {
    for index in 0..<(unsafe Int(metadata.topic_cnt)) {
      let entry = unsafe metadata.topics[index]
      guard unsafe text(entry.topic) == topic else { continue }
      let code = unsafe entry.err
      if code != RD_KAFKA_RESP_ERR_NO_ERROR, code != RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE {
        throw KafkaError(library: code, "Topic \(topic): \(unsafe text(rd_kafka_err2str(code))).")
      }
      var leaders: [Int32: Int32] = [:]
      for place in 0..<(unsafe Int(entry.partition_cnt)) {
        let partition = unsafe entry.partitions[place]
        unsafe leaders[partition.id] = partition.leader
      }
      return leaders
    }
    throw KafkaError(
      library: RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, "Topic \(topic): the broker does not know it.")
  }
}
