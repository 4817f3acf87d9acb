internal import CRdKafka

/// Reads one topic by partitions that the caller assigns; no group decides about them.
///
/// For use by one thread. Records come through `nextBatch`, everything else through `events`,
/// which has to be called now and then, or its queue grows.
@safe
public final class KafkaConsumer {
  /// The topic that is read.
  public let topic: String
  private var handle: ClientHandle?
  private var recordQueue: OpaquePointer?
  var progress = FetchProgress()
  /// Whether the library sleeps up to a second over a full queue, see `nextBatch`.
  let needsWaking: Bool

  /// A consumer that has nothing assigned yet; connects in the background.
  public init(configuration: KafkaConfiguration, topic: String) throws(KafkaError) {
    let handle = try ClientHandle(.consumer, configuration)
    self.handle = handle
    self.topic = topic
    needsWaking = handle.skippedProperties.contains(KafkaConfiguration.queueBackoff)
    unsafe recordQueue = rd_kafka_queue_get_consumer(handle.client)
  }

  deinit { close() }

  /// Ends the client; waits at most three seconds, and batches still held stay readable.
  public func close() {
    if let queue = unsafe recordQueue { unsafe rd_kafka_queue_destroy(queue) }
    unsafe recordQueue = nil
    handle = nil
  }

  /// What the client had to say since the last call: errors, log lines, statistics, throttling.
  public func events() -> [ClientEvent] { handle?.takeEvents() ?? [] }

  /// Reads up to `limit` messages into `messages`, waiting up to `milliseconds` until there are
  /// as many.
  func read(
    into messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>,
    limit: Int, milliseconds: Int32
  ) -> Int {
    guard let queue = unsafe recordQueue, limit > 0 else { return 0 }
    return unsafe max(0, rd_kafka_consume_batch_queue(queue, milliseconds, messages, limit))
  }

  /// The client, or the error that it is closed.
  func open() throws(KafkaError) -> ClientHandle {
    guard let handle else { throw .closed }
    return handle
  }
}
