internal import CRdKafka

extension KafkaConsumer {
  /// The most messages that one batch can hold.
  public static var batchLimit: Int { 100_000 }

  /// The next records: at once when some wait already, else the first that come within `timeout`.
  ///
  /// Holds at most `limit` records, and none when none came in time.
  public func nextBatch(limit: Int, timeout: Duration) -> RecordBatch {
    guard let handle = try? open() else { return RecordBatch() }
    let limit = min(max(1, limit), Self.batchLimit)
    let messages = UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
      .allocate(capacity: limit)
    // The library's call waits until the array is full, so it is given no time for that, and
    // asked to wait for a single message only when there is none.
    var count = unsafe read(into: messages, limit: limit, milliseconds: 0)
    if count == 0 {
      count = unsafe awaitFirst(into: messages, timeout: timeout)
      if count > 0 {
        count += unsafe read(into: messages + 1, limit: limit - 1, milliseconds: 0)
      }
    }
    let batch = unsafe RecordBatch(taking: messages, count: count, owner: handle)
    note(batch)
    return batch
  }

  /// How long a queue may be dry before the brokers' threads are woken.
  private var dryLimit: Duration { .milliseconds(10) }

  /// Waits for one message.
  ///
  /// While the end is not reached a dry queue means that a broker's thread
  /// sleeps: it found the queue full and looks again after a second, however fast we emptied it.
  private func awaitFirst(
    into messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>,
    timeout: Duration
  ) -> Int {
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    while true {
      let left = clock.now.duration(to: deadline)
      guard left > .zero else { return 0 }
      let wait = needsWaking && !progress.isAtEnd ? min(dryLimit, left) : left
      let milliseconds = wait.int32Milliseconds
      if unsafe read(into: messages, limit: 1, milliseconds: milliseconds) > 0 { return 1 }
      if needsWaking, !progress.isAtEnd { wakeBrokers(before: deadline) }
    }
  }

  /// Any request to a leader wakes the thread that fetches from it; this one tells the lag too.
  private func wakeBrokers(before deadline: ContinuousClock.Instant) {
    for partition in progress.partitionsToWake() {
      let left = min(ContinuousClock.now.duration(to: deadline), .milliseconds(200))
      guard left > .zero else { return }
      let answer = try? askWatermarks(of: partition, milliseconds: left.int32Milliseconds)
      // Who does not answer is left in peace until records come from there again.
      if answer == nil { progress.rest(partition) }
    }
  }

  /// Keeps the progress: which partitions gave records, and which are at their end.
  private func note(_ batch: borrowing RecordBatch) {
    guard needsWaking else { return }
    var last: Int32 = -1
    batch.withEachRecord { record in
      if record.partition == last { return }
      last = record.partition
      progress.resume(last)
    }
    for notice in batch.notices {
      switch notice {
      case .endOfPartition(let partition, _), .offsetOutOfRange(let partition, _):
        progress.rest(partition)
      case .failed: break
      }
    }
  }
}
