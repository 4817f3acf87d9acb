import Access
import Foundation
import TestSupport
import Testing

@testable import AccessDecoding

@Suite struct `A CSV row` {
  private func fields(_ text: String) -> [String]? {
    var reader = CSVReader()
    let bytes = Array(text.utf8)
    guard reader.read(bytes.span.bytes) == nil else { return nil }
    return reader.fields.indices.map {
      String(decoding: reader.value($0, of: bytes.span.bytes), as: UTF8.self)
    }
  }

  static let rows: [(String, [String]?)] = [
    ("a,b", ["a", "b"]), ("", [""]), (",", ["", ""]), ("a,", ["a", ""]), ("\"\"", [""]),
    ("\"a,b\",c", ["a,b", "c"]), ("\"a\"\"b\"", ["a\"b"]), ("\"\"\"\"", ["\""]),
    ("\"a\r\nb\",", ["a\r\nb", ""]), ("a\"b,c", ["a\"b", "c"]), (" \"a\"", [" \"a\""]),
    ("\"a", nil), ("\"a\"b,c", nil), ("a,\"", nil), ("\"a\"\"", nil),
  ]

  @Test(arguments: rows)
  func `is cut into its fields`(text: String, expected: [String]?) {
    #expect(fields(text) == expected)
  }

  @Test func `gives back what a writer wrote`() {
    var chance = Chance(seed: 7)
    let parts = ["a", ",", "\"", "\n", "\r\n", "é", " ", "\u{FEFF}", "{\"k\":1}", ""]
    for _ in 0..<500 {
      let written = (0..<(1 + chance.below(6))).map { _ in
        (0..<chance.below(5)).map { _ in parts[chance.below(parts.count)] }.joined()
      }
      #expect(fields(CSVWriter.line(written)) == written)
    }
  }
}

@Suite struct `A CSV table` {
  @Test(arguments: [
    ("TimeGenerated,OperationNameValue", true), ("timegenerated [utc],OPERATIONNAME", true),
    ("\u{FEFF}\"Correlation id\",\"Operation name\",Time", true), ("TimeGenerated,Level", false),
    ("Time,Operation", false), ("TimeGenerated", false), ("", false), ("\"Time", false),
    ("TimeGenerated,TargetResourceId", true), ("Level,OperationNameValue", true),
  ])
  func `is known by its header`(header: String, isKnown: Bool) {
    #expect(TableHeader.isKnown(Array(header.utf8).span.bytes) == isKnown)
  }

  @Test(arguments: [
    ("a", "it has 1 fields under 2 names"), ("a,b,c", "it has 3 fields under 2 names"),
    ("\"a,b", "a quote in it is not closed"), ("\"a\"b,c", "text follows a closing quote in it"),
  ])
  func `rejects rows that are not its own`(row: String, reason: String) throws {
    var decoder = MessageDecoder()
    let isTable = decoder.begin(
      tableUnder: Array("TimeGenerated,OperationNameValue".utf8).span.bytes)
    try #require(isTable)
    var output = DecodedInput()
    decoder.decode(Array(row.utf8).span.bytes, as: .row, into: &output)
    #expect(told(output) == "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages")
    #expect(output.rejects.first?.reason == "The record cannot be used: \(reason).")
    #expect(output.rejects.first?.bytes == Array(row.utf8))
  }

  @Test func `without a header rejects every row`() {
    var decoder = MessageDecoder()
    var output = DecodedInput()
    let isTable = decoder.begin(tableUnder: Array("a,b".utf8).span.bytes)
    #expect(!isTable)
    decoder.decode(Array("a,b".utf8).span.bytes, as: .row, into: &output)
    #expect(told(output) == "1 read, 0 irrelevant, 1 rejected, 0 evidence, 0 messages")
  }

  @Test func `rejects what matters when its times are not in UTC`() throws {
    var row = ActivityEvent().row
    row["TimeGenerated [Local Time]"] = row.removeValue(forKey: "TimeGenerated")
    let output = try #require(decodeCSV(CSVWriter.file([row])).first)
    #expect(output.rejects.first?.reason.contains("the zone 'Local Time'") == true)
    row["OperationNameValue"] = "X/Y"
    let other = try #require(decodeCSV(CSVWriter.file([row])).first)
    #expect(other.counts.irrelevant == 1 && other.activityRecords == 0)
  }

