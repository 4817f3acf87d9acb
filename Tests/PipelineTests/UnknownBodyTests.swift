import Access
import Foundation
import Ledger
import Testing
import Timelines

// Bodies that are cut or left out, and Bastion's sessions.
extension `What nobody has confirmed` {
  /// What an export may do to a body that is too long for it.
  enum Loss: CaseIterable {
    case none, cut, cutToNothing, leftOut, marked

    func apply(_ body: String) -> String? {
      switch self {
      case .none: body
      case .cut: String(body.dropLast(9))
      case .cutToNothing: ""
      case .leftOut: nil
      case .marked: body.prefix(40) + "...(truncated)"
      }
    }

    var isRejected: Bool { self == .cut || self == .marked }
  }

  @Test(arguments: Loss.allCases, Loss.allCases)
  func `is whether long bodies are cut or left out`(asked: Loss, answered: Loss) throws {
    let told = try ToldLedger([
      HubRecord.write("09:00:00", []), HubRecord.write("10:00:08", [HubRecord.rule()]),
      HubRecord.write("11:00:30", []),
      HubRecord.ask("Start", "10:00:00", asked: asked.apply(HubRecord.asked("vm1:3389"))),
      HubRecord.ask("Accept", "10:00:02", answered: answered.apply(HubRecord.answered("vm1:3389"))),
    ])
    let isNamed = asked == .none || answered == .none
    #expect(told.outcomes == ["granted vm1:3389" + (isNamed ? "" : "?")])
    let begin = answered == .none ? "10:00:02" : asked == .none ? "10:00:00" : "10:00:08"
    #expect(told.states == ["vm1:3389 from \(begin) closed 11:00:30 evidence"])
    let rejected = [asked, answered].count { $0.isRejected }
    #expect(told.counts.rejectedBodies == rejected && told.counts.rejected == 0)
    #expect(told.counts.evidence == 5)
    var kinds: [RejectedInput.Kind] = []
    try told.reader.forEachReject {
      kinds.append($0.input.kind)
      return true
    }
    #expect(kinds == Array(repeating: .body, count: rejected))
  }

  @Test(arguments: Loss.allCases)
  func `is that of the rules of a large group too`(loss: Loss) throws {
    func write(_ clock: String, _ rules: [[String: Any]]) -> HubRecord {
      HubRecord.write(clock, rules).with { record in
        let body = record.properties["requestbody"] as? String ?? ""
        record.properties["requestbody"] = loss.apply(body)
      }
    }
    let told = try ToldLedger([
      HubRecord.write("09:00:00", []),
      HubRecord.ask("Start", "10:00:00", asked: HubRecord.asked("vm1:3389")),
      HubRecord.write("10:00:08", [HubRecord.rule()]), write("11:00:30", []),
    ])
    // Defender's write at the end is taken for the removal, until one with a body says otherwise.
    let by = loss == .none ? "evidence" : "presumed"
    #expect(told.states == ["vm1:3389 from 10:00:00 closed 11:00:30 \(by)"])
    let blind = try ToldLedger([
      write("09:00:00", []), HubRecord.ask("Start", "10:00:00", asked: HubRecord.asked("vm1:3389")),
      HubRecord.ask("Accept", "10:00:02"), write("10:00:08", [HubRecord.rule()]),
      write("11:00:30", []),
    ])
    let end = loss == .none ? "closed 11:00:30 evidence" : "expired 11:00:00 presumed"
    #expect(blind.outcomes == [(loss == .none ? "granted" : "accepted") + " vm1:3389"])
    #expect(blind.states == ["vm1:3389 from 10:00:00 \(end)"])
    #expect(blind.counts.rejectedBodies == (loss.isRejected ? 3 : 0))
  }

