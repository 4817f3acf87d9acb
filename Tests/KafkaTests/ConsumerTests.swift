import Foundation
import Testing

@testable import Kafka

@Suite(.serialized, .timeLimit(.minutes(2))) struct `A consumer` {
  private let cluster: MockCluster
  private let configuration: KafkaConfiguration

  init() throws {
    cluster = try MockCluster()
    configuration = cluster.impatient
  }

  private func consumer(_ topic: String, partitions: Int = 1) throws -> KafkaConsumer {
    try cluster.createTopic(topic, partitions: partitions)
    return try KafkaConsumer(configuration: configuration, topic: topic)
  }

  @Test func `reads from the earliest record to the end and says where that is`() throws {
    let consumer = try consumer("t")
    try write(["a", "b", "c"], to: "t", configuration)
    try consumer.assign([0: .earliest])
    let reading = Reading.of(consumer) { $0.finished == [0] }
    #expect(reading.records.map(\.text) == ["a", "b", "c"])
    #expect(reading.records.map(\.offset) == [0, 1, 2])
    #expect(reading.notices == [.endOfPartition(partition: 0, offset: 3)])
    #expect(reading.bytes == 3)
  }

  @Test func `reads from an offset`() throws {
    let consumer = try consumer("t")
    try write(["a", "b", "c"], to: "t", configuration)
    try consumer.assign([0: .offset(2)])
    let reading = Reading.of(consumer) { $0.finished == [0] }
    #expect(reading.records.map(\.text) == ["c"])
  }

  @Test func `reads from the latest record on`() throws {
    let consumer = try consumer("t")
    try write(["old"], to: "t", configuration)
    try consumer.assign([0: .latest])
    _ = Reading.of(consumer) { $0.finished == [0] }
    try write(["new"], to: "t", configuration)
    let reading = Reading.of(consumer) { $0.records.count == 1 }
    #expect(reading.records == [ReadRecord(partition: 0, offset: 1, text: "new")])
  }

  @Test func `reads many partitions, each in its order`() throws {
    let consumer = try consumer("t", partitions: 16)
    let producer = try KafkaProducer(configuration: configuration)
    for number in 0..<1600 {
      let payload = Array("\(number / 16)".utf8)
      try producer.send(topic: "t", partition: Int32(number % 16), payload: payload)
    }
    try producer.flush(timeout: .seconds(20))
    let partitions = try consumer.partitions(timeout: .seconds(10))
    #expect(partitions == Array(0..<16))
    try consumer.assign(
      Dictionary(uniqueKeysWithValues: partitions.map { ($0, StartPosition.earliest) }))
    let reading = Reading.of(consumer, limit: 100) { $0.finished.count == 16 }
    #expect(reading.records.count == 1600)
    for partition in partitions {
      let texts = reading.records.filter { $0.partition == partition }.map(\.text)
      #expect(texts == (0..<100).map(String.init))
    }
  }

  @Test func `reads a message of a megabyte`() throws {
    let consumer = try consumer("t")
    var configuration = configuration
    configuration.overrides["message.max.bytes"] = "2000000"
    let text = String(repeating: "x", count: 1 << 20)
    try write([text], to: "t", configuration)
    try consumer.assign([0: .earliest])
    let reading = Reading.of(consumer) { $0.records.count == 1 }
    #expect(reading.records.first?.text == text)
  }

  @Test func `lends an empty payload for a record without one`() throws {
    let consumer = try consumer("t")
    let producer = try KafkaProducer(configuration: configuration)
    try producer.send(topic: "t", partition: 0, key: "k", payload: [])
    try producer.flush(timeout: .seconds(20))
    try consumer.assign([0: .earliest])
    var seen = 0
    _ = Reading.of(consumer) { _ in
      let batch = consumer.nextBatch(limit: 1, timeout: .milliseconds(200))
      batch.withEachRecord { record in
        seen += 1
        #expect(record.withPayload { $0.byteCount } == 0)
        #expect(record.withKey { String(span: $0) } == "k")
        #expect(record.timestampMilliseconds > 1_600_000_000_000)
      }
      return seen == 1
    }
    #expect(seen == 1)
  }

  @Test func `adds a partition without disturbing the others`() throws {
    let consumer = try consumer("t", partitions: 2)
    try write(["a", "b"], to: "t", configuration)
    try write(["z"], to: "t", partition: 1, configuration)
    try consumer.assign([0: .earliest])
    let first = Reading.of(consumer) { $0.finished == [0] }
    try consumer.add([1: .earliest])
    try write(["c"], to: "t", configuration)
    let second = Reading.of(consumer) { $0.finished == [0, 1] && $0.records.count == 2 }
    #expect(first.records.map(\.text) == ["a", "b"])
    #expect(Set(second.records.map(\.text)) == ["c", "z"])
  }

  @Test(arguments: [Int64(99), 4])
  func `reports an offset out of range, and goes on where it is told`(offset: Int64) throws {
    let consumer = try consumer("t")
    try write(["a", "b"], to: "t", configuration)
    try consumer.assign([0: .offset(offset)])
    let reading = Reading.of(consumer) { !$0.notices.isEmpty }
    #expect(reading.notices == [.offsetOutOfRange(partition: 0, offset: offset)])
    try consumer.reassign(0, to: .earliest)
    #expect(Reading.of(consumer) { $0.finished == [0] }.records.map(\.text) == ["a", "b"])
  }

  @Test func `drops what waited when it goes on elsewhere`() throws {
    let consumer = try consumer("t")
    try write((0..<100).map(String.init), to: "t", configuration)
    try consumer.assign([0: .earliest])
    let count = consumer.nextBatch(limit: 1, timeout: .seconds(10)).count
    #expect(count == 1)
    try consumer.reassign(0, to: .offset(98))
    let reading = Reading.of(consumer) { $0.finished == [0] }
    #expect(reading.records.map(\.text) == ["98", "99"])
  }

  @Test func `reads nothing of an empty assignment`() throws {
    let consumer = try consumer("t")
    try write(["a"], to: "t", configuration)
    try consumer.assign([0: .earliest])
    _ = Reading.of(consumer) { $0.finished == [0] }
    try consumer.assign([:])
    try write(["b"], to: "t", configuration)
    let isEmpty = consumer.nextBatch(limit: 10, timeout: .milliseconds(300)).isEmpty
    #expect(isEmpty)
  }

  @Test func `gives batches that outlive it`() throws {
    let consumer = try consumer("t")
    try write(["a"], to: "t", configuration)
    try consumer.assign([0: .earliest])
    let batch = consumer.nextBatch(limit: 10, timeout: .seconds(10))
    consumer.close()
    let text = batch.withRecord(at: 0) { $0.withPayload { String(span: $0) } }
    #expect(text == "a")
    let isEmpty = consumer.nextBatch(limit: 10, timeout: .seconds(10)).isEmpty
    #expect(isEmpty)
    #expect(throws: KafkaError(.closed, "")) { try consumer.assign([:]) }
  }

  /// Sanitizers keep freed memory for a while; they are run with their options set.
  private static let isSanitized = ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains {
    ProcessInfo.processInfo.environment[$0] != nil
  }

  @Test(.disabled(if: isSanitized, "a sanitizer keeps freed memory"))
  func `frees what its batches held`() throws {
    let consumer = try consumer("t")
    var configuration = configuration
    configuration.overrides["linger.ms"] = "0"
    let producer = try KafkaProducer(configuration: configuration)
    try consumer.assign([0: .earliest])
    let megabyte = [UInt8](repeating: 7, count: 990_000)
    let before = try residentBytes()
    var read = 0
    for round in 1...150 {
      try producer.send(topic: "t", partition: 0, payload: megabyte)
      try producer.flush(timeout: .seconds(10))
      while read < round {
        read += consumer.nextBatch(limit: 10, timeout: .seconds(1)).count
      }
    }
    #expect(try residentBytes() - before < 90_000_000)
  }

  private func residentBytes() throws -> Int {
    let sizes = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = try #require(sizes.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  @Test func `returns what is there instead of waiting for a full batch`() throws {
    let consumer = try consumer("t")
    try write(["a"], to: "t", configuration)
    try consumer.assign([0: .earliest])
    var count = 0
    let took = ContinuousClock().measure {
      count = consumer.nextBatch(limit: 1000, timeout: .seconds(30)).count
    }
    #expect(count == 1)
    #expect(took < .seconds(15))
  }
}
