import Access
import Contract
import Foundation
import TestSupport
import Testing

@Suite struct `Reading a ledger` {
  private let ledger: ReadingLedger

  init() throws { ledger = try ReadingLedger() }

  private func texts(_ rows: [[String: Any]], _ key: String) -> [String] {
    rows.map { $0[key] as? String ?? "-" }
  }

  @Test func `lists requests by time, with their outcome`() throws {
    let rows = try ledger.rows("requests")
    #expect(texts(rows, "outcome") == ["accepted", "refused", "accepted", "accepted", "accepted"])
    #expect(texts(rows, "requestedAt").sorted() == texts(rows, "requestedAt"))
    #expect(rows.allSatisfy { Set($0.keys) == Set(RowKind.requests.keys) })
  }

  @Test(arguments: [
    (["--outcome", "refused"], 1), (["--outcome", "refused", "--outcome", "accepted"], 5),
    (["--actor", "ADA@example.com"], 3), (["--actor", "AAAAAAAA-*"], 3),
    (["--actor", "nobody"], 0), (["--vm", "WEB1"], 2), (["--vm", "*/rg-lab/*"], 1),
    (["--vm", "dc*"], 2), (["--vm", "nothing*"], 0), (["--since", "1h"], 2),
    (["--since", "2026-08-11T09:00Z", "--until", "2026-08-11T10:00Z"], 2),
    (["--since", "2026-08-11", "--until", "2026-08-11T08:00:00+00:00"], 1),
    (["--at", "2026-08-11T08:30Z"], 1), (["--at", "2026-08-10"], 0),
    (["--since", "2027-01-01"], 0),
  ])
  func `filters requests`(options: [String], count: Int) throws {
    let run = try CommandRun(
      CommandRun.product("gatebook"),
      ["requests", "--ledger", ledger.path, "--output", "ndjson"] + options)
    #expect(run.exitCode == 0)
    #expect(run.lines.count == count)
  }

  @Test(arguments: [
    (["--since", "yesterday"], "--since: 'yesterday' is not a time such as"),
    (["--since", "2026-08-12", "--until", "2026-08-11"], "lies after --until"),
  ])
  func `refuses times that are none`(options: [String], message: String) throws {
    let run = try CommandRun(
      CommandRun.product("gatebook"), ["requests", "--ledger", ledger.path] + options)
    #expect(run.exitCode == 2)
    #expect(run.errorOutput.contains(message))
  }

  @Test func `lists windows with their state at the instant of the answer`() throws {
    let now = try ledger.rows("windows")
    #expect(texts(now, "state") == ["superseded", "expired", "open", "open", "open"])
    #expect(texts(now, "closedAt").prefix(2) == ["2026-08-11T10:00:00Z", "2026-08-11T11:00:00Z"])
    let earlier = try ledger.rows("windows", "--at", "2026-08-11T09:30Z")
    #expect(texts(earlier, "state") == ["open", "open"])
    #expect(try ledger.rows("windows", "--state", "open", "--vm", "web1").count == 1)
    #expect(now.allSatisfy { Set($0.keys) == Set(RowKind.windows.keys) })
  }

  @Test func `tells who could reach a VM at a time`() throws {
    let rows = try ledger.rows("who", "web1", "--at", "2026-08-11T08:30Z")
    #expect(rows.map { $0["port"] as? Int } == [22, 3389])
    #expect(texts(rows, "basis") == ["request", "request"])
    #expect(try ledger.rows("who", "web1", "--at", "2026-08-11T07:59Z").isEmpty)
    #expect(try ledger.rows("who", "dc*", "--at", "2026-08-11T09:30Z").isEmpty)
  }

  @Test func `lists gaps that touch the time beside the windows`() throws {
    let rows = try ledger.rows("who", "web1", "--since", "2026-08-11T07:15Z")
    #expect(texts(rows, "kind") == ["gap", "window", "window", "window"])
    #expect(texts(rows, "state") == ["-", "superseded", "expired", "open"])
    #expect(try ledger.rows("who", "nothing*", "--since", "2026-08-11T07:15Z").isEmpty)
  }

