internal import CRdKafka

/// Records read together, with what the broker said beside them; frees every message at its end.
@safe
public struct RecordBatch: ~Copyable {
  @usableFromInline let slots: UnsafeMutablePointer<Slot>
  private let messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
  private let messageCount: Int
  /// Keeps the client alive for as long as messages of it are.
  private let owner: ClientHandle?

  /// How many records there are.
  public let count: Int
  /// How many bytes their payloads have.
  public let bytes: Int
  /// What was said about partitions: in order, and as if after the records of the batch.
  public let notices: [PartitionNotice]

  /// Whether there is neither a record nor a notice.
  public var isEmpty: Bool { count == 0 && notices.isEmpty }

  /// Takes over `messageCount` messages and their array.
  init(
    taking messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>,
    count messageCount: Int, owner: ClientHandle?
  ) {
    unsafe self.messages = messages
    self.messageCount = messageCount
    self.owner = owner
    unsafe slots = .allocate(capacity: max(1, messageCount))
    var count = 0
    var bytes = 0
    var notices: [PartitionNotice] = []
    for index in 0..<messageCount {
      guard let message = unsafe messages[index] else { continue }
      if unsafe message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
        let slot = unsafe Slot(message)
        unsafe (slots + count).initialize(to: slot)
        count += 1
        bytes += slot.payloadCount
      } else {
        notices.append(unsafe PartitionNotice(message))
      }
    }
    self.count = count
    self.bytes = bytes
    self.notices = notices
  }

  /// A batch of nothing.
  init() {
    unsafe self.init(taking: .allocate(capacity: 1), count: 0, owner: nil)
  }

  deinit {
    for index in 0..<messageCount { unsafe rd_kafka_message_destroy(messages[index]) }
    unsafe messages.deallocate()
    unsafe slots.deallocate()
  }

  /// Lends each record in turn: in order within a partition.
  @inlinable
  public func withEachRecord<Failure: Error>(
    _ body: (borrowing Record) throws(Failure) -> Void
  ) throws(Failure) {
    for index in 0..<count {
      let record = unsafe Record(slots[index])
      try body(record)
    }
  }

  /// Lends the record at `index`, which must be below `count`.
  @inlinable
  public func withRecord<Result: ~Copyable, Failure: Error>(
    at index: Int, _ body: (borrowing Record) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(index >= 0 && index < count, "A batch has no record beyond its count.")
    let record = unsafe Record(slots[index])
    return try body(record)
  }
}

extension Slot {
  fileprivate init(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
    let fields = unsafe message.pointee
    var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    unsafe self.init(
      offset: fields.offset,
      timestamp: rd_kafka_message_timestamp(message, &kind),
      payload: UnsafeRawPointer(fields.payload),
      payloadCount: fields.payload == nil ? 0 : fields.len,
      key: UnsafeRawPointer(fields.key),
      keyCount: fields.key == nil ? 0 : fields.key_len,
      partition: fields.partition)
  }
}

extension PartitionNotice {
  fileprivate init(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
    let fields = unsafe message.pointee
    let (code, partition, offset) = unsafe (fields.err, fields.partition, fields.offset)
    switch code {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      self = .endOfPartition(partition: partition, offset: offset)
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET where offset >= 0,
      RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE where offset >= 0:
      self = .offsetOutOfRange(partition: partition, offset: offset)
    default:
      let error = unsafe KafkaError(library: code, text(rd_kafka_message_errstr(message)))
      self = .failed(partition: partition < 0 ? nil : partition, error)
    }
  }
}
