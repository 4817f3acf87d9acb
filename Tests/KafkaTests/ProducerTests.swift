import Testing

@testable import Kafka

@Suite(.serialized, .timeLimit(.minutes(2))) struct `A producer` {
  private let cluster: MockCluster

  init() throws {
    cluster = try MockCluster()
    try cluster.createTopic("t", partitions: 4)
  }

  @Test func `waits while its queue is full instead of failing or growing`() throws {
    var configuration = cluster.configuration
    configuration.overrides = ["queue.buffering.max.messages": "10", "linger.ms": "0"]
    let producer = try KafkaProducer(configuration: configuration)
    for number in 0..<500 {
      try producer.send(topic: "t", partition: 0, payload: Array("\(number)".utf8))
    }
    try producer.flush(timeout: .seconds(20))
    let consumer = try KafkaConsumer(configuration: cluster.impatient, topic: "t")
    try consumer.assign([0: .earliest])
    let reading = Reading.of(consumer) { $0.finished == [0] }
    #expect(reading.records.map(\.text) == (0..<500).map(String.init))
  }

  @Test func `puts records of one key into one partition`() throws {
    let producer = try KafkaProducer(configuration: cluster.configuration)
    for number in 0..<20 {
      try producer.send(topic: "t", key: "vm-1", payload: Array("\(number)".utf8))
    }
    try producer.flush(timeout: .seconds(20))
    let consumer = try KafkaConsumer(configuration: cluster.impatient, topic: "t")
    try consumer.assign([0: .earliest, 1: .earliest, 2: .earliest, 3: .earliest])
    let reading = Reading.of(consumer) { $0.finished.count == 4 }
    #expect(reading.records.map(\.text) == (0..<20).map(String.init))
    #expect(Set(reading.records.map(\.partition)).count == 1)
  }

  @Test func `reports what the broker refuses, once`() throws {
    let producer = try KafkaProducer(configuration: cluster.configuration)
    cluster.failNext(.produce, with: [29])
    try producer.send(topic: "t", partition: 0, payload: [1])
    #expect(throws: KafkaError(.authorization, "")) {
      try producer.flush(timeout: .seconds(20))
    }
    #expect(producer.failureCount == 1)
    try producer.flush(timeout: .seconds(20))
  }

  @Test func `refuses a record that is too large`() throws {
    let producer = try KafkaProducer(configuration: cluster.configuration)
    #expect(throws: KafkaError(.messageTooLarge, "")) {
      try producer.send(topic: "t", payload: [UInt8](repeating: 0, count: 2_000_000))
    }
  }

  @Test func `writes without doubles when it is idempotent`() throws {
    let producer = try KafkaProducer(configuration: cluster.configuration, idempotent: true)
    cluster.failNext(.produce, with: [7])
    for number in 0..<10 {
      try producer.send(topic: "t", partition: 2, payload: Array("\(number)".utf8))
    }
    try producer.flush(timeout: .seconds(20))
    let consumer = try KafkaConsumer(configuration: cluster.impatient, topic: "t")
    try consumer.assign([2: .earliest])
    let reading = Reading.of(consumer) { $0.finished == [2] }
    #expect(reading.records.map(\.text) == (0..<10).map(String.init))
  }
}
