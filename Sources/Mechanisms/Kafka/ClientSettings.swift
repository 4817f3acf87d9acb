internal import CRdKafka
internal import Synchronization

extension OpaquePointer {
  /// Sets all properties on this `rd_kafka_conf_t` and returns which optional ones are unknown to it.
  func set(_ properties: [Property]) throws(KafkaError) -> Set<String> {
    var skipped: Set<String> = []
    var reason = [CChar](repeating: 0, count: 512)
    for property in properties {
      let result = unsafe rd_kafka_conf_set(
        self, property.name, property.value, &reason, reason.count)
      if result == RD_KAFKA_CONF_OK { continue }
      if result == RD_KAFKA_CONF_UNKNOWN, property.isOptional {
        skipped.insert(property.name)
        continue
      }
      throw KafkaError(.configuration, unsafe "\(property.name): \(text(reason))")
    }
    return skipped
  }

  /// Everything that can come through a queue does, so that no callback runs on a foreign thread.
  func enableEvents(deliveryReports: Bool) {
    var events =
      RD_KAFKA_EVENT_LOG | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS
      | RD_KAFKA_EVENT_OFFSET_COMMIT
    if deliveryReports { events |= RD_KAFKA_EVENT_DR }
    unsafe rd_kafka_conf_set_events(self, events)
  }

  /// Throttling has no event; its callback runs inside our own polling of the main queue.
  func reportThrottling(to box: ThrottleBox) {
    unsafe rd_kafka_conf_set_opaque(self, Unmanaged.passUnretained(box).toOpaque())
    unsafe rd_kafka_conf_set_throttle_cb(self) { _, broker, _, milliseconds, opaque in
      guard let opaque = unsafe opaque else { return }
      let box = unsafe Unmanaged<ThrottleBox>.fromOpaque(opaque).takeUnretainedValue()
      unsafe box.add(
        .throttled(broker: text(broker), duration: .milliseconds(Int(milliseconds))))
    }
  }
}

/// Where the throttle callback leaves what it hears; holds at most `limit` events.
final class ThrottleBox: Sendable {
  private let events = Mutex<[ClientEvent]>([])
  private let limit = 1000

  func add(_ event: ClientEvent) {
    events.withLock { if $0.count < limit { $0.append(event) } }
  }

  func take() -> [ClientEvent] {
    events.withLock { events in
      defer { events.removeAll() }
      return events
    }
  }
}
