import Testing

@testable import Kafka

@Suite(.serialized, .timeLimit(.minutes(2))) struct `A consumer's questions` {
  private let cluster: MockCluster
  private let configuration: KafkaConfiguration
  private let consumer: KafkaConsumer

  init() throws {
    cluster = try MockCluster()
    configuration = cluster.impatient
    try cluster.createTopic("t", partitions: 2)
    consumer = try KafkaConsumer(configuration: configuration, topic: "t")
  }

  @Test func `about watermarks are answered by the leader, later from memory`() throws {
    try write(["a", "b"], to: "t", configuration)
    let marks = try consumer.watermarks(partition: 0, timeout: .seconds(10))
    #expect(marks == Watermarks(low: 0, high: 2))
    try consumer.assign([0: .earliest])
    _ = Reading.of(consumer) { $0.finished == [0] }
    #expect(consumer.cachedWatermarks(partition: 0) == Watermarks(low: 0, high: 2))
  }

  @Test func `about a time without records get the end`() throws {
    try write(["a", "b"], to: "t", partition: 1, configuration)
    let offsets = try consumer.offsets(
      at: 4_000_000_000_000, partitions: [0, 1], timeout: .seconds(10))
    #expect(offsets == [0: 0, 1: 2])
  }

  @Test func `about an unknown topic are an error at once`() throws {
    let other = try KafkaConsumer(configuration: configuration, topic: "u")
    cluster.failTopic("u", with: 3)
    #expect(throws: KafkaError(.unknownTopic, "")) {
      try other.partitions(timeout: .seconds(10))
    }
  }

  @Test func `that nobody answers name the reason`() throws {
    let lost = try KafkaConsumer(
      configuration: KafkaConfiguration(bootstrapServers: "127.0.0.1:1"), topic: "t")
    let error = #expect(throws: KafkaError.self) {
      try lost.partitions(timeout: .milliseconds(600))
    }
    #expect(error?.code == .transport)
    #expect(error?.isRetriable == true)
    #expect(error?.message.contains("refused") == true)
  }

  @Test func `commits are a courtesy whose failure is an event`() throws {
    try consumer.assign([0: .earliest])
    cluster.failNext(.offsetCommit, with: [29])
    try consumer.commit([0: 7])
    var failures: [KafkaError] = []
    _ = Reading.of(consumer) { _ in
      for case .commitFailed(let error) in consumer.events() { failures.append(error) }
      return !failures.isEmpty
    }
    #expect(failures.first?.code == .authorization)
  }

  @Test func `statistics and log lines come as events`() throws {
    var configuration = configuration
    configuration.statisticsInterval = .milliseconds(50)
    configuration.overrides["debug"] = "consumer"
    let talkative = try KafkaConsumer(configuration: configuration, topic: "t")
    try talkative.assign([0: .earliest])
    var statistics = 0
    var lines = 0
    _ = Reading.of(talkative) { _ in
      for event in talkative.events() {
        if case .statistics(let text) = event, text.hasPrefix("{") { statistics += 1 }
        if case .log = event { lines += 1 }
      }
      return statistics > 0 && lines > 0
    }
    #expect(statistics > 0 && lines > 0)
  }
}
