import Foundation
import Testing

@testable import TimeZones

@Suite struct `A time zone that cannot be had` {
  @Test(arguments: [
    ("Europe/Berlim", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"),
    ("Berlin", "Europe/Berlin"), ("America/NewYork", "America/New_York"), ("utc", "UTC"),
    ("Eurpoe/Paris", "Europe/Paris"),
  ])
  func `is unknown, and near matches are offered`(name: String, match: String) {
    let error = #expect(throws: TimeZoneError.self) { try TimeZoneRules(identifier: name) }
    guard case .unknownZone(name, let matches) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(matches.first == match)
    #expect(error?.description.contains("Did you mean '\(match)'") == true)
  }

  @Test(arguments: [
    "", "/etc/passwd", "../../../etc/passwd", "Europe/../Europe/Berlin", "Europe//Berlin",
    "Europe/", "./Europe/Berlin", "Europe", "Europe/Berlin\0", "zone.tab", "Völlig/Falsch",
    String(repeating: "a", count: 5000),
  ])
  func `is unknown when the name is none`(name: String) {
    let error = #expect(throws: TimeZoneError.self) { try TimeZoneRules(identifier: name) }
    guard case .unknownZone = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `for want of data says where the data should be`() {
    let error = #expect(throws: TimeZoneError.self) {
      try TimeZoneRules(identifier: "Europe/Berlin", folder: "/no/such/folder")
    }
    #expect(error == .noTimeZoneData(folder: "/no/such/folder"))
  }

  @Test func `is malformed wherever its file is cut`() throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
    let footer = try #require(whole.dropLast().lastIndex(of: 0x0A))
    for length in 0...footer {
      #expect(throws: TimeZoneError.self) {
        try TimeZoneRules(identifier: "X", file: Array(whole.prefix(length)))
      }
    }
    #expect(throws: Never.self) { try TimeZoneRules(identifier: "X", file: whole) }
  }

  @Test func `never stops the program, whatever byte of its file is wrong`() throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Asia/Gaza")))
    var accepted = 0
    for position in whole.indices where position % 7 == 0 || position < 100 {
      var bytes = whole
      bytes[position] ^= 0xFF
      if let rules = try? TimeZoneRules(identifier: "X", file: bytes) {
        accepted += 1
        _ = rules.localTime(atUnixSeconds: .max)
        _ = rules.startOfDay(DayNumber(daysSince1970: 20000))
      }
    }
    #expect(accepted < whole.count)
  }
}

@Suite struct `The rule of a footer` {
  private func changes(_ rule: String, _ year: Int) throws -> [String] {
    let footer = try #require(FooterRule(rule))
    return footer.changes(in: year).map { change in
      let date = Date(timeIntervalSince1970: Double(change.second))
      return "\(date.formatted(.iso8601)) \(change.type.abbreviation) \(change.type.offset)"
    }
  }

  @Test(arguments: [
    (
      "CET-1CEST,M3.5.0,M10.5.0/3", 2026,
      ["2026-03-29T01:00:00Z CEST 7200", "2026-10-25T01:00:00Z CET 3600"]
    ),
    (
      "EST5EDT,M3.2.0,M11.1.0", 2026,
      ["2026-03-08T07:00:00Z EDT -14400", "2026-11-01T06:00:00Z EST -18000"]
    ),
    (
      "NZST-12NZDT,M9.5.0,M4.1.0/3", 2026,
      ["2026-04-04T14:00:00Z NZST 43200", "2026-09-26T14:00:00Z NZDT 46800"]
    ),
    (
      "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026,
      ["2026-03-29T01:00:00Z -01 -3600", "2026-10-25T01:00:00Z -02 -7200"]
    ),
    // The day before March 1st is the 29th in a leap year; J59 and J60 do not care.
    (
      "AAA0BBB,J59/0,J60/0", 2028,
      ["2028-02-28T00:00:00Z BBB 3600", "2028-02-29T23:00:00Z AAA 0"]
    ),
    (
      "AAA0BBB,58/0,59/0", 2028,
      ["2028-02-28T00:00:00Z BBB 3600", "2028-02-28T23:00:00Z AAA 0"]
    ),
    (
      "AAA-5:45:30BBB-6:15,J1/0:30:15,J365/24", 2026,
      ["2025-12-31T18:44:45Z BBB 22500", "2026-12-31T17:45:00Z AAA 20730"]
    ),
  ])
  func `gives the changes of a year`(rule: String, year: Int, expected: [String]) throws {
    #expect(try changes(rule, year) == expected)
  }

  @Test func `without summer time has no changes`() throws {
    #expect(try changes("<+0330>-3:30", 2026) == [])
  }

  @Test(arguments: [
    "", "A5", "CET", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.1.0,M1.1.0",
    "CET-1CEST,M3.6.0,M1.1.0", "CET-1CEST,M3.5.7,M1.1.0", "CET-1CEST,J0,J5", "CET-1CEST,366,5",
    "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0x", "<CET-1", "CET-1:60",
  ])
  func `is refused when it is none`(text: String) {
    #expect(FooterRule(text) == nil)
  }

  @Test func `keeps summer time for ever when it says so`() throws {
    let footer = try #require(FooterRule("EST5EDT,0/0,J365/25"))
    let changes = footer.changes(in: 2026)
    #expect(changes.last?.second == footer.changes(in: 2027).first?.second)
  }
}
