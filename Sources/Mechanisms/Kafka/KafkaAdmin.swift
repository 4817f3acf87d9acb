internal import CRdKafka

/// Makes topics, grows them and empties them; Event Hubs does not let Kafka clients do that.
public struct KafkaAdmin: ~Copyable {
  private let handle: ClientHandle

  /// An administrator, who connects in the background.
  public init(configuration: KafkaConfiguration) throws(KafkaError) {
    handle = try ClientHandle(.admin, configuration)
  }

  /// Makes a topic, with broker settings of its own if there are any.
  public func createTopic(
    _ name: String, partitions: Int, settings: [String: String] = [:],
    timeout: Duration = .seconds(30)
  ) throws(KafkaError) {
    var reason = [CChar](repeating: 0, count: 512)
    guard
      let topic = unsafe rd_kafka_NewTopic_new(
        name, CInt(clamping: partitions), -1, &reason, reason.count)
    else { throw KafkaError(.configuration, unsafe text(reason)) }
    defer { unsafe rd_kafka_NewTopic_destroy(topic) }
    for (key, value) in settings { _ = unsafe rd_kafka_NewTopic_set_config(topic, key, value) }
    let request = AdminRequest(handle, RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout)
    var topics: [OpaquePointer?] = unsafe [topic]
    unsafe rd_kafka_CreateTopics(handle.client, &topics, 1, request.options, request.queue)
    try request.awaitAnswer()
  }

  /// Grows a topic to `count` partitions.
  public func growTopic(
    _ name: String, toPartitions count: Int, timeout: Duration = .seconds(30)
  ) throws(KafkaError) {
    var reason = [CChar](repeating: 0, count: 512)
    guard
      let growth = unsafe rd_kafka_NewPartitions_new(name, count, &reason, reason.count)
    else { throw KafkaError(.configuration, unsafe text(reason)) }
    defer { unsafe rd_kafka_NewPartitions_destroy(growth) }
    let request = AdminRequest(handle, RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, timeout)
    var growths: [OpaquePointer?] = unsafe [growth]
    unsafe rd_kafka_CreatePartitions(handle.client, &growths, 1, request.options, request.queue)
    try request.awaitAnswer()
  }

  /// Drops the records before these offsets, as retention does in time.
  public func deleteRecords(
    _ topic: String, before offsets: [Int32: Int64], timeout: Duration = .seconds(30)
  ) throws(KafkaError) {
    let list = PartitionList(topic: topic, capacity: offsets.count)
    for (partition, offset) in offsets { list.add(partition, offset: offset) }
    let deletion = unsafe rd_kafka_DeleteRecords_new(list.pointer)
    defer { unsafe rd_kafka_DeleteRecords_destroy(deletion) }
    let request = AdminRequest(handle, RD_KAFKA_ADMIN_OP_DELETERECORDS, timeout)
    var deletions: [OpaquePointer?] = unsafe [deletion]
    unsafe rd_kafka_DeleteRecords(handle.client, &deletions, 1, request.options, request.queue)
    try request.awaitAnswer()
  }
}
