internal import CRdKafka

extension KafkaConsumer {
  /// Reads exactly these partitions from now on, each from its start.
  ///
  /// An empty assignment stops reading.
  public func assign(_ starts: [Int32: StartPosition]) throws(KafkaError) {
    let handle = try open()
    let list = list(of: starts)
    let code = unsafe rd_kafka_assign(handle.client, list.pointer)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
    progress.assign(starts.keys)
  }

  /// Reads these partitions too, and leaves alone the ones that are read already.
  public func add(_ starts: [Int32: StartPosition]) throws(KafkaError) {
    guard !starts.isEmpty else { return }
    let handle = try open()
    let list = list(of: starts)
    if let error = unsafe rd_kafka_incremental_assign(handle.client, list.pointer) {
      throw unsafe KafkaError(consuming: error)
    }
    progress.add(starts.keys)
  }

  /// Goes on elsewhere in a partition that is read already; what waited of it is dropped.
  public func reassign(_ partition: Int32, to start: StartPosition) throws(KafkaError) {
    let handle = try open()
    let list = list(of: [partition: start])
    if let error = unsafe rd_kafka_incremental_unassign(handle.client, list.pointer) {
      throw unsafe KafkaError(consuming: error)
    }
    try add([partition: start])
  }

  /// Tells the broker how far we are, for tools that show lag; ours is the position that counts.
  ///
  /// Does not wait: a failure comes as an event. Event Hubs takes four of these a second.
  public func commit(_ nextOffsets: [Int32: Int64]) throws(KafkaError) {
    guard !nextOffsets.isEmpty else { return }
    let handle = try open()
    let code = handle.commit(list(of: nextOffsets.mapValues(StartPosition.offset)))
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
  }

  func list(of starts: [Int32: StartPosition]) -> PartitionList {
    let list = PartitionList(topic: topic, capacity: starts.count)
    for (partition, start) in starts.sorted(by: { $0.key < $1.key }) {
      list.add(partition, offset: start.libraryOffset)
    }
    return list
  }
}
