import Access
import Contract
import Foundation
import TestSupport
import Testing

@Suite struct `Alerts on the command line` {
  private let ledger: ReadingLedger

  init() throws { ledger = try ReadingLedger() }

  private func rules(_ options: String...) throws -> [String] {
    let run = try CommandRun(
      CommandRun.product("gatebook"),
      ["alerts", "--ledger", ledger.path, "--output", "ndjson"] + options)
    return try run.lines.map { line in
      let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return row?["rule"] as? String ?? "-"
    }
  }

  @Test func `are those that stand, by their place in the feed`() throws {
    let rows = try ledger.rows("alerts")
    #expect(rows.map { $0["rule"] as? String } == ["wide-source", "long-duration"])
    #expect(rows.map { $0["transition"] as? String } == ["raised", "raised"])
    #expect(rows.compactMap { $0["seq"] as? Int } == [1, 2])
    #expect(rows.allSatisfy { Set($0.keys) == Set(RowKind.alerts.keys) })
    #expect(rows.allSatisfy { $0["raisedAt"] as? String == "2026-08-11T13:00:00Z" })
  }

  @Test func `can be filtered`() throws {
    #expect(try rules("--severity", "high") == ["wide-source"])
    #expect(try rules("--severity", "high", "--severity", "low").count == 2)
    #expect(try rules("--rule", "long-duration") == ["long-duration"])
    #expect(try rules("--vm", "dc*") == ["wide-source"])
    #expect(try rules("--actor", "ada@example.com") == ["wide-source"])
    #expect(try rules("--since", "25m") == ["long-duration"])
    #expect(try rules("--until", "2026-08-11T12:05Z") == ["wide-source"])
    #expect(try rules("--after", "1") == ["long-duration"])
  }

  @Test(arguments: [
    (["--fail-on", "high"], 3), (["--fail-on", "critical"], 0), ([], 0),
    (["--fail-on", "high", "--rule", "long-duration"], 0),
    (["--fail-on", "low", "--history"], 3),
  ])
  func `decide the exit code where that is asked for`(options: [String], code: Int) throws {
    let run = try CommandRun(
      CommandRun.product("gatebook"), ["alerts", "--ledger", ledger.path] + options)
    #expect(run.exitCode == Int32(code))
  }

  @Test func `have a history in which those that no longer stand stay`() throws {
    // An earlier record of the call says that far less was asked for: nothing unusual stands.
    try ledger.take(
      [
        ReadingLedger.record(
          "12:09", .start, call: "e", by: ReadingLedger.eve,
          ReadingLedger.body(
            ReadingLedger.vm(ReadingLedger.hostile), [22], until: "12:30"))
      ], movingTo: ReadingLedger.now)
    let history = try ledger.rows("alerts", "--history")
    #expect(try rules() == ["wide-source"])
    #expect(history.map { $0["transition"] as? String } == ["raised", "raised", "withdrawn"])
    #expect(history.compactMap { $0["seq"] as? Int } == [1, 2, 3])
    #expect(try rules("--history", "--after", "2") == ["long-duration"])
    let over = try ledger.gatebook(
      "alerts", "--history", "--after", "2", "--fail-on", "info")
    #expect(over.exitCode == 0)
  }

  @Test func `are followed as they come, from where a reader left off`() throws {
    let program = try CommandRun.product("gatebook")
    let words = ["alerts", "--follow", "--ledger", ledger.path, "--output", "ndjson"]
    let standing = try RunningCommand(program, words)
    let behind = try RunningCommand(program, words + ["--after", "1"])
    #expect(standing.wait { $0.output.contains("long-duration") })
    #expect(behind.wait { $0.output.contains("long-duration") })
    try ledger.take(
      [
        ReadingLedger.record(
          "12:25", .start, call: "f", by: ReadingLedger.bob,
          ReadingLedger.body(
            ReadingLedger.vm("web1"), [3389], until: "13:00", from: "Internet"))
      ], movingTo: "2026-08-11T12:31:00Z")
    #expect(standing.wait { $0.output.contains("bob@example.com") })
    #expect(behind.wait { $0.output.contains("bob@example.com") })
    standing.send(SIGINT)
    behind.send(SIGTERM)
    let (first, second) = (try standing.finish(), try behind.finish())
    #expect(first.exitCode == 0 && second.exitCode == 0)
    #expect(first.lines.count == 3)
    #expect(first.lines.suffix(2) == second.lines[...])
  }

  @Test func `are followed in a feed that has nothing yet`() throws {
    let empty = try ReadingLedger(empty: true)
    let running = try RunningCommand(
      try CommandRun.product("gatebook"),
      ["alerts", "--follow", "--ledger", empty.path, "--fail-on", "high"])
    try empty.take(ReadingLedger.morning, movingTo: ReadingLedger.now)
    #expect(running.wait { $0.output.contains("long-duration") })
    running.send(SIGINT)
    let run = try running.finish()
    #expect(run.exitCode == 3)
    #expect(run.lines[0].hasPrefix("SEQ"))
  }
}
