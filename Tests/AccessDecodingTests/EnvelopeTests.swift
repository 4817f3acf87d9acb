import Access
import Foundation
import Testing

@testable import AccessDecoding

/// What others read in records, compared with what is read here.
@Suite struct `The envelope of records from outside` {
  /// Logs, one record a line, beside which stands what another program made of them.
  static let files = [
    "elastic-integrations-azure/activitylogs/test-activitylogs-raw.log",
    "elastic-integrations-azure/activitylogs/test-activitylogs-edgecases.log",
    "elastic-beats-activitylogs/activitylogs.log",
    "elastic-beats-activitylogs/supporttickets_write.log",
  ]

  /// A value in nested objects, or under a key with dots.
  private func value(_ object: [String: Any], _ path: String) -> Any? {
    if let value = object[path] { return value }
    var found: Any? = object
    for part in path.split(separator: ".") {
      found = (found as? [String: Any])?[String(part)]
    }
    return found
  }

  @Test(
    .enabled(
      if: `Records from outside`.folder != nil,
      "SAMPLES_DIR is not set: third-party records are not read"),
    arguments: files)
  func `is what others read`(path: String) throws {
    let folder = URL(filePath: try #require(`Records from outside`.folder))
    let lines = try Data(contentsOf: folder.appending(path: path)).split(separator: 0x0A)
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appending(path: path + "-expected.json")))
    let expected = try #require(
      (json as? [String: Any])?["expected"] as? [[String: Any]] ?? json as? [[String: Any]])
    try #require(lines.count == expected.count && !lines.isEmpty)
    for (line, other) in zip(lines, expected) {
      var decoder = RecordDecoder()
      let (fields, operation) = try decoder.envelope(of: Array(line).span.bytes)
      func text(_ path: String) -> String? { value(other, path) as? String }
      let time = try #require(text("@timestamp").flatMap { EventTime(rfc3339: $0) })
      // They keep milliseconds.
      let distance = fields.occurredAt - time
      #expect(distance >= .seconds(0) && distance < .seconds(1) && path == path)
      #expect(fields.occurredAt.description.prefix(23) == time.description.prefix(23))
      #expect(operation == text("azure.activitylogs.operation_name"))
      #expect(
        fields.resource(entity: nil, scope: nil) == text("azure.resource.id").map { ResourceID($0) }
      )
      #expect(fields.correlationID == text("azure.correlation_id")?.lowercased() ?? "")
      #expect(fields.callerAddress == text("client.ip"))
      #expect(
        fields.phase == text("azure.activitylogs.result_type").map { Phase(word: $0) } ?? .other)
      if let outcome = text("event.outcome")?.lowercased() {
        #expect(outcome == "success" ? fields.phase == .success : fields.phase == .failure)
      }
    }
  }
}

@Suite struct `Exports from outside` {
  /// Files in other shapes, with what is told of each.
  static let files: [(path: String, key: String?, told: String, activity: Int)] = [
    (
      "secura-thesis-activitylog/nsg_securityrule_write_allow_all_inbound.json", nil,
      "1 read, 0 irrelevant, 0 rejected, 1 evidence, 0 messages", 1
    ),
    (
      "azure-rest-api-specs-activitylog/GetActivityLogsFiltered.json", "body",
      "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages", 1
    ),
    (
      "azure-rest-api-specs-activitylog/GetActivityLogsFilteredAndSelected.json", "body",
      "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages", 1
    ),
  ]

  @Test(
    .enabled(
      if: `Records from outside`.folder != nil,
      "SAMPLES_DIR is not set: third-party records are not read"),
    arguments: files)
  func `of the REST interface are read`(
    path: String, key: String?, expected: String, activity: Int
  ) throws {
    let folder = URL(filePath: try #require(`Records from outside`.folder))
    var data = try Data(contentsOf: folder.appending(path: path))
    if let key {
      let example = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      let responses = example?["responses"] as? [String: Any]
      let answer = try #require((responses?["200"] as? [String: Any])?[key])
      data = try JSONSerialization.data(withJSONObject: answer)
    }
    let output = decode(Array(data))
    #expect(told(output) == expected && output.activityRecords == activity)
  }

  @Test(
    .enabled(
      if: `Records from outside`.folder != nil,
      "SAMPLES_DIR is not set: third-party records are not read"))
  func `of Log Analytics move stream time row by row`() throws {
    let folder = URL(filePath: try #require(`Records from outside`.folder))
    let text = String(
      decoding: try Data(
        contentsOf: folder.appending(path: "sentinel-training-lab/azureActivity_adele.csv")),
      as: UTF8.self)
    let rows = decodeCSV(text)
    #expect(rows.count == 23)
    #expect(rows.allSatisfy { $0.counts.irrelevant == 1 && $0.activityRecords == 1 })
    let newest = rows.compactMap(\.newestOccurredAt).max()
    #expect(newest == EventTime(rfc3339: "2021-04-28T14:44:55.615Z"))
    // The same rows with an operation that matters, in place of one that does not.
    let relevant = text.replacingOccurrences(
      of: ",MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE,",
      with: ",MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/DELETE,")
    let found = decodeCSV(relevant).flatMap(\.records).flatMap(\.evidence)
    #expect(found.map(\.phase) == [.start, .accept, .success])
    #expect(Set(found.map(\.correlationID)) == ["3387cf7f-24b2-482f-9f4e-1ef7ceb08c14"])
    #expect(found.allSatisfy { $0.claims.displayName == "Adele Vance" && $0.role == "Contributor" })
    #expect(found.allSatisfy { $0.callerAddress == "37.142.150.162" })
    #expect(found.allSatisfy { $0.resource.display.contains("/VM-RG01/") })
  }
}
