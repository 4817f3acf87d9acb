import Access
import Foundation
import Testing

@testable import AccessDecoding

@Suite struct `Records from outside` {
  static let folder = ProcessInfo.processInfo.environment["SAMPLES_DIR"]

  /// Files with activity logs of a hub or of a storage account, one message a file or a line.
  static let files = [
    ("sumologic-eventhubs/activity_log_fixtures.json", false),
    ("elastic-beats-activitylogs/activitylogs.log", true),
    ("elastic-beats-activitylogs/supporttickets_write.log", true),
    ("elastic-integrations-azure/activitylogs/test-activitylogs-raw.log", true),
    ("elastic-integrations-azure/activitylogs/test-activitylogs-edgecases.log", true),
    ("elastic-integrations-azure/platformlogs/test-platformlogs-raw.log", true),
    ("elastic-integrations-azure/platformlogs/test-platformlogs-edgecases.log", true),
    ("elastic-integrations-azure/platformlogs/test-platformlogs-identity-raw.log", true),
    ("dynatrace-azure-log-forwarder/events.json", false),
    ("eventhub-capture-2026/record_2026_listkeys.json", false),
    ("elastic-otel-beatsencoding/azure_diagnostic_settings.json", false),
    ("microsoft-docs-examples/activity_log_eventhub_example.json", false),
    ("microsoft-docs-examples/activity_log_storage_PT1H_line.json", false),
    ("microsoft-docs-examples/bastion_connect_success.json", false),
  ]

  @Test(
    .enabled(if: folder != nil, "SAMPLES_DIR is not set: third-party records are not read"),
    arguments: files)
  func `are read and add up`(path: String, byLine: Bool) throws {
    let folder = try #require(Self.folder)
    let data = try Data(contentsOf: URL(filePath: folder).appending(path: path))
    let messages = byLine ? data.split(separator: 0x0A).map { Array($0) } : [Array(data)]
    var read = 0
    for message in messages {
      let output = decode(message)
      #expect(output.reconciles)
      #expect(output.counts.messagesRejected == 0, "\(output.rejects.map(\.reason))")
      read += output.counts.recordsRead
    }
    #expect(read >= messages.count)
  }

  @Test(
    .enabled(if: folder != nil, "SAMPLES_DIR is not set: third-party records are not read"),
    arguments: [
      ("success", Evidence.Kind.sessionOpened), ("login_failed", Evidence.Kind.sessionRefused),
    ])
  func `of Bastion tell of sessions`(name: String, kind: Evidence.Kind) throws {
    let folder = try #require(Self.folder)
    let data = try Data(
      contentsOf: URL(filePath: folder).appending(
        path: "microsoft-docs-examples/bastion_connect_\(name).json"))
    let evidence = try #require(decode(Array(data)).records.first?.evidence.first)
    #expect(evidence.kind == kind && evidence.callerAddress == "131.107.159.86")
    #expect(evidence.claims.emailAddress == "<userAzureAccountEmailAddress>")
    let session = try #require(evidence.session)
    #expect(session.vm.isVirtualMachine && session.protocolName == "ssh")
    #expect(session.login == "<username>" && session.tunnelID == "<tunnelID>")
  }

  @Test(
    .enabled(if: folder != nil, "SAMPLES_DIR is not set: third-party records are not read"))
  func `of a rule have its body`() throws {
    let folder = try #require(Self.folder)
    let data = try Data(
      contentsOf: URL(filePath: folder).appending(
        path: "secura-thesis-activitylog/nsg_securityrule_write_allow_all_inbound.json"))
    let stored = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let properties = try JSONSerialization.data(
      withJSONObject: try #require(stored["properties"]))
    let resource = try #require(stored["resourceId"] as? String)
    let record = Fixture([
      "operationName": #""MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/SECURITYRULES/WRITE""#,
      "resourceId": resource.uppercased().quoted,
      "properties": String(decoding: properties, as: UTF8.self),
    ])
    let evidence = try #require(record.evidence)
    #expect(evidence.kind == .ruleWritten && evidence.resource.display == resource)
    #expect(
      evidence.askedRules == [
        NetworkRule(
          name: "AllowAllInbound", access: "allow", direction: "inbound", protocolName: "*",
          ports: ["*"], sources: ["*"], destinations: ["*"])
      ])
  }

  @Test(
    .enabled(if: folder != nil, "SAMPLES_DIR is not set: third-party records are not read"))
  func `of any other kind are survived`() throws {
    let folder = try #require(Self.folder)
    var count = 0
    let files = FileManager.default.enumerator(atPath: folder)
    while let path = files?.nextObject() as? String {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
      for kind in [MessageKind.message, .element] {
        #expect(decode(Array(data), as: kind).reconciles, "\(path)")
      }
      count += 1
    }
    #expect(count > 0)
  }
}
