import Foundation
import Kafka
import TestSupport
import Testing

@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: KafkaBroker.isAvailable, Comment(rawValue: KafkaBroker.obstacle ?? "")))
struct `The doctor and a real broker` {
  private let broker: KafkaBroker
  private let folder: TemporaryFolder

  init() throws {
    broker = try KafkaBroker.shared.get()
    folder = try TemporaryFolder()
  }

  /// The step that failed, as the doctor tells it; nil where all is well.
  private func failure(
    topic: String, connection: String? = nil, trusting: Bool = true
  ) throws -> (step: String, text: String, remedy: String)? {
    var source = [
      "connectionString: \"\(connection ?? broker.connectionString)\"",
      "bootstrapServers: \"\(broker.saslSSL)\"", "topic: \(topic)",
    ]
    if trusting { source.append("caFile: \"\(broker.caFile)\"") }
    let file = try folder.write(
      "source: {\(source.joined(separator: ", "))}\n", to: "settings.yaml")
    let run = try CommandRun(
      CommandRun.product("gatebook"), ["doctor", "--config", file, "--output", "ndjson"])
    let steps = try run.lines.compactMap { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
    let failed = steps.first { $0["result"] as? String == "failed" }
    #expect(run.exitCode == (failed == nil ? 0 : 1))
    #expect(!run.output.contains("SharedAccessKey="))
    return failed.map {
      ($0["step"] as? String ?? "", $0["text"] as? String ?? "", $0["remedy"] as? String ?? "")
    }
  }

  @Test func `are content with each other where all is well`() throws {
    let admin = try KafkaAdmin(
      configuration: KafkaConfiguration(bootstrapServers: broker.plaintext))
    try admin.createTopic("doctor", partitions: 3)
    #expect(try failure(topic: "doctor") == nil)
  }

  @Test func `tell a wrong password`() throws {
    let wrong = "Endpoint=sb://localhost/;SharedAccessKeyName=listen;SharedAccessKey=d3Jvbmc="
    let found = try #require(try failure(topic: "doctor", connection: wrong))
    #expect(found.step == "connection" && found.text.contains("refuses these credentials"))
    #expect(found.remedy.contains("the password is the whole connection string"))
  }

  @Test func `tell a topic that is not there`() throws {
    let found = try #require(try failure(topic: "nowhere"))
    #expect(found.step == "topic" && found.text.hasPrefix("There is no topic nowhere at "))
    #expect(found.remedy.contains("EntityPath"))
  }

  @Test func `tell a certificate that nobody vouches for`() throws {
    let found = try #require(try failure(topic: "doctor", trusting: false))
    #expect(found.step == "connection" && found.text.hasPrefix("No TLS connection to "))
    #expect(found.remedy.contains("source.caFile"))
  }
}
