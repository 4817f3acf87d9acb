internal import CRdKafka

/// Owner of one librdkafka client and of the queue on which it reports everything but records.
///
/// Batches hold on to it: librdkafka must not be destroyed while a message of it is alive.
@safe
final class ClientHandle {
  let client: OpaquePointer
  private let mainQueue: OpaquePointer
  private let throttles: ThrottleBox
  /// Optional properties that this library did not know.
  let skippedProperties: Set<String>
  private var pending: [ClientEvent] = []
  /// The last trouble that explains why nothing answers; none after an answer.
  private(set) var lastTrouble: KafkaError?

  /// More unread events than this, and the oldest go.
  private static let eventLimit = 10_000

  init(_ role: ClientRole, _ configuration: KafkaConfiguration) throws(KafkaError) {
    let throttles = ThrottleBox()
    guard let settings = unsafe rd_kafka_conf_new() else { throw KafkaError(.other, "No memory.") }
    do {
      skippedProperties = try unsafe settings.set(configuration.properties(for: role))
    } catch {
      unsafe rd_kafka_conf_destroy(settings)
      throw error
    }
    let isProducer = if case .consumer = role { false } else { true }
    unsafe settings.enableEvents(deliveryReports: isProducer)
    unsafe settings.reportThrottling(to: throttles)

    var reason = [CChar](repeating: 0, count: 512)
    let type = isProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
    guard let client = unsafe rd_kafka_new(type, settings, &reason, reason.count) else {
      unsafe rd_kafka_conf_destroy(settings)
      throw KafkaError(.configuration, unsafe text(reason))
    }
    unsafe self.client = client
    self.throttles = throttles
    unsafe rd_kafka_set_log_queue(client, nil)
    unsafe mainQueue = rd_kafka_queue_get_main(client)
  }

  deinit {
    unsafe rd_kafka_queue_destroy(mainQueue)
    // As a number, since a pointer does not pass to another thread; this is its last use.
    let address = unsafe UInt(bitPattern: client)
    let throttles = throttles
    Teardown.run {
      let flags = CInt(RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
      unsafe rd_kafka_destroy_flags(OpaquePointer(bitPattern: address), flags)
      // The callback writes into the box until the client is gone.
      withExtendedLifetime(throttles) {}
    }
  }

  /// Reads what the client has to say, waiting up to `milliseconds` for the first event.
  func readEvents(waiting milliseconds: Int32 = 0) {
    var wait = milliseconds
    while let event = unsafe rd_kafka_queue_poll(mainQueue, wait) {
      for said in unsafe EventReader.read(event) { keep(said) }
      unsafe rd_kafka_event_destroy(event)
      wait = 0
    }
    for throttle in throttles.take() { keep(throttle) }
  }

  /// All unread events, in the order in which they came.
  func takeEvents() -> [ClientEvent] {
    readEvents()
    defer { pending.removeAll() }
    return pending
  }

  /// Takes the delivery failures out of the unread events.
  func takeDeliveryFailures() -> [KafkaError] {
    var failures: [KafkaError] = []
    pending.removeAll { event in
      guard case .deliveryFailed(_, _, let error) = event else { return false }
      failures.append(error)
      return true
    }
    return failures
  }

  /// The offset-commit queue: the answers come as events.
  func commit(_ list: borrowing PartitionList) -> rd_kafka_resp_err_t {
    unsafe rd_kafka_commit_queue(client, list.pointer, mainQueue, nil, nil)
  }

  func forgetTrouble() { lastTrouble = nil }

  private func keep(_ event: ClientEvent) {
    if case .error(let error) = event, error.explainsSilence { lastTrouble = error }
    if pending.count >= Self.eventLimit { pending.removeFirst(Self.eventLimit / 2) }
    pending.append(event)
  }
}

extension KafkaError {
  /// Whether this says why nothing answers; "all brokers down" only says that nothing does.
  fileprivate var explainsSilence: Bool {
    libraryCode != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN.rawValue
      && (code == .transport || isRefusal)
  }

  /// Whether waiting does not help: somebody has to change the configuration.
  var isRefusal: Bool { code == .authentication || code == .tls || code == .authorization }
}
