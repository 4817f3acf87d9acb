import Access
import Foundation
import Testing

@testable import AccessDecoding

@Suite struct `A file of policies` {
  static let port =
    #"{"number":22,"protocol":"*","allowedSourceAddressPrefix":"*","maxRequestAccessDuration":"PT3H"}"#
  static let arm =
    #"{"kind":"Basic","properties":{"virtualMachines":[{"id":\#(Fixture.vm.quoted),"#
    + #""ports":[\#(port)]}],"requests":[],"provisioningState":"Succeeded"},"#
    + #""id":\#(Fixture.policy.quoted),"name":"default"}"#
  static let azure =
    #"{"id":\#(Fixture.policy.quoted),"kind":"Basic","requests":null,"virtualMachines":[{"#
    + #""id":\#(Fixture.vm.quoted),"ports":[\#(port)],"publicIpAddress":null}]}"#
  static let shell =
    #"{"Id":\#(Fixture.policy.quoted),"Name":"default","VirtualMachines":[{"#
    + #""Id":\#(Fixture.vm.quoted),"Ports":[{"AllowedSourceAddressPrefix":"*","#
    + #""AllowedSourceAddressPrefixes":null,"MaxRequestAccessDuration":{"Ticks":108000000000},"#
    + #""Number":22,"Protocol":"*"}]}]}"#

  static let forms: [(String, Int)] = [
    (arm, 1), (azure, 1), (shell, 1), ("[\(arm),\(azure)]", 2),
    (#"{"value":[\#(arm)],"nextLink":null}"#, 1),
    (#"{"value":[\#(shell),\#(shell)],"Count":2}"#, 2),
    (#"[{"value":[\#(arm)]},{"value":[\#(azure)]}]"#, 2), ("[]", 0), (#"{"value":[]}"#, 0),
    ("\u{FEFF}" + arm, 1),
  ]

  @Test(arguments: forms)
  func `has one piece of evidence for each`(text: String, count: Int) throws {
    let records = try PolicyFileReader.read(Array(text.utf8))
    #expect(records.count == count)
    let vm = ResourceID(Fixture.vm)
    var place = 0
    for record in records {
      var expected = Evidence(
        kind: .policyObserved, occurredAt: .epoch, operation: "policyobserved", phase: .other,
        resource: ResourceID(Fixture.policy), correlationID: "")
      expected.answeredPolicy = PolicyBody(
        vms: [vm],
        ports: [
          PolicyBody.Port(
            vm: vm, number: 22, protocolName: "*", sources: ["*"], maximum: .hours(3))
        ])
      #expect(record.evidence == [expected])
      #expect(record.offset >= place)
      place = record.offset + record.raw.count
      if text.first == "{" || text.first == "[" {
        #expect(record.raw == Array(Array(text.utf8)[record.offset..<place]))
      }
    }
  }

  @Test func `is as of the instant that is given`() throws {
    let instant = try #require(EventTime(rfc3339: "2026-08-01T00:00:00Z"))
    let records = try PolicyFileReader.read(Array(Self.arm.utf8), asOf: instant)
    #expect(records[0].evidence[0].occurredAt == instant)
  }

  @Test func `may be in UTF-16, as older shells write it`() throws {
    let units = Self.shell.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let records = try PolicyFileReader.read([0xFF, 0xFE] + units)
    #expect(records.count == 1 && records[0].raw == Array(Self.shell.utf8))
  }

  static let wrong: [(String, String)] = [
    ("", "The file is not JSON"), ("policies", "The file is not JSON"),
    ("42", "something that is no policy"), ("[null]", "something that is no policy"),
    ("[[[[[\(arm)]]]]]", "something that is no policy"),
    ("{}", "Policy 1 cannot be used: it has no id"),
    ("[\(arm),{\"id\":7}]", "Policy 2 cannot be used: it has no id"),
    (#"{"id":"/subscriptions/1"}"#, "'/subscriptions/1' is no id of a JIT policy"),
    (#"{"id":\#(Fixture.policy.quoted)}"#, "no list of virtual machines"),
    (#"{"id":\#(Fixture.policy.quoted),"virtualMachines":[{"id":"x","ports":"…"}]}"#, "no list"),
  ]

  @Test(arguments: wrong)
  func `is refused as a whole with the reason`(text: String, reason: String) {
    #expect {
      try PolicyFileReader.read(Array(text.utf8))
    } throws: { error in
      "\(error)".contains(reason) && "\(error)".hasSuffix(".")
    }
  }

  static let folder = ProcessInfo.processInfo.environment["SAMPLES_DIR"]
  static let files: [(path: String, count: Int)] = [
    ("azure-rest-api-specs-jit/2020-01-01/GetJitNetworkAccessPoliciesSubscription_example.json", 1),
    ("azure-rest-api-specs-jit/2020-01-01/GetJitNetworkAccessPolicy_example.json", 1),
    ("azure-rest-api-specs-jit/2020-01-01/CreateJitNetworkAccessPolicy_example.json", 1),
    ("azure-sdk-for-net-jit-recordings/JitNetworkAccessPolicies_ListByRegion.json", 2),
    ("azure-sdk-for-net-jit-recordings/JitNetworkAccessPolicies_Get.json", 1),
    ("azure-sdk-for-net-jit-recordings/JitNetworkAccessPolicies_CreateOrUpdate.json", 1),
    ("cloud-custodian-jit/DefenderTest.test_azure_defender_jit_policies_filter.json", 1),
    ("cloud-custodian-jit/DefenderTest.test_azure_defender_jit_policies_query.json", 1),
  ]

  @Test(
    .enabled(if: folder != nil, "SAMPLES_DIR is not set: third-party records are not read"),
    arguments: files)
  func `from outside is read`(path: String, count: Int) throws {
    let folder = try #require(Self.folder)
    let data = try Data(contentsOf: URL(filePath: folder).appending(path: path))
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let records = try PolicyFileReader.read(try Self.answer(in: document))
    #expect(records.count >= count)
    for record in records {
      let policy = try #require(record.evidence[0].answeredPolicy)
      #expect(!policy.vms.isEmpty && policy.ports.allSatisfy { $0.maximum != nil })
    }
  }

  /// The first answer of a service in a recording.
  private static func answer(in document: [String: Any]) throws -> [UInt8] {
    if let entries = document["Entries"] as? [[String: Any]],
      let text = entries.first?["ResponseBody"] as? String
    {
      return Array(text.utf8)
    }
    var body: Any?
    if let responses = document["responses"] as? [String: [String: Any]] {
      body = responses["200"]?["body"]
    } else if let interactions = document["interactions"] as? [[String: Any]] {
      let bodies = interactions.compactMap { $0["response"] as? [String: Any] }
        .compactMap { $0["body"] as? [String: Any] }.compactMap { $0["data"] }
      body = bodies.first
    }
    return [UInt8](try JSONSerialization.data(withJSONObject: try #require(body)))
  }
}