  @Test(arguments: [#"{"requestbody":"{\"virtualMach"#, "", "[]"])
  func `is whether properties are cut as a whole`(properties: String) throws {
    let told = try ToldLedger([
      HubRecord.ask("Start", "10:00:00").with { $0.fields["properties"] = properties },
      HubRecord.ask("Accept", "10:00:02", answered: HubRecord.answered("vm1:3389")),
    ])
    #expect(told.outcomes == ["accepted vm1:3389"])
    #expect(told.states == ["vm1:3389 from 10:00:02 expired 11:00:02 presumed"])
    #expect(told.counts.rejectedBodies == (properties.isEmpty ? 0 : 1))
  }

  /// A record of Bastion's with more in its properties.
  private func session(
    _ clock: String, _ message: String?, _ more: [String: Any] = [:],
    _ operation: String = "Microsoft.Network/BastionHost/connect"
  ) -> HubRecord {
    let host = HubRecord.network + "bastionHosts/b"
    return HubRecord(operation, on: host, "", clock).with { record in
      for key in ["resultType", "correlationId", "durationMs"] { record.fields[key] = nil }
      record.fields["operationName"] = operation
      record.fields["category"] = "BastionAuditLogs"
      record.properties = [
        "userName": "azureuser", "userEmail": HubRecord.user, "protocol": "ssh",
        "clientIpAddress": "203.0.113.10", "targetResourceId": HubRecord.vm().uppercased(),
        "tunnelId": "t1",
      ]
      record.properties["message"] = message
      record.properties.merge(more) { _, new in new }
    }
  }

  private func sessions(_ records: [HubRecord]) throws -> [String] {
    let told = try ToldLedger(records)
    #expect(told.counts.evidence == records.count && told.requests.isEmpty)
    let span = ToldLedger.time("00:00:00")...ToldLedger.time("12:00:00")
    return try told.reader.sessions(of: ResourceID(HubRecord.vm()), during: span).map {
      let until = $0.until.map { String($0.description.dropFirst(11).dropLast()) } ?? "-"
      return "\($0.since.description.dropFirst(11).dropLast())/\(until) \($0.login ?? "-")"
    }
  }

  @Test(
    arguments: [
      [:], ["sessionStartTime": "2026-08-12T10:00:00Z"], ["sessionStartTime": 1_786_528_800],
      ["sessionStartTime": "", "duration": ""], ["duration": 0], ["duration": "0"],
      ["duration": "00:00:00"], ["duration": NoValue()],
    ] as [[String: any Sendable]])
  func `is what the beginning of a Bastion session says of its times`(
    more: [String: any Sendable]
  ) throws {
    let values = more.mapValues { ($0 is NoValue ? NoValue.null : $0) as Any }
    let begin = session("10:00:00", "Successfully Connected.", values)
    #expect(try sessions([begin]) == ["10:00:00/- azureuser"])
    let end = session("10:40:00", "Disconnected.")
    #expect(try sessions([begin, end]) == ["10:00:00/10:40:00 azureuser"])
  }

  @Test(
    arguments: [
      ["duration": 2400], ["duration": "2400"], ["duration": "00:40:00"], ["duration": "PT40M"],
      ["duration": 2400.5], ["durationMs": "2400000"], ["sessionDuration": 2400],
      ["duration": 2400, "sessionStartTime": "2026-08-12T10:00:00Z"],
      ["duration": "2400", "sessionStartTime": 1_786_528_800],
    ] as [[String: any Sendable]])
  func `is what the end of a Bastion session looks like`(more: [String: any Sendable]) throws {
    let begin = session("10:00:00", "Successfully Connected.")
    for message in ["Successfully Connected.", "Session over", "Disconnected", nil] {
      let end = session("10:40:00", message, more)
      #expect(try sessions([begin, end]) == ["10:00:00/10:40:00 azureuser"])
    }
  }

  @Test(arguments: [
    ("Disconnected.", "connect"), ("Session closed", "connect"), ("Tunnel ended", "connect"),
    ("Successfully Disconnected.", "disconnect"), ("", "disconnect"), (nil, "disconnect"),
  ])
  func `is that also without a duration`(message: String?, verb: String) throws {
    let begin = session("10:00:00", "Successfully Connected.")
    let end = session("10:40:00", message, [:], "Microsoft.Network/BastionHost/\(verb)")
    #expect(try sessions([begin, end]) == ["10:00:00/10:40:00 azureuser"])
  }

  @Test func `may be that no record tells of an end`() throws {
    let begin = session("10:00:00", "Successfully Connected.")
    let told = try ToldLedger([begin])
    let instant = ToldLedger.time("12:00:00")
    let open = try told.reader.sessions(
      of: ResourceID(HubRecord.vm()), during: instant...instant)
    #expect(open.map(\.presumedUntil) == [ToldLedger.time("22:00:00")])
  }
}

/// JSON's null, in tables of arguments.
struct NoValue: Sendable {
  static var null: Any { NSNull() }
}
