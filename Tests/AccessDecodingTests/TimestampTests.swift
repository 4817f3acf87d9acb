import Access
import Testing

@testable import AccessDecoding

@Suite struct `An instant in a record` {
  static let readable = [
    ("2026-08-12T22:41:07.5329521Z", "2026-08-12T22:41:07.5329521Z"),
    ("2026-08-12T22:41:07Z", "2026-08-12T22:41:07Z"),
    ("2026-08-12T22:41:07.5Z", "2026-08-12T22:41:07.5Z"),
    ("2026-08-12T22:41:07.123456789Z", "2026-08-12T22:41:07.1234567Z"),
    ("2026-08-12T22:41:07.9999999999999Z", "2026-08-12T22:41:07.9999999Z"),
    ("2026-08-12T22:41:07.610+00:00", "2026-08-12T22:41:07.61Z"),
    ("2026-08-13T00:41:07+02:00", "2026-08-12T22:41:07Z"),
    ("2026-08-12T17:11:07-05:30", "2026-08-12T22:41:07Z"),
    ("2026-08-12T22:41:07", "2026-08-12T22:41:07Z"),
    ("2026-08-12 22:41:07", "2026-08-12T22:41:07Z"),
    ("2026-08-12t22:41:07z", "2026-08-12T22:41:07Z"),
    (" 2026-08-12T22:41:07Z\n", "2026-08-12T22:41:07Z"),
    ("2021-02-04T07: 45: 44.5864815Z", "2021-02-04T07:45:44.5864815Z"),
    ("04/02/2021 07:45:00", "2021-04-02T07:45:00Z"),
    ("01/09/2007 09:41:00", "2007-01-09T09:41:00Z"),
    ("1/9/2007 9:41:00 AM", "2007-01-09T09:41:00Z"),
    ("1/9/2007 9:41:00 PM", "2007-01-09T21:41:00Z"),
    ("1/9/2007 9:41:00 AM +01:00", "2007-01-09T08:41:00Z"),
    ("01/09/2007 09:41:00 +01:00", "2007-01-09T08:41:00Z"),
    ("1/9/2007 12:00:00 AM", "2007-01-09T00:00:00Z"),
    ("1/9/2007 12:00:00 PM", "2007-01-09T12:00:00Z"),
    ("4/28/2021, 2:32:14.029 PM", "2021-04-28T14:32:14.029Z"),
    ("4/28/2021, 2:32:14.029\u{202F}PM", "2021-04-28T14:32:14.029Z"),
    ("4/28/2021, 2:32:14\u{A0}pm", "2021-04-28T14:32:14Z"),
  ]

  @Test(arguments: readable)
  func `is read in every form that was seen`(text: String, expected: String) {
    #expect(Timestamp.parse(text.utf8.span.bytes)?.description == expected)
  }

  static let unreadable = [
    "", " ", "yesterday", "2026-08-12", "2026-13-12T22:41:07Z", "2026-02-30T00:00:00Z",
    "13/09/2007 09:41:00", "01/09/07 09:41:00", "1/9/2007 13:00:00 PM", "1/9/2007 0:00:00 AM",
    "2026-08-12T24:00:00Z", "2026-08-12T22:60:00Z", "2026-08-1222:41:07Z", "1754321000",
    "2026-08-12T22:41:07Q", "2026-08-12T22:41:07+25:00", "01/09/2007 09:41:00 XM",
    String(repeating: "1", count: 40), String(repeating: " ", count: 100) + "2026",
  ]

  @Test(arguments: unreadable)
  func `is refused when it is none`(text: String) {
    #expect(Timestamp.parse(text.utf8.span.bytes) == nil)
  }
}

@Suite struct `A duration in a body` {
  static let readable: [(String, Double)] = [
    ("PT1H", 3600), ("PT3H", 10_800), ("P1D", 86_400), ("PT1H30M", 5400), ("PT90M", 5400),
    ("PT45S", 45), ("P1DT2H", 93_600), ("P2W", 1_209_600), ("PT0.5S", 0.5), ("PT1.25S", 1.25),
    ("PT1,5H", 5400), ("pt1h", 3600), (" PT1H ", 3600), ("PT0S", 0), ("PT1H0M0S", 3600),
    ("PT2H59M58.8295759S", 10_798.829_575_9),
  ]

  @Test(arguments: readable)
  func `is read as ISO 8601`(text: String, seconds: Double) {
    #expect(ISODuration.parse(text)?.ticks == Int64((seconds * 1e7).rounded()))
  }

  static let unreadable = [
    "", "P", "PT", "1H", "PT1", "PTH", "P1M", "P1Y", "PT1M1H", "PT1H1H", "PT1.5H3M", "PT1.H",
    "P1DT", "-PT1H", "PT-1H", "P1H", "PT1D", "03:00:00", "3 h", "PT1HT1M", "PT1H x",
    "PT9999999999999999999999999999999999999999H", "PT99999999999999H",
  ]

  @Test(arguments: unreadable)
  func `is refused when it is none`(text: String) {
    #expect(ISODuration.parse(text) == nil)
  }
}

@Suite struct `The address of a caller` {
  static let addresses: [(String, String?)] = [
    ("203.0.113.10", "203.0.113.10"), ("203.0.113.10:55", "203.0.113.10"),
    (" 203.0.113.10 ", "203.0.113.10"), ("2001:db8::1", "2001:db8::1"),
    ("[2001:db8::1]:443", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"), ("::1", "::1"),
    ("<null>", nil), ("", nil), ("  ", nil), ("127.0.0.0/8", nil), ("2001:db8::/32", nil),
  ]

  @Test(arguments: addresses)
  func `is read without its port`(text: String, expected: String?) {
    #expect(Fixture(["callerIpAddress": text.quoted]).evidence?.callerAddress == expected)
  }

  @Test(arguments: ["null", "42", "{}", "[]"])
  func `is none when it is no text`(source: String) throws {
    let evidence = try #require(Fixture(["callerIpAddress": source]).evidence)
    #expect(evidence.callerAddress == nil)
  }
}
