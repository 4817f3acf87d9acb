internal import CRdKafka

/// Writes records; for use by one thread.
///
/// Its queue is bounded: `send` waits while it is full. What could not be delivered within
/// `deliveryTimeout` is given up and reported by `flush`.
@safe
public final class KafkaProducer {
  private let handle: ClientHandle
  private let deliveryTimeout: Duration
  private var topics: [String: TopicObject] = [:]
  private var sendsSincePoll = 0
  /// How many records were given up so far.
  public private(set) var failureCount = 0
  private var firstFailure: KafkaError?

  /// A producer, which connects in the background.
  ///
  /// An idempotent one neither doubles nor swaps records when it has to send them again; Event
  /// Hubs knows that in its higher tiers only.
  public init(
    configuration: KafkaConfiguration, idempotent: Bool = false,
    deliveryTimeout: Duration = .seconds(60)
  ) throws(KafkaError) {
    self.deliveryTimeout = deliveryTimeout
    handle = try ClientHandle(
      .producer(idempotent: idempotent, deliveryTimeout: deliveryTimeout), configuration)
  }

  /// Queues a copy of the record; the key, or chance, decides about the partition if none is given.
  public func send(
    topic: String, partition: Int32? = nil, key: String? = nil, payload: RawSpan
  ) throws(KafkaError) {
    let object = try object(of: topic)
    let clock = ContinuousClock()
    var deadline: ContinuousClock.Instant?
    servePeriodically()
    while true {
      let code = enqueue(object, partition ?? -1, key, payload)
      if code == RD_KAFKA_RESP_ERR_NO_ERROR { return }
      guard code == RD_KAFKA_RESP_ERR__QUEUE_FULL else { throw KafkaError(library: code) }
      let end = deadline ?? clock.now + deliveryTimeout
      deadline = end
      guard clock.now < end else { throw handle.lastTrouble ?? KafkaError(library: code) }
      serve(waiting: 5)
    }
  }

  /// Queues a copy of the record.
  public func send(
    topic: String, partition: Int32? = nil, key: String? = nil, payload: [UInt8]
  ) throws(KafkaError) {
    try send(topic: topic, partition: partition, key: key, payload: unsafe payload.span.bytes)
  }

  /// Waits until the queue is empty; throws the first failure since the last flush, or `timedOut`
  /// with records still queued.
  public func flush(timeout: Duration) throws(KafkaError) {
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    // In slices: reports of failures count as queued until they are read.
    while unsafe rd_kafka_flush(handle.client, 50) != RD_KAFKA_RESP_ERR_NO_ERROR {
      serve(waiting: 0)
      guard clock.now < deadline else {
        throw handle.lastTrouble ?? KafkaError(library: RD_KAFKA_RESP_ERR__TIMED_OUT)
      }
    }
    serve(waiting: 0)
    defer { firstFailure = nil }
    if let firstFailure { throw firstFailure }
    handle.forgetTrouble()
  }

  /// What the client had to say since the last call, besides failed deliveries.
  public func events() -> [ClientEvent] {
    serve(waiting: 0)
    return handle.takeEvents()
  }

  private func enqueue(
    _ topic: TopicObject, _ partition: Int32, _ key: String?, _ payload: RawSpan
  ) -> rd_kafka_resp_err_t {
    var key = key ?? ""
    let result = key.withUTF8 { key in
      unsafe payload.withUnsafeBytes { bytes in
        unsafe rd_kafka_produce(
          topic.pointer, partition, RD_KAFKA_MSG_F_COPY,
          UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count,
          key.isEmpty ? nil : key.baseAddress, key.count, nil)
      }
    }
    return result == 0 ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_last_error()
  }

  private func object(of topic: String) throws(KafkaError) -> TopicObject {
    if let known = topics[topic] { return known }
    let made = try TopicObject(topic, handle)
    topics[topic] = made
    return made
  }

  /// Reports have to be read now and then also while nothing is full.
  private func servePeriodically() {
    sendsSincePoll += 1
    if sendsSincePoll >= 1000 { serve(waiting: 0) }
  }

  private func serve(waiting milliseconds: Int32) {
    sendsSincePoll = 0
    handle.readEvents(waiting: milliseconds)
    let failures = handle.takeDeliveryFailures()
    failureCount += failures.count
    firstFailure = firstFailure ?? failures.first
  }
}
