import Foundation
import TestSupport

/// The log of a made-up tenant in a topic of Apache Kafka, with what really happened.
///
/// The topic has 4 partitions and is reached as an Event Hub is: SASL PLAIN over TLS, with a
/// connection string.
struct AcceptanceStream: Sendable {
  /// The one that the tests share, made at its first use.
  static let shared = Result { try AcceptanceStream() }

  let folder: TemporaryFolder
  let truth: String
  private let source: String
  private let tenant: String

  private init() throws {
    let broker = try KafkaBroker.shared.get()
    folder = try TemporaryFolder()
    truth = folder.path("truth.ndjson")
    let topic = "acceptance-\(UUID().uuidString.prefix(8))"
    source = """
      source:
        connectionString: "\(broker.connectionString)"
        bootstrapServers: \(broker.saslSSL)
        caFile: \(broker.caFile)
        topic: \(topic)

      """
    let config = try folder.write(source, to: "source.yaml")
    let settings = folder.path("tenant.yaml")
    let run = try GatebookProgram.run(
      [
        "simulate", "--config", config, "--partitions", "4", "--jit-share", "0.005",
        "--records", "\(AcceptanceSize.records)", "--seed", "\(AcceptanceSize.seed)",
        "--truth", truth, "--settings", settings,
      ], timeout: AcceptanceSize.patience)
    guard run.exitCode == 0 else { throw ProgramFailure("simulate: \(run.errorOutput)") }
    print("Acceptance, seed \(AcceptanceSize.seed):", run.errorOutput)
    tenant = try folder.read("tenant.yaml")
  }

  /// A ledger to be fed from the topic, with settings of its own.
  func ledger(_ name: String) throws -> StreamLedger {
    let text = """
      \(source)ledger: {path: \(name).db}
      alerts:
        - {sink: file, path: \(name)-alerts.ndjson, minimumSeverity: info}

      """
    return StreamLedger(
      path: folder.path("\(name).db"), alerts: folder.path("\(name)-alerts.ndjson"),
      config: try folder.write(text + tenant, to: "\(name).yaml"))
  }
}

/// A ledger, the settings by which `run` feeds it, and the file that its alerts go to.
struct StreamLedger {
  let path: String
  let alerts: String
  let config: String

  /// Reads the topic to its end.
  func readToEnd() throws -> CommandRun {
    try GatebookProgram.run(
      ["run", "--config", config, "--until-end"], timeout: AcceptanceSize.patience)
  }

  /// The marks `seq id` of the alerts in the file, in its order.
  func alertMarks() throws -> [String] {
    let text = try String(contentsOfFile: alerts, encoding: .utf8)
    return try text.split(separator: "\n").map {
      try Self.mark(of: GatebookProgram.row(String($0)))
    }
  }

  /// The same of the ledger's feed.
  func feedMarks() throws -> [String] {
    try GatebookProgram.rows(["alerts", "--history", "--ledger", path]).map(Self.mark)
  }

  private static func mark(of row: [String: Any]) throws -> String {
    guard let sequence = row["seq"] as? Int, let id = row["id"] as? String else {
      throw ProgramFailure("An alert has no seq and id: \(row)")
    }
    return "\(sequence) \(id)"
  }
}