  @Test func `tells what a person could reach, over all VMs`() throws {
    let now = try ledger.rows("who", "--actor", "ada@example.com")
    #expect(Set(texts(now, "vmName")) == ["web1", "dc1"])
    let span = try ledger.rows("who", "--actor", "ada@*", "--since", "2026-08-11T08:00Z")
    #expect(span.count == 4)
    // The gap alone: what nobody recorded may have been Bob's.
    let bob = try ledger.rows("who", "--actor", "bob@example.com", "--since", "1d")
    #expect(texts(bob, "kind") == ["gap"])
  }

  @Test func `says when an answer is incomplete, and what could not be read near it`() throws {
    let run = try ledger.gatebook("who", "web1", "--at", "2026-08-11T12:45Z")
    #expect(run.exitCode == 0)
    #expect(run.errorOutput.contains("incomplete: the evidence is known to be complete until"))
    #expect(run.errorOutput.contains("1 message or record and 0 bodies received within 24 h"))
    let quiet = try ledger.gatebook("who", "web1", "--at", "2026-08-11T12:45Z", "--quiet")
    #expect(quiet.errorOutput.isEmpty)
    let longAgo = try ledger.gatebook("who", "web1", "--at", "2026-08-01")
    #expect(longAgo.errorOutput == "Nobody, as far as the evidence tells.\n")
  }

  @Test func `tells of a VM line by line`() throws {
    let rows = try ledger.rows("timeline", "web1")
    #expect(
      texts(rows, "kind") == [
        "gap", "requested", "requested", "opened", "opened", "accepted", "accepted", "requested",
        "opened", "superseded", "accepted", "expired",
      ])
    #expect(rows.allSatisfy { Set($0.keys) == Set(RowKind.timeline.keys) })
    let dc = try ledger.rows("timeline", "*/rg-lab/*dc1")
    #expect(texts(dc, "kind").contains("finding"))
  }

  @Test func `draws a timeline to scale above its rows`() throws {
    let run = try ledger.gatebook(
      "timeline", "web1", "--since", "6h", environment: ["LANG": "C.UTF-8", "COLUMNS": "80"])
    #expect(run.exitCode == 0)
    #expect(run.lines[0].hasPrefix("web1  2026-08-11 06:30Z to "))
    #expect(run.output.contains("  22 │") && run.output.contains("3389 │"))
    #expect(run.output.contains("E expired") && run.output.contains("S superseded"))
    let plain = try ledger.gatebook("timeline", "web1", environment: ["LC_ALL": "C"])
    #expect(plain.output.utf8.allSatisfy { $0 < 0x80 })
    #expect(plain.errorOutput.contains("The last 7 d until 2026-08-11T12:30:00Z"))
  }

  @Test func `knows the VMs`() throws {
    let rows = try ledger.rows("vms")
    #expect(rows.count == 4)
    let web = try #require(rows.first { $0["vmName"] as? String == "web1" })
    #expect(web["ports"] as? [Int] == [22, 3389])
    #expect(web["windowsInForce"] as? Int == 1)
    #expect(Set(web.keys) == Set(RowKind.vms.keys))
    #expect(try ledger.rows("vms", "--at", "2026-08-11T08:30Z").count == 1)
  }

  @Test func `asks back where a name is ambiguous, and helps where it is unknown`() throws {
    let ambiguous = try ledger.gatebook("timeline", "DC1")
    #expect(ambiguous.exitCode == 1)
    #expect(ambiguous.errorOutput.contains("'DC1' is the name of 2 VMs"))
    #expect(ambiguous.errorOutput.contains("/resourceGroups/rg-lab/"))
    let unknown = try ledger.gatebook("who", "wbe1")
    #expect(unknown.exitCode == 1)
    #expect(unknown.errorOutput.contains("No VM 'wbe1'"))
    #expect(unknown.errorOutput.contains("\n  web1  /subscriptions/S1/"))
    let full = ReadingLedger.vm("DC1", in: "RG-LAB").canonical.uppercased()
    #expect(try ledger.rows("windows", "--vm", full).count == 1)
  }
}
