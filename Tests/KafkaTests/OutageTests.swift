import Testing

@testable import Kafka

@Suite(.serialized, .timeLimit(.minutes(2))) struct `An outage` {
  @Test func `is told as an event and ends by itself`() throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t", partitions: 1)
    let consumer = try KafkaConsumer(configuration: cluster.impatient, topic: "t")
    try write(["before"], to: "t", cluster.configuration)
    try consumer.assign([0: .earliest])
    _ = Reading.of(consumer) { $0.finished == [0] }

    try cluster.stopBroker(1)
    var isTold = false
    _ = Reading.of(consumer) { _ in
      for case .error(let error) in consumer.events() where error.code == .transport {
        isTold = true
      }
      return isTold
    }
    try cluster.startBroker(1)
    try write(["after"], to: "t", cluster.configuration)
    let reading = Reading.of(consumer) { $0.records.count == 1 }
    #expect(reading.records.map(\.text) == ["after"])
  }

  @Test func `does not make a closing client hang`() throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t", partitions: 1)
    let consumer = try KafkaConsumer(configuration: cluster.impatient, topic: "t")
    try consumer.assign([0: .earliest])
    _ = Reading.of(consumer) { $0.finished == [0] }
    try cluster.stopBroker(1)
    #expect(ContinuousClock().measure { consumer.close() } < .seconds(4))
  }

  @Test func `makes a producer give up after its time and say so`() throws {
    let cluster = try MockCluster()
    try cluster.createTopic("t", partitions: 1)
    let producer = try KafkaProducer(
      configuration: cluster.configuration, deliveryTimeout: .milliseconds(500))
    try cluster.stopBroker(1)
    try producer.send(topic: "t", partition: 0, payload: [1])
    #expect(throws: KafkaError.self) { try producer.flush(timeout: .seconds(20)) }
    #expect(producer.failureCount == 1)
  }
}
