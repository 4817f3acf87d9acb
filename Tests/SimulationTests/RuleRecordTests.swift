import Access
import Contract
import Foundation
import Testing

@testable import Simulation

@Suite struct `Records of rules and what surrounds them` {
  private static let log = try? Log {
    $0.records = 3000
    $0.jitShare = 1
  }

  private func records(of operation: String) throws -> [[String: Any]] {
    try #require(Self.log).records().filter {
      ($0["operationName"] as? String)?.lowercased().hasSuffix(operation) ?? false
    }
  }

  private func rules(in record: [String: Any]) throws -> [[String: Any]] {
    let body = try Log.body(of: record)
    let properties = body?["properties"] as? [String: Any]
    return properties?["securityRules"] as? [[String: Any]] ?? []
  }

  @Test func `write whole groups by Defender for Cloud's application and by people`() throws {
    let records = try records(of: "networksecuritygroups/write")
    var authors: [Bool: Int] = [:]
    for record in records {
      let identity = try #require(record["identity"] as? [String: Any])
      let claims = try #require(identity["claims"] as? [String: String])
      authors[claims["appid"] == "8edd93e1-2103-40b4-bd70-6e34e586362d", default: 0] += 1
    }
    #expect(authors[true] ?? 0 > 100)
    #expect(authors[false] ?? 0 > 0)
  }

  @Test func `name grants and denials as Defender for Cloud does, in both brands`() throws {
    let name = try Regex(
      "(SecurityCenter|MicrosoftDefenderForCloud)-JITRule([-_])(-?[0-9]{1,10})[-_]([0-9A-F]{32})")
    var seen: Set<String> = []
    for record in try records(of: "networksecuritygroups/write") {
      for rule in try rules(in: record) {
        let properties = try #require(rule["properties"] as? [String: Any])
        let access = try #require(properties["access"] as? String)
        #expect(properties["priority"] is Int)
        #expect(properties["direction"] is String)
        guard let text = rule["name"] as? String, text.contains("JITRule") else {
          seen.insert("own")
          continue
        }
        #expect(text.wholeMatch(of: name) != nil, "\(text)")
        seen.insert("\(text.prefix(3)) \(access)")
        let description = try #require(properties["description"] as? String)
        #expect(description.contains("for policy 'default' of VM '"))
        #expect(description.contains("initiation request") == (access == "Allow"))
      }
    }
    #expect(seen == ["own", "Sec Allow", "Sec Deny", "Mic Allow", "Mic Deny"])
  }

  @Test func `open a door in a write and shut it in a write, a deletion, or unseen`() throws {
    let log = try #require(Self.log)
    var ways: Set<String> = []
    for door in log.story.doors {
      for place in door.shuttings.indices {
        let deed = log.story.deeds[door.shuttings[place]]
        if door.isPresumed {
          #expect(!deed.showsRules)
          ways.insert("unseen")
        } else if deed.isWhole {
          #expect(!deed.snapshot.contains(Int32(door.rules[place])))
          ways.insert("written")
        } else {
          #expect(
            deed.kind == .deleteRule(group: door.groups[place], rule: door.rules[place]))
          ways.insert("deleted")
        }
      }
      for place in door.openings.indices {
        #expect(
          log.story.deeds[door.openings[place]].snapshot.contains(Int32(door.rules[place])))
      }
    }
    #expect(ways == ["unseen", "written", "deleted"])
    #expect(log.story.doors.contains { $0.groups.count == 2 })
    #expect(log.story.doors.contains { $0.shuttings.isEmpty })
  }

  @Test func `never have two calls about one group at one instant`() throws {
    let log = try #require(Self.log)
    let told = log.story.deeds.compactMap { deed in deed.group.map { "\($0) \(deed.at)" } }
    #expect(told.count == Set(told).count)
  }

  @Test func `list a policy's VMs with ports and longest times`() throws {
    let records = try records(of: "jitnetworkaccesspolicies/write")
    #expect(records.count > 20)
    for record in records {
      let body = try #require(try Log.body(of: record))
      let properties = try #require(body["properties"] as? [String: Any])
      let machines = try #require(properties["virtualMachines"] as? [[String: Any]])
      #expect(!machines.isEmpty)
      for machine in machines {
        let ports = try #require(machine["ports"] as? [[String: Any]])
        for port in ports {
          #expect(port["number"] is Int)
          let maximum = try #require(port["maxRequestAccessDuration"] as? String)
          #expect(["PT3H", "PT8H", "PT12H", "P1D"].contains(maximum))
        }
      }
    }
  }

  @Test func `tell of sessions with a tunnel, a VM and milliseconds`() throws {
    let records = try records(of: "bastionhost/connect")
    var messages: Set<String> = []
    for record in records {
      #expect(record["category"] as? String == "BastionAuditLogs")
      #expect((record["time"] as? String)?.utf8.count == 24)
      let properties = try #require(record["properties"] as? [String: Any])
      let message = try #require(properties["message"] as? String)
      messages.insert(message)
      #expect((properties["tunnelId"] == nil) == (message == "Login Failed"))
      #expect((properties["duration"] == nil) == (message != "Session Disconnected."))
      let vm = try #require(properties["targetResourceId"] as? String)
      #expect(vm == vm.uppercased())
    }
    #expect(messages == ["Successfully Connected.", "Session Disconnected.", "Login Failed"])
  }

  @Test(arguments: [
    "/runcommand/action", "/serialports/connect/action", "/extensions/write",
    "diagnosticsettings/write", "diagnosticsettings/delete", "/securityrules/write",
    "/securityrules/delete",
  ])
  func `tell of ways around, of the feed and of single rules`(operation: String) throws {
    #expect(try !records(of: operation).isEmpty)
  }
}

@Suite struct `A log in which one thing grows` {
  @Test func `chains the windows of one VM without a gap`() throws {
    let log = try Log(Story(growing: .chain, count: 20))
    var states: [String] = []
    Truth(of: log.story, written: log.totals).forEachRow { row in
      guard row["row"] == .text("window"), case .object(let value)? = row["value"] else { return }
      states.append(value["state"]?.shownText ?? "")
    }
    #expect(states == Array(repeating: "superseded", count: 19) + ["closed"])
    #expect(log.story.doors.count == 20)
  }

  @Test func `writes one group of 200 rules, one of them new each time`() throws {
    let log = try Log(Story(growing: .rules, count: 120))
    let writes = log.story.deeds.filter(\.isWhole)
    #expect(writes.count == 120)
    #expect(writes.allSatisfy { Set($0.snapshot).count == 200 })
    for (one, next) in zip(writes, writes.dropFirst()) {
      #expect(Set(next.snapshot).subtracting(one.snapshot).count == 1)
    }
  }

  @Test func `asks on one policy, every fifth time without a body`() throws {
    let log = try Log(Story(growing: .policy, count: 50))
    #expect(log.story.calls.count == 50)
    #expect(Set(log.story.calls.map(\.policy)) == [0])
    #expect(log.story.calls.count { !$0.showsRequest && !$0.showsAnswer } == 10)
    #expect(log.story.doors.count == 50)
    #expect(log.totals.records == log.totals.jitRecords)
  }
}
