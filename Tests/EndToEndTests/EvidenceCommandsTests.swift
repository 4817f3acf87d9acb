import Contract
import Foundation
import TestSupport
import Testing

@Suite struct `What lies behind the answers` {
  private let ledger: ReadingLedger

  init() throws { ledger = try ReadingLedger() }

  private func texts(_ rows: [[String: Any]], _ key: String) -> [String] {
    rows.map { $0[key] as? String ?? "-" }
  }

  @Test func `is evidence with its raw record, found by a part of its id`() throws {
    let ids = try #require(try ledger.rows("requests")[0]["evidence"] as? [String])
    let whole = try ledger.rows("evidence", ids[0])
    #expect(texts(whole, "raw") == ["{\"record\":0}"])
    #expect(texts(whole, "id") == [ids[0]])
    #expect(Set(whole[0].keys) == Set(RowKind.evidence.keys))
    #expect(try texts(ledger.rows("evidence", String(ids[0].prefix(20))), "id") == [ids[0]])
    #expect(try ledger.rows("evidence", ids[0], ids[1].uppercased()).count == 2)
  }

  @Test func `is asked for again where an id is unknown or means several`() throws {
    let ambiguous = try ledger.gatebook("evidence", "20260811")
    #expect(ambiguous.exitCode == 1)
    #expect(ambiguous.errorOutput.contains("Several pieces of evidence begin with 20260811"))
    let none = try ledger.gatebook("evidence", "20260812-ab")
    #expect(none.exitCode == 1)
    #expect(none.errorOutput == "There is no evidence 20260812-ab in the ledger.\n")
  }

  @Test func `of an alert is found by a part of the alert's id`() throws {
    let alert = try #require(try ledger.rows("alerts").first)
    let id = try #require(alert["id"] as? String)
    let evidence = try #require(alert["evidence"] as? [String])
    #expect(try texts(ledger.rows("evidence", String(id.prefix(12))), "id") == evidence)
    let none = try ledger.gatebook("evidence", "zz" + id)
    #expect(none.exitCode == 2)
    let unknown = try ledger.gatebook("evidence", "0123abcd0123")
    #expect(unknown.exitCode == 1)
    #expect(unknown.errorOutput == "There is no alert 0123abcd0123 in the ledger.\n")
  }

  @Test func `adds up in the status`() throws {
    let rows = try ledger.rows("status")
    #expect(rows.count == 1)
    #expect(rows[0]["source"] as? String == "kafka:logs")
    #expect(rows[0]["recordsRead"] as? Int == 10 && rows[0]["evidence"] as? Int == 10)
    #expect(rows[0]["due"] as? Int == 0)
    #expect((rows[0]["gaps"] as? [Any])?.count == 1)
    #expect(Set(rows[0].keys) == Set(RowKind.status.keys))
    let empty = try ReadingLedger(empty: true).rows("status")
    #expect(empty.count == 1 && empty[0]["source"] is NSNull)
  }

  @Test func `has its rejects, of which a terminal obeys nothing`() throws {
    let rows = try ledger.rows("rejects")
    #expect(texts(rows, "reason") == ["The message is not JSON."])
    let id = try #require(rows[0]["id"] as? String)
    let shown = try ledger.gatebook("rejects", "--show", String(id.prefix(6)))
    #expect(shown.output == "oops\\x1B[2J\nsecond line\\xFF\\x07\n")
    let none = try ledger.gatebook("rejects", "--show", "zz")
    #expect(none.exitCode == 1)
    #expect(none.errorOutput == "There is no reject zz in the ledger.\n")
    #expect(try ledger.rows("rejects", "--since", "1h").count == 1)
    #expect(try ledger.rows("rejects", "--until", "2026-08-11").isEmpty)
  }

  @Test func `is nothing in an empty ledger`() throws {
    let empty = try ReadingLedger(empty: true)
    for command in ["requests", "windows", "vms", "alerts", "rejects"] {
      let run = try empty.gatebook(command)
      #expect(run.exitCode == 0 && run.output.isEmpty, "\(command)")
    }
    #expect(try empty.gatebook("alerts", "--output", "json").output == "[]\n")
  }

  @Test func `is found through the environment`() throws {
    let run = try CommandRun(
      CommandRun.product("gatebook"), ["vms", "--output", "ndjson"],
      environment: ["GATEBOOK_LEDGER": ledger.path])
    #expect(run.lines.count == 4)
  }
}
