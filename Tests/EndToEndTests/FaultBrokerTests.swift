import Foundation
import Kafka
import TestSupport
import Testing

/// What `run` says when the broker does not do as the settings hope.
@Suite(.serialized, .enabled(if: KafkaBroker.isAvailable, "\(KafkaBroker.obstacle ?? "")"))
struct `A run whose broker refuses` {
  private let broker: KafkaBroker
  private let folder: TemporaryFolder

  init() throws {
    broker = try KafkaBroker.shared.get()
    folder = try TemporaryFolder()
  }

  private func config(
    topic: String, connection: String? = nil, trusting: Bool = true
  ) throws -> String {
    let authority = trusting ? "caFile: \"\(broker.caFile)\"" : ""
    return try folder.write(
      """
      source:
        connectionString: "\(connection ?? broker.connectionString)"
        bootstrapServers: \(broker.saslSSL)
        topic: \(topic)
        \(authority)
      ledger: {path: gatebook.db}
      """, to: "settings.yaml")
  }

  /// Runs it without an end of its own, which must come all the same.
  private func failure(_ config: String) throws -> String {
    let run = try GatebookProgram.run(["run", "--config", config, "--quiet"])
    #expect(run.exitCode == 1)
    #expect(run.output.isEmpty)
    #expect(!run.errorOutput.contains("SharedAccessKey="))
    #expect(run.errorOutput.split(separator: "\n").count == 1, "\(run.errorOutput)")
    return run.errorOutput
  }

  @Test func `says that the topic is not there`() throws {
    let text = try failure(config(topic: "nowhere"))
    #expect(text.contains("nowhere"), "\(text)")
  }

  @Test func `says that the password is wrong`() throws {
    let wrong = "Endpoint=sb://localhost/;SharedAccessKeyName=listen;SharedAccessKey=d3Jvbmc="
    let text = try failure(config(topic: "nowhere", connection: wrong))
    #expect(text.lowercased().contains("credentials") || text.contains("Authentication"), "\(text)")
    #expect(!text.contains("d3Jvbmc"))
  }

  @Test func `says that nobody vouches for its certificate`() throws {
    let text = try failure(config(topic: "nowhere", trusting: false))
    #expect(text.contains("certificate"), "\(text)")
    #expect(text.contains("caFile"), "\(text)")
  }

  @Test func `keeps what cannot be read, and goes on`() throws {
    let topic = "bad-\(UUID().uuidString.prefix(8))"
    let plain = KafkaConfiguration(bootstrapServers: broker.plaintext)
    try KafkaAdmin(configuration: plain).createTopic(topic, partitions: 1)
    let producer = try KafkaProducer(configuration: plain)
    let messages = [
      "this is no JSON", String(repeating: "[", count: 990_000), "",
      "{\"records\":[{\"operationName\":\"a\"}]}",
    ]
    for message in messages { try producer.send(topic: topic, payload: Array(message.utf8)) }
    try producer.flush(timeout: .seconds(30))
    let config = try config(topic: topic)
    let ledger = folder.file("gatebook.db")
    for _ in 0..<2 {
      let run = try GatebookProgram.run(["run", "--config", config, "--until-end"])
      #expect(run.exitCode == 0, "\(run.errorOutput)")
    }
    let status = try #require(try GatebookProgram.status(ledger).first)
    #expect(status["messagesRejected"] as? Int == 3)
    #expect(status["recordsRead"] as? Int == 1)
    #expect(try GatebookProgram.rows(["rejects", "--ledger", ledger]).count == 3)
    try GatebookProgram.expectSound(ledger)
  }

  @Test func `is the only one that feeds its ledger`() throws {
    let topic = "alone-\(UUID().uuidString.prefix(8))"
    try KafkaAdmin(configuration: KafkaConfiguration(bootstrapServers: broker.plaintext))
      .createTopic(topic, partitions: 1)
    let config = try config(topic: topic)
    let first = try GatebookProgram.start(["run", "--config", config])
    #expect(first.wait { $0.errorOutput.contains("Reading the topic.") }, "\(first.errorOutput)")
    let text = try failure(config)
    #expect(text.contains("is fed by another process (process \(first.processIdentifier))"))
    let log = try folder.write("{\"records\":[]}\n", to: "log.json")
    let imported = try GatebookProgram.run(["import", log, "--ledger", folder.file("gatebook.db")])
    #expect(imported.exitCode == 1)
    #expect(imported.errorOutput.contains("process \(first.processIdentifier)"))
    #expect(try GatebookProgram.status(folder.file("gatebook.db")).count == 1)
    first.send(SIGTERM)
    #expect(try first.finish().exitCode == 0)
  }
}
