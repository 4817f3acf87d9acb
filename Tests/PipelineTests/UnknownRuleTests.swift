import Access
import Foundation
import Testing
import Timelines

/// How Defender may shut a port when a window ends.
enum Expiry: CaseIterable {
  case wholeWrite, bareWrite, unnamedRules, ruleDeletion, allPhases, ofTheCall

  func records(_ clock: String, by app: String?) -> [HubRecord] {
    let write = HubRecord.write(clock, [HubRecord.deny], by: app)
    switch self {
    case .wholeWrite: return [write]
    case .bareWrite: return [HubRecord.write(clock, nil, by: app)]
    case .unnamedRules:
      return [write.with { $0.properties["requestbody"] = #"{"location":"westeurope"}"# }]
    case .ruleDeletion: return [HubRecord.deletion(clock, of: HubRecord.name.uppercased(), by: app)]
    case .allPhases:
      // The body in the answer, the caller in the first record only.
      let body = write.properties["requestbody"]
      return [
        write.with { $0.properties = [:] },
        write.with { record in
          record.fields["resultType"] = "Success"
          record.fields["identity"] = nil
          record.fields["time"] = "2026-08-12T11:20:00Z"
          record.properties = ["responseBody": body as Any]
        },
      ]
    case .ofTheCall: return [write.with { $0.fields["correlationId"] = "ask" }]
    }
  }

  var isTold: Bool { self != .bareWrite && self != .unnamedRules }
}

// Rules: how they are named and how they end.
extension `What nobody has confirmed` {
  static let other = "00000000-0000-4000-8000-000000000002"

  /// A request that Defender, or another app, opened with a rule.
  func opened(
    _ rules: [[String: Any]] = [HubRecord.rule(), HubRecord.deny],
    by app: String? = HubRecord.defender
  ) -> [HubRecord] {
    [
      HubRecord.write("09:00:00", [HubRecord.deny], by: app),
      HubRecord.ask("Start", "10:00:00", asked: HubRecord.asked("vm1:3389")),
      HubRecord.ask("Accept", "10:00:02", answered: HubRecord.answered("vm1:3389")),
      HubRecord.write("10:00:08", rules, by: app),
    ]
  }

  @Test(arguments: Expiry.allCases, [HubRecord.defender, Self.other, nil])
  func `is how the record of an expiry looks, and whose it is`(
    expiry: Expiry, app: String?
  ) throws {
    let told = try ToldLedger(opened() + expiry.records("11:00:30", by: app))
    // A write without rules is probably the end when it is Defender's, and means nothing else.
    let state =
      expiry.isTold
      ? "closed 11:00:30 evidence"
      : app == HubRecord.defender ? "closed 11:00:30 presumed" : "overdue"
    #expect(told.states == ["vm1:3389 from 10:00:02 \(state)"])
    #expect(told.outcomes == ["granted vm1:3389"] && told.counts.rejectedBodies == 0)
  }

  @Test(arguments: [
    ("10:40:00", "revoked 10:40:00 evidence", "overdue"),
    ("10:59:10", "closed 10:59:10 evidence", "closed 10:59:10 presumed"),
    ("11:00:02", "closed 11:00:02 evidence", "closed 11:00:02 presumed"),
    ("11:15:02", "closed 11:15:02 evidence", "closed 11:15:02 presumed"),
    ("11:40:00", "closed 11:40:00 evidence", "overdue"),
  ])
  func `is how long after the end it comes`(clock: String, told: String, bare: String) throws {
    for expiry in Expiry.allCases where expiry != .allPhases {
      let ledger = try ToldLedger(opened() + expiry.records(clock, by: HubRecord.defender))
      #expect(ledger.states == ["vm1:3389 from 10:00:02 \(expiry.isTold ? told : bare)"])
    }
  }

  @Test(arguments: [(false, "closed 11:00:30 presumed"), (true, "overdue")])
  func `is what a write without rules meant, until a later one tells`(
    isThere: Bool, state: String
  ) throws {
    let rules = (isThere ? [HubRecord.rule()] : []) + [HubRecord.deny]
    let told = try ToldLedger(
      opened() + Expiry.bareWrite.records("11:00:30", by: HubRecord.defender)
        + [HubRecord.write("11:30:00", rules)])
    #expect(told.states == ["vm1:3389 from 10:00:02 \(state)"])
  }

  @Test(arguments: Expiry.allCases)
  func `is which app Defender writes by, which is a setting`(expiry: Expiry) throws {
    let records = opened(by: Self.other) + expiry.records("11:00:30", by: Self.other)
    let unset = try ToldLedger(records)
    #expect(unset.outcomes == ["accepted vm1:3389"])
    #expect(unset.states == ["vm1:3389 from 10:00:02 expired 11:00:02 presumed"])
    let set = try ToldLedger(records, books: BooksSettings(defender: [Self.other]))
    #expect(set.outcomes == ["granted vm1:3389"])
    let by = expiry.isTold ? "evidence" : "presumed"
    #expect(set.states == ["vm1:3389 from 10:00:02 closed 11:00:30 \(by)"])
  }

  /// A write of a firewall with one collection of rules, or of that collection.
  private func firewallWrite(
    _ clock: String, _ name: String, isWhole: Bool, _ rules: [[String: Any]]
  ) -> HubRecord {
    let collection: [String: Any] = [
      "name": name, "properties": ["action": ["type": "Dnat"], "rules": rules] as [String: Any],
    ]
    let operation = isWhole ? "write" : "natRuleCollections/write"
    let firewall = HubRecord.network + "azureFirewalls/fw1"
    let place = isWhole ? firewall : "\(firewall)/natRuleCollections/\(name)"
    return HubRecord("Microsoft.Network/azureFirewalls/\(operation)", on: place, "Start", clock)
      .with { record in
        record.fields["identity"] = ["claims": ["appid": HubRecord.defender]]
        let whole: [String: Any] = ["properties": ["natRuleCollections": [collection]]]
        record.properties["requestbody"] = HubRecord.json(isWhole ? whole : collection)
      }
  }

  @Test(
    arguments: ["ASC-JIT", "MDC-JIT", "asc-jit-1170687618", "MDC-JIT_vm1-3389"], [true, false])
  func `is how rules of a firewall are named`(name: String, isWhole: Bool) throws {
    let rule: [String: Any] = [
      "name": name, "description": HubRecord.description(), "protocols": ["TCP"],
      "sourceAddresses": ["203.0.113.10"], "destinationAddresses": ["198.51.100.4"],
      "destinationPorts": ["3389"], "translatedAddress": "10.0.0.4", "translatedPort": "3389",
    ]
    let told = try ToldLedger(
      Array(opened()[1...2])
        + [
          firewallWrite("09:00:00", name, isWhole: isWhole, []),
          firewallWrite("10:00:08", name, isWhole: isWhole, [rule]),
          firewallWrite("11:00:30", name, isWhole: isWhole, []).with { record in
            let operation = "MICROSOFT.NETWORK/AZUREFIREWALLS/NATRULECOLLECTIONS/DELETE"
            if !isWhole { record.fields["operationName"] = operation }
          },
        ])
    // On the timeline, and nothing else: it opens no window.
    #expect(told.counts.evidence == 5 && told.counts.rejectedBodies == 0)
    #expect(told.outcomes == ["accepted vm1:3389"])
    #expect(told.states == ["vm1:3389 from 10:00:02 expired 11:00:02 presumed"])
    let lines = try told.lines().filter { [.ruleWritten, .ruleDeleted].contains($0.kind) }
    #expect(lines.map(\.kind) == [.ruleWritten, .ruleDeleted])
    #expect(lines.allSatisfy { $0.text.lowercased().contains("firewall fw1") })
  }

  @Test(
    arguments: ["SecurityCenter", "MicrosoftDefenderForCloud", "MICROSOFTDEFENDERFORCLOUD"],
    ["-", "_"])
  func `is how the rules that open are named`(brand: String, separator: String) throws {
    let texts = [
      HubRecord.description(brand: "ASC"), HubRecord.description(brand: "MDC"),
      "MDC JIT Network Access rule for policy 'default' of VM 'vm1'.",
      "Rule of Defender for policy 'Default' of VM 'VM1'",
    ]
    let integers = ["1170687618", "-1105480617", "0", "-2147483648"]
    for (integer, text) in zip(integers, texts) {
      let name =
        "\(brand)-JITRule\(separator)\(integer)\(separator)8C18BF8921F041989344B4F1E3A0C370"
      let rules = [HubRecord.rule(name, text: text), HubRecord.deny]
      let told = try ToldLedger(opened(rules) + [HubRecord.write("11:00:30", [HubRecord.deny])])
      #expect(told.outcomes == ["granted vm1:3389"], "\(name) \(text)")
      #expect(told.states == ["vm1:3389 from 10:00:02 closed 11:00:30 evidence"], "\(name)")
    }
  }

  @Test(arguments: [nil, "", "Managed by Microsoft.", "JIT rule of VM 'vm1'."])
  func `is whether their text names a VM, without which they open nothing`(text: String?) throws {
    let rules = [HubRecord.rule(text: text), HubRecord.deny]
    let told = try ToldLedger(opened(rules) + [HubRecord.write("11:00:30", [HubRecord.deny])])
    #expect(told.outcomes == ["accepted vm1:3389"])
    #expect(told.states == ["vm1:3389 from 10:00:02 expired 11:00:02 presumed"])
    // They are told on the VMs of which the group has held rules.
    let lines = try told.lines().filter { $0.text.contains(HubRecord.name) }
    #expect(lines.map(\.kind) == [.ruleWritten, .ruleDeleted])
  }

  /// What the integer in a rule's name depends on.
  enum Integer: CaseIterable {
    case alwaysTheSame, ofTheVM, ofThePort, ofTheRule
  }

  @Test(arguments: Integer.allCases)
  func `is what the integer in their names means`(integer: Integer) throws {
    let places = [("vm1", 22), ("vm1", 3389), ("vm2", 22), ("vm2", 3389)]
    let rules = places.enumerated().map { number, place in
      let value =
        switch integer {
        case .alwaysTheSame: 7
        case .ofTheVM: place.0 == "vm1" ? 7 : -8
        case .ofThePort: place.1
        case .ofTheRule: number
        }
      let hex = String(repeating: "\(number)", count: 32)
      return HubRecord.rule(
        "MicrosoftDefenderForCloud-JITRule-\(value)-\(hex)", text: HubRecord.description(place.0),
        port: place.1, to: place.0 == "vm1" ? "10.0.0.4" : "10.0.0.5")
    }
    let asked = HubRecord.asked("vm1:22", "vm1:3389", "vm2:22", "vm2:3389")
    let told = try ToldLedger([
      HubRecord.write("09:00:00", []), HubRecord.ask("Start", "10:00:00", asked: asked),
      HubRecord.write("10:00:08", rules), HubRecord.write("11:00:30", Array(rules[1...2])),
      HubRecord.write("11:05:00", [rules[1]]), HubRecord.write("11:06:00", []),
    ])
    #expect(told.outcomes == ["granted vm1:22 vm1:3389 vm2:22 vm2:3389"])
    #expect(
      told.states == [
        "vm1:22 from 10:00:00 closed 11:00:30 evidence",
        "vm1:3389 from 10:00:00 closed 11:06:00 evidence",
        "vm2:22 from 10:00:00 closed 11:05:00 evidence",
        "vm2:3389 from 10:00:00 closed 11:00:30 evidence",
      ])
    #expect(told.windows.allSatisfy { $0.openings.count == 1 })
  }
}
