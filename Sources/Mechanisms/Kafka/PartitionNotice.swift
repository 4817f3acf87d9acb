/// What a broker says about a partition instead of a record.
public enum PartitionNotice: Sendable, Equatable {
  /// Everything before `offset` has been read; more may come, also within the same batch.
  case endOfPartition(partition: Int32, offset: Int64)
  /// The broker does not hold `offset`: nothing more comes until the partition is assigned anew.
  case offsetOutOfRange(partition: Int32, offset: Int64)
  /// Fetching met trouble; the partition is nil when it concerns the client as a whole.
  case failed(partition: Int32?, KafkaError)
}
