import TestSupport
import Testing

@testable import Kafka

extension KafkaBroker {
  var openConfiguration: KafkaConfiguration { KafkaConfiguration(bootstrapServers: plaintext) }

  func secureConfiguration(password: String? = nil, tls: Bool = true) -> KafkaConfiguration {
    KafkaConfiguration(
      bootstrapServers: tls ? saslSSL : saslPlaintext,
      security: .saslPlain(
        user: "$ConnectionString", password: password ?? connectionString, tls: tls),
      caFile: tls ? caFile : nil)
  }

  /// Makes a topic of the test's own.
  func makeTopic(_ name: String, partitions: Int = 1) throws {
    try KafkaAdmin(configuration: openConfiguration).createTopic(name, partitions: partitions)
  }
}

@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: KafkaBroker.isAvailable, Comment(rawValue: KafkaBroker.obstacle ?? "")))
struct `A real broker` {
  private let broker: KafkaBroker

  init() throws { broker = try KafkaBroker.shared.get() }

  @Test(arguments: [true, false])
  func `takes the credentials of an Event Hub, with and without TLS`(tls: Bool) throws {
    let topic = "round-trip-\(tls)"
    let configuration = broker.secureConfiguration(tls: tls)
    try broker.makeTopic(topic)
    try write(["a", "b"], to: topic, configuration)
    let consumer = try KafkaConsumer(configuration: configuration, topic: topic)
    #expect(try consumer.partitions(timeout: .seconds(20)) == [0])
    try consumer.assign([0: .earliest])
    #expect(Reading.of(consumer) { $0.finished == [0] }.records.map(\.text) == ["a", "b"])
  }

  @Test func `names a wrong password without waiting for the timeout`() throws {
    let consumer = try KafkaConsumer(
      configuration: broker.secureConfiguration(password: "wrong"), topic: "t")
    var error: KafkaError?
    let took = ContinuousClock().measure {
      error = #expect(throws: KafkaError.self) { try consumer.partitions(timeout: .seconds(30)) }
    }
    #expect(error?.code == .authentication)
    #expect(error?.message.contains("Invalid username or password") == true)
    #expect(took < .seconds(15))
  }

  @Test func `whose authority nobody knows is not trusted`() throws {
    var configuration = broker.secureConfiguration()
    configuration.caFile = nil
    let consumer = try KafkaConsumer(configuration: configuration, topic: "t")
    let error = #expect(throws: KafkaError.self) {
      try consumer.partitions(timeout: .seconds(30))
    }
    #expect(error?.code == .tls)
  }

  @Test func `does not make up a topic`() throws {
    let consumer = try KafkaConsumer(
      configuration: broker.openConfiguration, topic: "never-made")
    let error = #expect(throws: KafkaError.self) {
      try consumer.partitions(timeout: .seconds(20))
    }
    #expect(error?.code == .unknownTopic)
    #expect(throws: KafkaError(.topicExists, "")) {
      try broker.makeTopic("made-twice")
      try broker.makeTopic("made-twice")
    }
  }

  @Test func `grows a topic under its consumer`() throws {
    try broker.makeTopic("growing")
    let configuration = broker.openConfiguration
    let consumer = try KafkaConsumer(configuration: configuration, topic: "growing")
    try write(["a"], to: "growing", configuration)
    try consumer.assign([0: .earliest])
    _ = Reading.of(consumer) { $0.finished == [0] }

    try KafkaAdmin(configuration: configuration).growTopic("growing", toPartitions: 3)
    var partitions: [Int32] = []
    _ = Reading.of(consumer) { _ in
      partitions = (try? consumer.partitions(timeout: .seconds(10))) ?? []
      return partitions.count == 3
    }
    try consumer.add([1: .earliest, 2: .earliest])
    try write(["z"], to: "growing", partition: 2, configuration)
    try write(["b"], to: "growing", configuration)
    let reading = Reading.of(consumer) { $0.records.count == 2 }
    #expect(Set(reading.records.map(\.text)) == ["b", "z"])
  }

  @Test func `says that an offset aged out, and where records begin`() throws {
    try broker.makeTopic("aged")
    let configuration = broker.openConfiguration
    try write((0..<10).map(String.init), to: "aged", configuration)
    try KafkaAdmin(configuration: configuration).deleteRecords("aged", before: [0: 6])
    let consumer = try KafkaConsumer(configuration: configuration, topic: "aged")
    try consumer.assign([0: .offset(2)])
    let reading = Reading.of(consumer) { !$0.notices.isEmpty }
    #expect(reading.notices == [.offsetOutOfRange(partition: 0, offset: 2)])
    let marks = try consumer.watermarks(partition: 0, timeout: .seconds(10))
    #expect(marks == Watermarks(low: 6, high: 10))
    try consumer.reassign(0, to: .earliest)
    let rest = Reading.of(consumer) { $0.finished == [0] }
    #expect(rest.records.map(\.offset) == [6, 7, 8, 9])
  }

  @Test func `finds the first record of a time`() throws {
    try broker.makeTopic("timed")
    let configuration = broker.openConfiguration
    let consumer = try KafkaConsumer(configuration: configuration, topic: "timed")
    try consumer.assign([0: .earliest])
    try write(["a"], to: "timed", configuration)
    let first = try #require(times(of: 1, consumer).first)
    // The broker stamps records; write until one has another time.
    var last = first
    while last == first {
      try write(["b"], to: "timed", configuration)
      last = try #require(times(of: 1, consumer).last)
    }
    let end = try consumer.watermarks(partition: 0, timeout: .seconds(10)).high
    func offset(at time: Int64) throws -> Int64? {
      try consumer.offsets(at: time, partitions: [0], timeout: .seconds(10))[0]
    }
    #expect(try offset(at: first) == 0)
    #expect(try offset(at: last) == end - 1)
    #expect(try offset(at: last + 3_600_000) == end)
  }

  private func times(of count: Int, _ consumer: KafkaConsumer) -> [Int64] {
    var times: [Int64] = []
    _ = Reading.of(consumer) { _ in
      consumer.nextBatch(limit: 10, timeout: .milliseconds(200)).withEachRecord {
        times.append($0.timestampMilliseconds)
      }
      return times.count >= count
    }
    return times
  }

  @Test func `that dies and comes back is read on`() throws {
    // One of its own, since others may be using the shared one.
    let broker = try KafkaBroker()
    try broker.makeTopic("survivor")
    let configuration = broker.openConfiguration
    let consumer = try KafkaConsumer(configuration: configuration, topic: "survivor")
    try write(["a"], to: "survivor", configuration)
    try consumer.assign([0: .earliest])
    _ = Reading.of(consumer) { $0.finished == [0] }
    broker.kill()
    try broker.start()
    try write(["b"], to: "survivor", configuration)
    let reading = Reading.of(consumer, within: .seconds(60)) { $0.records.count == 1 }
    #expect(reading.records.map(\.text) == ["b"])
  }
}
