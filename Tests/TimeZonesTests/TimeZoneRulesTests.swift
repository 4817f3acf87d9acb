import Foundation
import Testing
import TimeZones

/// Zones with and without summer time, with odd offsets, with two changes of midnight, with the
/// seasons of the south, and one whose summer time is the negative one.
private let zones = [
  "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu",
  "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia",
  "Pacific/Chatham", "Asia/Tehran", "Asia/Gaza", "Africa/Cairo", "America/Nuuk",
  "America/Sao_Paulo", "America/St_Johns", "Europe/Dublin", "Europe/Moscow", "Asia/Tokyo",
  "Antarctica/Troll", "Etc/GMT+5", "UTC",
]

private func instant(_ text: String) throws -> Int64 {
  Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970)
}

@Suite struct `The rules of a time zone` {
  @Test(arguments: zones)
  func `agree with those of Foundation at random instants and around every change`(
    name: String
  ) throws {
    let rules = try TimeZoneRules(identifier: name)
    let zone = try #require(TimeZone(identifier: name))
    let start = try instant("1990-01-01T00:00:00Z")
    let end = try instant("2060-01-01T00:00:00Z")
    var generator = SystemRandomNumberGenerator()
    var instants = (0..<2000).map { _ in Int64.random(in: start..<end, using: &generator) }
    var period = rules.period(atUnixSeconds: start)
    while period.end < end {
      instants += [period.end - 1, period.end, period.end + 1]
      period = rules.period(atUnixSeconds: period.end)
    }
    // And those that Foundation knows of, so that a change that is missing here is found.
    var date = Date(timeIntervalSince1970: Double(start))
    while let next = zone.nextDaylightSavingTimeTransition(after: date),
      next.timeIntervalSince1970 < Double(end), next > date
    {
      let second = Int64(next.timeIntervalSince1970)
      instants += [second - 1, second, second + 1]
      date = next
    }
    let wrong = instants.filter { second in
      let date = Date(timeIntervalSince1970: Double(second))
      return rules.offset(atUnixSeconds: second) != zone.secondsFromGMT(for: date)
    }
    #expect(wrong.isEmpty, "first at \(wrong.first ?? 0)")
  }

  @Test func `say how long they stay as they are`() throws {
    let berlin = try TimeZoneRules(identifier: "Europe/Berlin")
    let summer = berlin.period(atUnixSeconds: try instant("2026-07-01T00:00:00Z"))
    #expect(summer.start == (try instant("2026-03-29T01:00:00Z")))
    #expect(summer.end == (try instant("2026-10-25T01:00:00Z")))
    #expect(summer.offset == 7200)
    #expect(summer.abbreviation == "CEST")
    #expect(summer.isDaylightSaving)
    #expect(summer.contains(unixSeconds: summer.start))
    #expect(!summer.contains(unixSeconds: summer.end))
  }

  @Test(arguments: [2500, 2900, 9999])
  func `go on for ever`(year: Int) throws {
    // The calendar of a year is that of the year 400 years earlier, and so are the changes.
    let berlin = try TimeZoneRules(identifier: "Europe/Berlin")
    let july = Int64(DayNumber(year: year, month: 7, day: 1)!.daysSince1970) * 86400
    let summer = berlin.period(atUnixSeconds: july)
    #expect(summer.offset == 7200)
    #expect(summer.end > july && summer.end < july + 123 * 86400)
    #expect(DayNumber(daysSince1970: Int(summer.start / 86400)).weekday == 6)
    #expect(DayNumber(daysSince1970: Int(summer.end / 86400)).weekday == 6)
    let winter = berlin.period(atUnixSeconds: summer.end)
    #expect(winter.offset == 3600)
    #expect(winter.start == summer.end)
    #expect(berlin.period(atUnixSeconds: summer.start - 1).end == summer.start)
  }

  @Test func `answer at the ends of time`() throws {
    for name in zones {
      let rules = try TimeZoneRules(identifier: name)
      #expect(abs(rules.offset(atUnixSeconds: .min)) <= 93600)
      #expect(abs(rules.offset(atUnixSeconds: .max)) <= 93600)
      #expect((0..<168).contains(rules.localTime(atUnixSeconds: .max).hourOfWeek))
      #expect((0..<168).contains(rules.localTime(atUnixSeconds: .min).hourOfWeek))
    }
  }

  @Test func `of universal time need no file`() {
    let time = TimeZoneRules.utc.localTime(atUnixSeconds: 86400 + 3661)
    #expect(time.day == DayNumber(daysSince1970: 1))
    #expect(time.secondOfDay == 3661)
    #expect(time.offset == 0)
  }
}

@Suite struct `Local time` {
  @Test func `shows date, weekday and hour of a place`() throws {
    let kolkata = try TimeZoneRules(identifier: "Asia/Kolkata")
    let time = kolkata.localTime(atUnixSeconds: try instant("2026-12-24T20:00:00Z"))
    #expect("\(time.day)" == "2026-12-25")
    #expect(time.secondOfDay == 90 * 60)
    #expect(time.hour == 1)
    #expect(time.weekday == 4)
    #expect(time.hourOfWeek == 97)
    #expect(time.offset == 19800)
  }

  @Test func `shows a time before 1970`() throws {
    let york = try TimeZoneRules(identifier: "America/New_York")
    let time = york.localTime(atUnixSeconds: -1)
    #expect("\(time.day)" == "1969-12-31")
    #expect(time.secondOfDay == 19 * 3600 - 1)
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00Z"),
    ("Asia/Kolkata", "2026-07-01", "2026-06-30T18:30:00Z"),
    // Midnight is skipped: the day starts at one.
    ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
    // The last hour of the day before comes twice.
    ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"),
    // One minute of the day comes first, then the day before resumes.
    ("America/St_Johns", "2009-11-01", "2009-11-01T02:30:00Z"),
    // The whole day was skipped.
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
  ])
  func `starts a day at its earliest instant`(zone: String, day: String, start: String) throws {
    let rules = try TimeZoneRules(identifier: zone)
    let date = try #require(DayNumber(iso: day))
    #expect(rules.startOfDay(date) == (try instant(start)))
  }

  @Test(arguments: zones)
  func `starts every day at an instant that has the date and none before it`(
    zone: String
  ) throws {
    let rules = try TimeZoneRules(identifier: zone)
    let first = try #require(DayNumber(iso: "2012-01-01"))
    for days in 0..<15000 {
      let day = first.adding(days: days)
      let start = rules.startOfDay(day)
      guard rules.localDay(atUnixSeconds: start) == day,
        rules.localDay(atUnixSeconds: start - 1) < day
      else {
        Issue.record("wrong at \(day)")
        return
      }
    }
  }

  @Test func `gives the first of two instants, and the change for a time that was skipped`() throws
  {
    let berlin = try TimeZoneRules(identifier: "Europe/Berlin")
    let autumn = try #require(DayNumber(iso: "2026-10-25"))
    let spring = try #require(DayNumber(iso: "2026-03-29"))
    let half = 9000
    #expect(
      berlin.instant(day: autumn, secondOfDay: half) == (try instant("2026-10-25T00:30:00Z")))
    #expect(
      berlin.instant(day: spring, secondOfDay: half) == (try instant("2026-03-29T01:00:00Z")))
  }
}
