import Access
import Testing

@Suite struct `An instant` {
  @Test(arguments: [
    ("2026-08-12T15:11:47.5329521Z", "2026-08-12T15:11:47.5329521Z"),
    ("2026-08-12T15:11:47Z", "2026-08-12T15:11:47Z"),
    ("2026-08-12T15:11:47.500Z", "2026-08-12T15:11:47.5Z"),
    ("2026-08-12T15:11:47.53295219Z", "2026-08-12T15:11:47.5329521Z"),
    ("2026-08-12 15:11:47z", "2026-08-12T15:11:47Z"),
    ("2026-08-12t15:11:47", "2026-08-12T15:11:47Z"),
    ("2026-08-12T15:11:47+02:00", "2026-08-12T13:11:47Z"),
    ("2026-08-12T15:11:47-0130", "2026-08-12T16:41:47Z"),
    ("2026-08-12T15:11:47+02", "2026-08-12T13:11:47Z"),
    ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    ("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.9999999Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
  ])
  func `is read from RFC 3339 and printed in UTC without trailing zeros`(
    text: String, printed: String
  ) {
    #expect(EventTime(rfc3339: text)?.description == printed)
  }

  @Test(arguments: [
    "", "2026", "2026-08-12", "2026-08-12T15:11Z", "2026-13-12T15:11:47Z", "2026-02-30T15:11:47Z",
    "2026-08-12T24:00:00Z", "2026-08-12T15:60:00Z", "2026-08-12T15:11:47X", "2026-08-12T15:11:47ZZ",
    "2026-08-12T15:11:47+2", "2026-08-12T15:11:47+24:00", "2026/08/12T15:11:47Z",
    "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+00:01",
  ])
  func `is not read from anything else`(text: String) {
    #expect(EventTime(rfc3339: text) == nil)
  }

  @Test func `knows its day and the day's text`() {
    let instant = time("2026-08-12T23:59:59Z")
    #expect(instant.dateText == "2026-08-12")
    #expect(instant.dateDigits == "20260812")
    #expect(EventTime.start(ofDay: instant.day) == time("2026-08-12T00:00:00Z"))
    #expect(time("1969-12-31T23:00:00Z").day == -1)
    #expect(time("1969-12-31T23:59:59.5Z").seconds == -1)
  }

  @Test func `stays among the instants that have a text`() {
    #expect(time("9999-01-01T00:00:00Z") + .days(400) == .distantFuture)
    #expect(EventTime.epoch + TimeSpan(ticks: .max) == .distantFuture)
    #expect(EventTime.epoch - TimeSpan(ticks: .max) == .distantPast)
    #expect(EventTime.epoch - TimeSpan(ticks: .min) == .distantFuture)
    #expect(EventTime.distantPast - .days(1) == .distantPast)
    #expect(EventTime.distantPast.description == "0001-01-01T00:00:00Z")
    #expect(EventTime.distantFuture.description == "9999-12-31T23:59:59.9999999Z")
  }

  @Test(arguments: 0..<cases)
  func `comes back from its text`(seed: Int) {
    var random = RandomValues(seed: seed)
    let (one, other) = (random.instant(), random.instant())
    #expect(EventTime(rfc3339: one.description) == one)
    #expect(other + (one - other) == one)
    #expect(CivilDate(day: one.day).day == one.day)
  }
}

@Suite struct `A span of time` {
  @Test(arguments: [
    (TimeSpan.seconds(45), "45 s"), (.seconds(60), "1 min"), (.seconds(61), "1 min 1 s"),
    (.minutes(192), "3 h 12 min"), (.hours(8), "8 h"), (.hours(47), "47 h"), (.hours(48), "2 d"),
    (.hours(75), "3 d 3 h"), (.zero, "0 s"), (.seconds(-90), "1 min 30 s"),
  ])
  func `is said as people say it`(span: TimeSpan, words: String) {
    #expect(span.spoken == words)
  }
}
