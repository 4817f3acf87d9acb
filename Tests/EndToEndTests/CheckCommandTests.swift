import Foundation
import Kafka
import TestSupport
import Testing

@Suite struct `Checking settings` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) throws -> CommandRun {
    try CommandRun(CommandRun.product("gatebook"), arguments, environment: environment)
  }

  @Test func `tells all problems with place and remedy, and ends with 1`() throws {
    let file = try folder.write(
      "source:\n  topicc: x\ncalendar: {timeZone: Mars/Olympus}\n", to: "settings.yaml")
    let run = try run(["check", file, "--output", "ndjson"])
    #expect(run.exitCode == 1)
    #expect(run.lines.count >= 2)
    #expect(run.lines.allSatisfy { $0.contains("\"result\":\"failed\"") })
    #expect(run.output.contains("settings.yaml:2:3: source.topicc: unknown key"))
    #expect(run.output.contains("Mars/Olympus"))
  }

  @Test func `is content with a good file and shows no secret`() throws {
    let file = try folder.write(
      "source:\n  connectionString: ${CONNECTION}\n  topic: logs\n", to: "settings.yaml")
    let secret = "Endpoint=sb://ns.example/;SharedAccessKeyName=k;SharedAccessKey=hushhush"
    let run = try run(["check", "--config", file], ["CONNECTION": secret])
    #expect(run.exitCode == 0)
    #expect(run.output.contains("Topic logs at ns.example:9093"))
    #expect(!run.output.contains("hushhush"))
  }

  @Test func `takes the ledger of the settings for readers`() throws {
    let file = try folder.write("ledger: {path: elsewhere.db}\n", to: "settings.yaml")
    let run = try run(["status", "--config", file])
    #expect(run.exitCode == 1)
    #expect(run.errorOutput.contains("There is no ledger at \(folder.file("elsewhere.db"))"))
  }

  @Test func `reports a missing file in one sentence`() throws {
    let run = try run(["status", "--config", folder.file("none.yaml")])
    #expect(run.exitCode == 1)
    #expect(run.errorOutput == "There is no settings file \(folder.file("none.yaml")).\n")
  }
}

@Suite struct `The doctor` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func steps(_ source: String, timeout: String = "10s") throws -> (
    exitCode: Int32, steps: [[String: Any]]
  ) {
    let file = try folder.write("source: \(source)\n", to: "settings.yaml")
    let run = try CommandRun(
      CommandRun.product("gatebook"),
      ["doctor", "--config", file, "--timeout", timeout, "--output", "ndjson"])
    let steps = try run.lines.map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
    return (run.exitCode, steps)
  }

  private func told(_ steps: [[String: Any]]) -> [String] {
    steps.map { "\($0["step"] ?? "") \($0["result"] ?? "")" }
  }

  @Test func `finds a broker, its topic, and no ledger yet`() throws {
    let cluster = try MockCluster()
    try cluster.createTopic("logs", partitions: 2)
    let found = try steps(
      "{bootstrapServers: \"\(cluster.bootstrapServers)\", auth: {method: none}, topic: logs}")
    #expect(found.exitCode == 0)
    #expect(
      told(found.steps) == ["settings ok", "connection ok", "topic warning", "ledger warning"])
    #expect((found.steps[2]["text"] as? String)?.contains("2 partitions and holds 0") == true)
  }

  @Test func `says what to do when no broker answers`() throws {
    let found = try steps(
      "{bootstrapServers: \"127.0.0.1:1\", auth: {method: none}, topic: logs}", timeout: "1s")
    #expect(found.exitCode == 1)
    #expect(told(found.steps) == ["settings ok", "connection failed", "ledger warning"])
    #expect((found.steps[1]["remedy"] as? String)?.contains("that the broker runs") == true)
  }

  @Test func `knows a broker without TLS from one that is away`() throws {
    let cluster = try MockCluster()
    let found = try steps(
      "{bootstrapServers: \"\(cluster.bootstrapServers)\", "
        + "auth: {method: plain, username: u, password: p}, topic: logs}", timeout: "3s")
    #expect(found.exitCode == 1)
    #expect(told(found.steps).contains("connection failed"))
  }

  @Test func `tries nothing with settings that are wrong`() throws {
    let found = try steps("{topicc: logs}")
    #expect(found.exitCode == 1)
    #expect(told(found.steps).allSatisfy { $0 == "settings failed" })
  }

  @Test func `looks at a ledger without settings too`() throws {
    let ledger = try ReadingLedger()
    let run = try ledger.gatebook("doctor", "--output", "ndjson")
    #expect(run.exitCode == 0)
    #expect(run.lines.count == 2)
    #expect(run.lines[1].contains("complete until 2026-08-11T12:30:00Z: 11 pieces of evidence"))
  }
}
