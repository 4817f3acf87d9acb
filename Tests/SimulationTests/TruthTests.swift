import Access
import Contract
import Foundation
import Testing

@testable import Simulation

@Suite struct `The truth of a story` {
  private static let log = try? Log {
    $0.records = 6000
    $0.jitShare = 0.5
  }

  private func log() throws -> Log { try #require(Self.log) }

  private func rows(_ log: Log) -> [ContractRow] {
    var rows: [ContractRow] = []
    Truth(of: log.story, written: log.totals).forEachRow { rows.append($0) }
    return rows
  }

  private func values(_ kind: String, in rows: [ContractRow]) -> [ContractRow] {
    rows.compactMap { row in
      guard row["row"] == .text(kind), case .object(let value)? = row["value"] else { return nil }
      return value
    }
  }

  @Test func `begins with the whole log and has rows of every kind`() throws {
    let log = try log()
    let rows = rows(log)
    #expect(rows.first?["row"] == .text("truth"))
    #expect(rows.first?["at"] == .instant(log.story.newest))
    let kinds = Set(rows.compactMap { $0["row"]?.shownText })
    #expect(kinds == ["truth", "request", "window", "anomaly", "timeline", "who"])
    #expect(values("truth", in: rows)[0]["records"] == .number(6000))
  }

  @Test func `has the keys of the contract but for evidence and text`() throws {
    let rows = rows(try log())
    let left: Set = ["evidence", "text"]
    for (kind, contract) in [
      ("request", RowKind.requests), ("window", .windows), ("timeline", .timeline),
    ] {
      let expected = contract.keys.filter { !left.contains($0) }
      let found = values(kind, in: rows)
      #expect(!found.isEmpty)
      #expect(found.allSatisfy { $0.keys == expected })
    }
    let anomalies = values("anomaly", in: rows)
    #expect(anomalies.allSatisfy { $0.keys == ["rule", "vms", "actor", "occurredAt"] })
  }

  @Test func `has several anomalies of each rule`() throws {
    let log = try Log {
      $0.records = 100_000
      $0.jitShare = 0.005
    }
    let counts = Truth(of: log.story, written: log.totals).anomalyCounts
    let rules = [
      "off-hours", "repeated-requests", "wide-source", "critical-vm", "long-duration",
      "refused-requests",
    ]
    #expect(Set(counts.keys) == Set(rules))
    for rule in rules { #expect(counts[rule] ?? 0 >= 3, "\(rule)") }
  }

  @Test func `has every outcome, every state and every kind of bodies`() throws {
    let rows = rows(try log())
    let requests = values("request", in: rows)
    #expect(
      Set(requests.compactMap { $0["outcome"]?.shownText })
        == ["granted", "accepted", "refused", "unknown", "pending"])
    let states = Set(values("window", in: rows).compactMap { $0["state"]?.shownText })
    #expect(
      states.isSuperset(of: [
        "pending", "open", "superseded", "expired", "closed", "revoked", "overdue",
      ]))
    #expect(requests.contains { $0["grants"] == .list([]) })
    #expect(requests.contains { $0["sourceAddress"] == .null })
    let ids = requests.compactMap { $0["id"]?.shownText }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.utf8.count == 64 })
  }

  @Test func `tells of every kind of line and of reach`() throws {
    let rows = rows(try log())
    let kinds = Set(values("timeline", in: rows).compactMap { $0["kind"]?.shownText })
    #expect(
      kinds.subtracting(["policy-deleted"]) == [
        "requested", "accepted", "refused", "opened", "closed", "expired", "overdue", "superseded",
        "revoked", "session-opened", "session-refused", "session-closed", "policy-written",
        "rule-written", "rule-deleted", "bypass", "failed",
      ])
    let who = values("who", in: rows)
    #expect(Set(who.compactMap { $0["kind"]?.shownText }) == ["window", "rule", "session"])
    #expect(Set(who.compactMap { $0["basis"]?.shownText }) == ["rule", "request"])
  }

  @Test func `calls a grant without a request a rule of Defender for Cloud`() throws {
    let story = try log().story
    let chronicle = Chronicle(story)
    let (rule, machine) = try #require(story.book.strays.min { $0.key < $1.key })
    let hold = try #require(story.book.holds.first { $0.contents[0].rule == rule })
    let begin = try #require(hold.from)
    func row(at instant: EventTime) -> ContractRow? {
      chronicle.whoRows(machine: machine, at: instant)
        .first { $0["name"] == .text(story.book.rules[rule].name) }
    }
    #expect(row(at: begin)?["jit"] == .bool(true))
    #expect(row(at: begin)?["since"] == .instant(begin))
    #expect(row(at: begin - TimeSpan(ticks: 1)) == nil)
  }

  @Test func `agrees with itself`() throws {
    let rows = rows(try log())
    let requests = values("request", in: rows)
    let windows = values("window", in: rows)
    let timeline = values("timeline", in: rows)
    var granted = 0
    for window in windows {
      let request = try #require(requests.first { $0["id"] == window["request"] })
      guard case .list(let grants)? = request["grants"] else { continue }
      let own = grants.compactMap { grant -> ContractRow? in
        guard case .object(let row) = grant else { return nil }
        return row["vm"] == window["vm"] && row["port"] == window["port"] ? row : nil
      }
      let grant = try #require(own.first)
      #expect(own.count == 1)
      let isGranted = grant["outcome"] == .text("granted")
      if isGranted { granted += 1 }
      if window["state"] == .text("expired") { #expect(!isGranted) }
      if ["closed", "revoked", "overdue"].contains(window["state"]?.shownText) {
        #expect(isGranted)
      }
      #expect(
        timeline.contains {
          $0["kind"] == .text("opened") && $0["vm"] == window["vm"]
            && $0["at"] == window["opensAt"] && $0["port"] == window["port"]
        } || window["state"] == .text("pending"))
    }
    // Most requests that are not refused come to something, and not all.
    #expect(granted * 10 > windows.count * 4)
    #expect(granted < windows.count)
    for row in values("who", in: rows) where row["kind"] == .text("window") {
      #expect(windows.contains { $0["request"] == row["request"] && $0["vm"] == row["vm"] })
    }
  }

  @Test func `leaves only rules and notes to tell of requests where no body is exported`() throws {
    let log = try Log {
      $0.records = 3000
      $0.jitShare = 0.5
      $0.hasBodies = false
    }
    for record in try log.records() where Log.isInitiate(record) {
      #expect(try Log.body(of: record) == nil)
    }
    let windows = values("window", in: rows(log))
    #expect(windows.count > 100)
    #expect(windows.allSatisfy { $0["inferred"] == .bool(true) && $0["endsAt"] == .null })
    let states = Set(windows.compactMap { $0["state"]?.shownText })
    #expect(states.isSuperset(of: ["closed", "overdue", "superseded"]))
    #expect(states.isDisjoint(with: ["pending", "closing", "revoked"]))
  }

  @Test func `makes ids of correlation id, policy, date and number`() throws {
    let rows = rows(try log())
    let first = try #require(values("request", in: rows).first)
    let parts = [first["correlationId"], first["policy"]].compactMap { $0?.json }
    let date = try #require(first["requestedAt"]?.shownText?.prefix(10))
    var json = CanonicalJSON()
    json.openArray()
    for part in parts { json.value(String(part.dropFirst().dropLast())) }
    json.value(String(date))
    json.value(1)
    json.closeArray()
    var hash = ResultHash()
    hash.add(json.bytes)
    let id = hash.finish()
    #expect(first["id"] == .text(id))
    #expect(
      String(decoding: json.bytes, as: UTF8.self) == "[\(parts[0]),\(parts[1]),\"\(date)\",1]")
  }

  @Test func `is the same for the same seed`() throws {
    let log = try log()
    #expect(rows(log).map(\.json) == rows(try Log(log.story)).map(\.json))
  }

  @Test(arguments: [
    ("*", true), ("Internet", true), ("0.0.0.0/0", true), ("10.0.0.0/23", true), ("::/0", true),
    ("2001:db8::/63", true), ("10.0.0.0/24", false), ("2001:db8::/64", false), ("10.0.0.1", false),
    ("AzureCloud", false),
  ])
  func `calls what is wider than a small network wide`(source: String, wide: Bool) {
    #expect(AnomalySearch.isWide(source) == wide)
  }
}

@Suite struct `A zone of the story` {
  @Test(arguments: Zone.allCases)
  func `agrees with the zone database`(zone: Zone) throws {
    let known = try #require(TimeZone(identifier: zone.rawValue))
    // Every six hours over two years, and so both sides of each change of the clock.
    for step in 0..<2920 {
      let instant = EventTime(seconds: 1_750_000_000 + Int64(step) * 21_600)
      let date = Date(timeIntervalSince1970: Double(instant.seconds))
      #expect(zone.offset(at: instant) == Int64(known.secondsFromGMT(for: date)))
    }
  }
}
