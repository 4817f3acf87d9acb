import Foundation
import Kafka
import TestSupport
import Testing

/// A broker that is away when the program starts, and goes away again.
@Suite(.serialized, .enabled(if: KafkaBroker.isAvailable, "\(KafkaBroker.obstacle ?? "")"))
struct `A run whose broker is away` {
  private static let trouble = "The broker cannot be reached"
  private static let over = "The broker is back"

  @Test func `keeps trying, says so once, and goes on without loss`() throws {
    let folder = try TemporaryFolder()
    let broker = try KafkaBroker()
    let plain = KafkaConfiguration(bootstrapServers: broker.plaintext)
    try KafkaAdmin(configuration: plain).createTopic("outage", partitions: 2)
    let log = folder.file("log.json")
    let settings = """
      source: {bootstrapServers: "\(broker.plaintext)", topic: outage}
      ledger: {path: gatebook.db}
      alerts:
        - {sink: file, path: alerts.ndjson, minimumSeverity: info}

      """
    let config = try folder.write(settings, to: "settings.yaml")
    let simulated = try GatebookProgram.run([
      "simulate", "--output", log, "--records", "2000", "--jit-share", "0.5",
    ])
    try #require(simulated.exitCode == 0)
    let lines = try folder.read("log.json").split(separator: "\n").map { Array($0.utf8) }
    let half = lines.count / 2
    try send(lines[..<half], plain)

    broker.stop()
    let run = try GatebookProgram.start(["run", "--config", config])
    #expect(run.wait { $0.errorOutput.contains(Self.trouble) }, "\(run.errorOutput)")
    try broker.start()
    let ledger = folder.file("gatebook.db")
    #expect(run.wait(timeout: .seconds(90)) { _ in messages(in: ledger) == half })

    broker.kill()
    #expect(
      run.wait(timeout: .seconds(90)) { count(Self.trouble, in: $0) == 2 }, "\(run.errorOutput)")
    try broker.start()
    try send(lines[half...], plain)
    #expect(run.wait(timeout: .seconds(120)) { _ in messages(in: ledger) == lines.count })
    #expect(count(Self.trouble, in: run) == 2, "\(run.errorOutput)")
    #expect(count(Self.over, in: run) >= 1, "\(run.errorOutput)")
    run.send(SIGTERM)
    #expect(try run.finish().exitCode == 0)

    let whole = folder.file("whole.db")
    let imported = try GatebookProgram.run(["import", log, "--ledger", whole])
    #expect(imported.exitCode == 0)
    #expect(try GatebookProgram.digest(ledger) == GatebookProgram.digest(whole))
    try GatebookProgram.expectSound(ledger)
  }

  private func send(_ messages: ArraySlice<[UInt8]>, _ configuration: KafkaConfiguration) throws {
    let producer = try KafkaProducer(configuration: configuration, idempotent: true)
    for message in messages { try producer.send(topic: "outage", payload: message) }
    try producer.flush(timeout: .seconds(60))
  }

  private func count(_ text: String, in run: RunningCommand) -> Int {
    run.errorOutput.ranges(of: text).count
  }

  /// How many messages a ledger has taken in.
  private func messages(in ledger: String) -> Int {
    LedgerCounts(ledger).messages
  }
}
