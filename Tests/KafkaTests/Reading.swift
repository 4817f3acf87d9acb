import Kafka
import Testing

/// A record as tests compare it.
struct ReadRecord: Equatable {
  var partition: Int32
  var offset: Int64
  var text: String
}

/// What a consumer gave until a condition held.
struct Reading {
  var records: [ReadRecord] = []
  var notices: [PartitionNotice] = []
  var batches = 0
  var bytes = 0

  /// Reads until `isDone` holds, and records a failure if it never does.
  static func of(
    _ consumer: KafkaConsumer, limit: Int = 1000, within time: Duration = .seconds(20),
    until isDone: (Reading) -> Bool
  ) -> Reading {
    var reading = Reading()
    let deadline = ContinuousClock.now + time
    while !isDone(reading) {
      guard ContinuousClock.now < deadline else {
        Issue.record("Only \(reading.records.count) records, notices: \(reading.notices)")
        return reading
      }
      reading.take(consumer.nextBatch(limit: limit, timeout: .milliseconds(200)))
    }
    return reading
  }

  mutating func take(_ batch: consuming RecordBatch) {
    batches += 1
    bytes += batch.bytes
    notices += batch.notices
    batch.withEachRecord { record in
      records.append(
        ReadRecord(
          partition: record.partition, offset: record.offset,
          text: record.withPayload { String(span: $0) }))
    }
  }

  /// Partitions whose end was said to be at the offset after their last record.
  var finished: Set<Int32> {
    Set(
      notices.compactMap { notice in
        guard case .endOfPartition(let partition, _) = notice else { return nil }
        return partition
      })
  }
}

extension MockCluster {
  /// A broker holds a fetch without records back for half a second; tests need not wait for that.
  var impatient: KafkaConfiguration {
    var configuration = configuration
    configuration.overrides = ["fetch.wait.max.ms": "20"]
    return configuration
  }
}

extension String {
  init(span: RawSpan) {
    self = span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}

/// Writes `texts` to one partition and waits until they are there.
func write(
  _ texts: [String], to topic: String, partition: Int32 = 0, _ configuration: KafkaConfiguration
) throws {
  let producer = try KafkaProducer(configuration: configuration)
  for text in texts {
    try producer.send(topic: topic, partition: partition, payload: Array(text.utf8))
  }
  try producer.flush(timeout: .seconds(20))
}
