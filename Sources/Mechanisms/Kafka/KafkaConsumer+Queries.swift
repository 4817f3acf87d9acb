internal import CRdKafka

extension KafkaConsumer {
  /// The partitions of the topic, in order; ask again to notice new ones.
  ///
  /// This is also the first proof that broker, credentials and topic are what they should be.
  public func partitions(timeout: Duration) throws(KafkaError) -> [Int32] {
    let handle = try open()
    let leaders = try handle.patiently(for: timeout) { milliseconds throws(KafkaError) in
      try TopicMetadata.leaders(of: topic, handle, milliseconds: milliseconds)
    }
    for (partition, leader) in leaders { progress.leads(leader, partition) }
    return leaders.keys.sorted()
  }

  /// What the leader of `partition` holds now.
  public func watermarks(partition: Int32, timeout: Duration) throws(KafkaError) -> Watermarks {
    let handle = try open()
    return try handle.patiently(for: timeout) { milliseconds throws(KafkaError) in
      try askWatermarks(of: partition, milliseconds: milliseconds)
    }
  }

  /// What the last answer to a fetch said about `partition`, without asking anybody.
  public func cachedWatermarks(partition: Int32) -> Watermarks? {
    guard let handle = try? open() else { return nil }
    var low: Int64 = -1
    var high: Int64 = -1
    let code = unsafe rd_kafka_get_watermark_offsets(
      handle.client, topic, partition, &low, &high)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 else { return nil }
    return Watermarks(low: max(low, 0), high: high)
  }

  /// For each partition the first offset whose record was written at this instant or later; where
  /// there is none yet, the offset of the next record to be written.
  public func offsets(
    at milliseconds: Int64, partitions: [Int32], timeout: Duration
  ) throws(KafkaError) -> [Int32: Int64] {
    let deadline = ContinuousClock.now + timeout
    var found = try askOffsets(at: milliseconds, partitions, before: deadline)
    var ends: [Int32: Int64] = [:]
    for partition in partitions where (found[partition] ?? -1) < 0 {
      let left = ContinuousClock.now.duration(to: deadline)
      ends[partition] = try watermarks(partition: partition, timeout: left).high
    }
    guard !ends.isEmpty else { return found }
    // Between the two questions a record may have come: the end is a safe start only if the
    // answer is still that there is none.
    let again = try askOffsets(at: milliseconds, Array(ends.keys), before: deadline)
    for (partition, end) in ends {
      let offset = again[partition] ?? -1
      found[partition] = offset >= 0 ? min(offset, end) : end
    }
    return found
  }

  func askWatermarks(of partition: Int32, milliseconds: Int32) throws(KafkaError) -> Watermarks {
    // The client is safe to use from any thread, and must outlive a call that was given up.
    nonisolated(unsafe) let handle = try open()
    let topic = topic
    let answer = BoundedCall.run(milliseconds: milliseconds) {
      var (low, high): (Int64, Int64) = (-1, -1)
      let code = unsafe rd_kafka_query_watermark_offsets(
        handle.client, topic, partition, &low, &high, milliseconds)
      return (code: code.rawValue, marks: Watermarks(low: low, high: high))
    }
    let code = rd_kafka_resp_err_t(answer?.code ?? RD_KAFKA_RESP_ERR__TIMED_OUT.rawValue)
    guard let answer, code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
    return answer.marks
  }

  private func askOffsets(
    at instant: Int64, _ partitions: [Int32], before deadline: ContinuousClock.Instant
  ) throws(KafkaError) -> [Int32: Int64] {
    guard !partitions.isEmpty else { return [:] }
    let handle = try open()
    let left = ContinuousClock.now.duration(to: deadline)
    return try handle.patiently(for: left) { milliseconds throws(KafkaError) in
      // The list carries the instant in and the offset out.
      let starts = partitions.map { ($0, StartPosition.offset(instant)) }
      let list = list(of: Dictionary(starts, uniquingKeysWith: { first, _ in first }))
      let code = unsafe rd_kafka_offsets_for_times(handle.client, list.pointer, milliseconds)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
      var offsets: [Int32: Int64] = [:]
      try list.visit { partition, offset, code throws(KafkaError) in
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(library: code) }
        offsets[partition] = offset
      }
      return offsets
    }
  }
}
