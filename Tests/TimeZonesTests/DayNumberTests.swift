import Foundation
import Testing
import TimeZones

@Suite struct `A day number` {
  @Test(arguments: [
    (1970, 1, 1, 0, 3), (1969, 12, 31, -1, 2), (2000, 2, 29, 11016, 1), (2000, 3, 1, 11017, 2),
    (2026, 12, 25, 20812, 4), (1900, 3, 1, -25508, 3), (1, 1, 1, -719_162, 0),
  ])
  func `knows its date and its weekday`(
    year: Int, month: Int, day: Int, number: Int, weekday: Int
  ) {
    let date = DayNumber(daysSince1970: number)
    #expect(DayNumber(year: year, month: month, day: day) == date)
    #expect(date.parts == (year, month, day))
    #expect(date.weekday == weekday)
  }

  @Test func `counts every day of 800 years as the calendar does`() {
    var expected = (year: 1600, month: 1, day: 1)
    let start = DayNumber(year: 1600, month: 1, day: 1)!
    for days in 0..<2 * 146_097 {
      let date = start.adding(days: days)
      guard date.parts == expected,
        DayNumber(year: expected.year, month: expected.month, day: expected.day) == date,
        date.weekday == (5 + days) % 7
      else {
        Issue.record("wrong at \(expected)")
        return
      }
      let leap = expected.year % 4 == 0 && expected.year % 100 != 0 || expected.year % 400 == 0
      let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      expected.day += 1
      if expected.day > lengths[expected.month - 1] {
        expected = (expected.year, expected.month + 1, 1)
      }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
    #expect(expected == (2400, 1, 1))
  }

  @Test(arguments: [
    (2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0),
    (2026, 1, 32),
  ])
  func `does not exist for a date that the calendar does not have`(
    year: Int, month: Int, day: Int
  ) {
    #expect(DayNumber(year: year, month: month, day: day) == nil)
  }

  @Test func `is written and read in the form of ISO 8601`() {
    let date = DayNumber(year: 2026, month: 3, day: 9)!
    #expect("\(date)" == "2026-03-09")
    #expect(DayNumber(iso: "2026-03-09") == date)
    #expect(date < date.adding(days: 1))
  }

  @Test(arguments: ["", "2026-3-9", "2026-03-09 ", "2026/03/09", "2026-02-30", "+026-03-09"])
  func `is not read from anything else`(text: String) {
    #expect(DayNumber(iso: text) == nil)
  }
}
