import TestSupport
import Testing

@testable import Kafka

@Suite struct `A configuration` {
  private func values(
    _ configuration: KafkaConfiguration, _ role: ClientRole = .consumer
  ) throws -> [String: String] {
    let properties = try configuration.properties(for: role)
    return Dictionary(properties.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  @Test func `keeps connections from idling out and queues from growing`() throws {
    let values = try values(KafkaConfiguration(bootstrapServers: "a:9093"))
    #expect(values["socket.keepalive.enable"] == "true")
    #expect(values["metadata.max.age.ms"] == "180000")
    #expect(values["connections.max.idle.ms"] == "180000")
    #expect(values["queued.max.messages.kbytes"] == "32768")
    #expect(values["enable.auto.offset.store"] == "false")
    #expect(values["auto.offset.reset"] == "error")
    #expect(values["security.protocol"] == "plaintext")
  }

  @Test func `uses the credentials with or without TLS`() throws {
    let secure = KafkaConfiguration(
      bootstrapServers: "a", security: .saslPlain(user: "u", password: "p", tls: true))
    #expect(try values(secure)["security.protocol"] == "sasl_ssl")
    #expect(try values(secure)["sasl.password"] == "p")
    var open = secure
    open.security = .saslPlain(user: "u", password: "p", tls: false)
    #expect(try values(open)["security.protocol"] == "sasl_plaintext")
    #expect(try values(open)["ssl.ca.location"] == nil)
  }

  @Test func `lets overrides win`() throws {
    var configuration = KafkaConfiguration(bootstrapServers: "a")
    configuration.overrides = ["client.id": "other", "queued.min.messages": "7"]
    #expect(try values(configuration)["client.id"] == "other")
    #expect(try values(configuration)["queued.min.messages"] == "7")
  }

  @Test func `makes producers that do not compress`() throws {
    let configuration = KafkaConfiguration(bootstrapServers: "a")
    let role = ClientRole.producer(idempotent: true, deliveryTimeout: .seconds(9))
    #expect(try values(configuration, role)["compression.codec"] == "none")
    #expect(try values(configuration, role)["enable.idempotence"] == "true")
    #expect(try values(configuration, role)["message.timeout.ms"] == "9000")
  }

  @Test(arguments: [["no.such.property": "1"], ["socket.timeout.ms": "soon"]])
  func `with a property that librdkafka refuses is an error`(overrides: [String: String]) {
    let configuration = KafkaConfiguration(bootstrapServers: "a", overrides: overrides)
    #expect(throws: KafkaError(.configuration, "")) {
      try KafkaConsumer(configuration: configuration, topic: "t")
    }
  }

  @Test func `skips an optional property that the library does not know`() throws {
    let handle = try ClientHandle(.consumer, KafkaConfiguration(bootstrapServers: ""))
    let version = KafkaLibrary.version.split(separator: ".").compactMap { Int($0) }
    let isKnown = try (#require(version.first), #require(version.dropFirst().first)) >= (2, 2)
    #expect(handle.skippedProperties.contains(KafkaConfiguration.queueBackoff) == !isKnown)
  }

  @Test func `shows no override's value`() {
    let configuration = KafkaConfiguration(
      bootstrapServers: "a", overrides: ["ssl.key.password": "hidden"])
    #expect("\(configuration)".contains("ssl.key.password"))
    #expect(!"\(configuration)".contains("hidden"))
  }
}

@Suite struct `A bundle of authorities` {
  private let certificate = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"

  @Test func `is the first of the system's that exists`() throws {
    let folder = try TemporaryFolder()
    let bundle = try folder.write(certificate, to: "bundle.pem")
    let found = try CertificateBundle.properties(
      furtherAuthority: nil, systemLocations: [folder.path("none.pem"), bundle])
    #expect(found.map(\.name) == ["ssl.ca.location"])
    #expect(found.map(\.value) == [bundle])
  }

  @Test func `joins a further authority to the system's`() throws {
    let folder = try TemporaryFolder()
    let system = try folder.write("# system\n" + certificate, to: "system.pem")
    let further = try folder.write("# further\n" + certificate, to: "further.pem")
    let found = try CertificateBundle.properties(
      furtherAuthority: further, systemLocations: [system])
    let value = try #require(found.first?.value)
    #expect(found.first?.name == "ssl.ca.pem")
    #expect(value.contains("# system") && value.contains("# further"))
  }

  @Test func `that is missing or holds no certificate is an error`() throws {
    let folder = try TemporaryFolder()
    let prose = try folder.write("hello", to: "prose.pem")
    for path in [prose, folder.path("none.pem")] {
      #expect(throws: KafkaError(.configuration, "")) {
        try CertificateBundle.properties(furtherAuthority: path, systemLocations: [])
      }
    }
  }
}
