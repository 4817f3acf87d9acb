/// What a client is for, which decides its properties.
enum ClientRole {
  case consumer
  case producer(idempotent: Bool, deliveryTimeout: Duration)
  case admin
}

/// One property of librdkafka.
struct Property {
  let name: String
  let value: String
  /// Whether a library that does not know it may go on without it.
  var isOptional = false

  init(_ name: String, _ value: String, isOptional: Bool = false) {
    self.name = name
    self.value = value
    self.isOptional = isOptional
  }
}

extension KafkaConfiguration {
  /// Where a newer library learns to look again at a full queue every millisecond.
  static let queueBackoff = "fetch.queue.backoff.ms"

  /// All properties for `role`, in the order in which they are to be set.
  func properties(for role: ClientRole) throws(KafkaError) -> [Property] {
    var properties = connectionProperties
    properties += try securityProperties()
    switch role {
    case .consumer: properties += consumerProperties
    case .producer(let idempotent, let timeout):
      properties += producerProperties(idempotent: idempotent, timeout: timeout)
    case .admin: break
    }
    properties += overrides.sorted { $0.key < $1.key }.map { Property($0.key, $0.value) }
    return properties
  }

  /// Azure closes a connection that idles for 240 s; everything here stays below that.
  private var connectionProperties: [Property] {
    var properties = [
      Property("bootstrap.servers", bootstrapServers),
      Property("client.id", clientID),
      Property("socket.keepalive.enable", "true"),
      Property("socket.nagle.disable", "true"),
      Property("socket.timeout.ms", "60000"),
      Property("metadata.max.age.ms", "180000"),
      Property("topic.metadata.refresh.interval.ms", "60000"),
      Property("connections.max.idle.ms", "180000", isOptional: true),
      // An idle close is normal and would be an error line each time.
      Property("log.connection.close", "false"),
      Property("log.queue", "true"),
    ]
    if let statisticsInterval {
      properties.append(Property("statistics.interval.ms", "\(statisticsInterval.milliseconds)"))
    }
    return properties
  }

  private func securityProperties() throws(KafkaError) -> [Property] {
    guard case .saslPlain(let user, let password, let tls) = security else {
      return [Property("security.protocol", "plaintext")]
    }
    let sasl = [
      Property("security.protocol", tls ? "sasl_ssl" : "sasl_plaintext"),
      Property("sasl.mechanism", "PLAIN"),
      Property("sasl.username", user),
      Property("sasl.password", password),
    ]
    return tls ? sasl + (try CertificateBundle.properties(furtherAuthority: caFile)) : sasl
  }

  private var consumerProperties: [Property] {
    [
      // librdkafka assigns nothing without a group; the group's members' settings are for `relay`.
      Property("group.id", groupID),
      Property("session.timeout.ms", "30000"),
      Property("enable.auto.commit", "false"),
      Property("enable.auto.offset.store", "false"),
      Property("enable.partition.eof", "true"),
      Property("check.crcs", "true"),
      // An offset that aged out is evidence lost: it must come up, not be skipped in silence.
      Property("auto.offset.reset", "error"),
      Property("allow.auto.create.topics", "false", isOptional: true),
      Property("queued.max.messages.kbytes", "\(queueKilobytes)"),
      Property("queued.min.messages", "\(queueMessages)"),
      Property("fetch.wait.max.ms", "500"),
      Property("fetch.error.backoff.ms", "100"),
      Property(Self.queueBackoff, "1", isOptional: true),
    ]
  }

  private func producerProperties(idempotent: Bool, timeout: Duration) -> [Property] {
    [
      Property("enable.idempotence", idempotent ? "true" : "false"),
      Property("request.timeout.ms", "60000"),
      Property("message.timeout.ms", "\(max(1, timeout.milliseconds))"),
      Property("compression.codec", "none"),
      Property("linger.ms", "20"),
      Property("batch.num.messages", "10000"),
      Property("batch.size", "1000000", isOptional: true),
      Property("queue.buffering.max.messages", "100000"),
      Property("queue.buffering.max.kbytes", "65536"),
      // Only failures come back; a report for each of a million records would cost more than it.
      Property("delivery.report.only.error", "true"),
    ]
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, so that a short wait does not become none.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    let perMillisecond: Int64 = 1_000_000_000_000_000
    let rest = (attoseconds + perMillisecond - 1) / perMillisecond
    return Int(clamping: min(max(seconds, 0), 1_000_000) * 1000 + max(rest, 0))
  }

  /// The same for C.
  var int32Milliseconds: Int32 { Int32(clamping: milliseconds) }
}