  @Test func `rejects a row of the portal whose resource is not told`() throws {
    for (column, value) in [
      ("Subscription", "Pay-As-You-Go"), ("Resource", "default"), ("Resource group", ""),
    ] {
      var row = ActivityEvent().portalRow
      row[column] = value
      let output = try #require(decodeCSV(CSVWriter.file([row])).first)
      #expect(output.counts.rejected == 1, "\(column)")
    }
    var row = ActivityEvent().portalRow
    (row["Resource"], row["Subscription"]) = (ActivityEvent.policy, "Pay-As-You-Go")
    #expect(decodeCSV(CSVWriter.file([row])).first?.records.count == 1)
  }

  @Test func `adds up whatever its rows are`() {
    let event = ActivityEvent()
    let rows = [event.row, event.legacyRow, event.portalRow]
    var chance = Chance(seed: 3)
    for row in rows {
      let names = row.keys.sorted()
      var decoder = MessageDecoder()
      let isTable = decoder.begin(tableUnder: Array(CSVWriter.line(names).utf8).span.bytes)
      #expect(isTable)
      let whole = Array(CSVWriter.line(names.map { row[$0] ?? "" }).utf8)
      var output = DecodedInput()
      for _ in 0..<400 {
        var bytes = whole
        for _ in 0...chance.below(4) {
          let place = chance.below(bytes.count)
          if chance.isTrue(oneIn: 2) {
            bytes[place] = UInt8(chance.below(256))
          } else {
            bytes.remove(at: place)
          }
        }
        decoder.decode(bytes.span.bytes, as: .row, into: &output)
        #expect(output.reconciles && output.counts.recordsRead == 1)
      }
    }
  }

  @Test func `keeps the body of a record that cannot be read`() throws {
    var event = ActivityEvent()
    event.request = "{broken"
    let output = try #require(decodeCSV(CSVWriter.file([event.row])).first)
    #expect(output.records.first?.bodyRejects.count == 1)
  }
}

@Suite struct `A row of Bastion's sessions` {
  static let row = [
    "TimeGenerated": "2026-08-12T22:50:00.5Z", "Type": "MicrosoftAzureBastionAuditLogs",
    "UserName": "azureuser", "UserEmail": "user@example.com", "ClientIpAddress": "203.0.113.10",
    "ClientPort": "4711", "Protocol": "ssh", "TargetResourceId": ActivityEvent.vm,
    "Message": "Login Failed", "TunnelId": "t-1", "Duration": "",
    "_ResourceId": "/subscriptions/s/resourcegroups/r/providers/microsoft.network/bastionhosts/b",
  ]

  private var older: [String: String] {
    var older: [String: String] = ["Category": "BastionAuditLogs", "Type": "AzureDiagnostics"]
    for (key, value) in Self.row where key != "Type" {
      let isOwn = !["TimeGenerated", "_ResourceId"].contains(key)
      older[isOwn ? key.prefix(1).lowercased() + key.dropFirst() + "_s" : key] = value
    }
    return older
  }

  @Test func `is a session, as JSON and as CSV, also without its table's name`() throws {
    let untyped = Self.row.filter { $0.key != "Type" }
    for row in [Self.row, untyped, older] {
      let outputs = [decode("[\(ActivityEvent.json(row))]")] + decodeCSV(CSVWriter.file([row]))
      for output in outputs {
        let evidence = try #require(output.records.first?.evidence.first)
        #expect(evidence.kind == .sessionRefused && evidence.callerAddress == "203.0.113.10")
        #expect(evidence.session?.vm == ResourceID(ActivityEvent.vm))
        #expect(evidence.session?.tunnelID == "t-1" && evidence.session?.login == "azureuser")
        #expect(evidence.claims.emailAddress == "user@example.com")
        #expect(output.activityRecords == 0)
      }
    }
  }
}
