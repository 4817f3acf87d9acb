import Access
import Detection
import Settings
import Testing

@Suite struct `The calendar` {
  private func calendar(_ lines: String) throws -> CalendarSettings {
    try settings("calendar: {\(lines)}").detection.calendar
  }

  private func ranges(_ texts: String...) -> [MinuteRange] { texts.compactMap { MinuteRange($0) } }

  @Test func `has working hours by days and spans of days`() throws {
    let calendar = try calendar(
      """
      timeZone: Europe/Berlin, holidays: [2026-12-25, 2027-01-01],
      workingHours: {mon-wed: ["08:00-18:00"], "thu,fri": ["08:00-12:00", "13:00-17:00"], sat: []}
      """)
    var hours = WorkingHours(ranges("08:00-18:00"), on: [.monday, .tuesday, .wednesday])
    for range in ranges("08:00-12:00", "13:00-17:00") {
      hours.add(range, on: [.thursday, .friday])
    }
    let holidays = [(2026, 12, 25), (2027, 1, 1)].compactMap {
      CivilDate(year: $0, month: $1, dayOfMonth: $2)
    }
    let expected = CalendarSettings(
      timeZone: "Europe/Berlin", workingHours: hours, holidays: Set(holidays))
    #expect(calendar == expected)
  }

  @Test func `lets a range go over midnight and a span over the weekend`() throws {
    let hours = try calendar("workingHours: {fri-mon: [\"22:00-06:00\"]}").workingHours
    #expect(hours.ranges(on: .saturday) == ranges("22:00-06:00"))
    #expect(hours.ranges(on: .tuesday).isEmpty)
    // 2026-08-11 is a Tuesday: the range of Monday reaches into it.
    let tuesday = try #require(EventTime(rfc3339: "2026-08-11T00:00:00Z")).day
    #expect(hours.contains(day: tuesday, minute: 5 * 60 + 59))
    #expect(!hours.contains(day: tuesday, minute: 6 * 60))
  }

  @Test func `tells people apart`() throws {
    let people = try settings(
      """
      people:
        - match: "*@us.example.com"
          timeZone: America/New_York
          workingHours: {mon-thu: ["09:00-17:00"]}
        - {match: "duty-*", onCall: true}
      """
    ).detection.people
    let hours = WorkingHours(
      ranges("09:00-17:00"), on: [.monday, .tuesday, .wednesday, .thursday])
    #expect(
      people == [
        PersonSettings(
          match: "*@us.example.com", timeZone: "America/New_York", workingHours: hours),
        PersonSettings(match: "duty-*", onCall: true),
      ])
  }

  @Test func `knows zones that there are`() throws {
    let text = """
      calendar: {timeZone: Europe/Berln}
      groups:
        - {name: a, vms: [x], timeZone: Mars/Olympus}
      people:
        - {match: x, timeZone: CEST}
        - {match: y, timeZone: UTC}
      """
    let found = try problems(text)
    #expect(
      found.map { $0.prefix { $0 != "T" } } == [
        "1:22: calendar.timeZone: ", "3:35: groups[0].timeZone: ", "5:26: people[0].timeZone: ",
      ])
    #expect(found[0].contains("Did you mean 'Europe/Berlin'"))
  }

  @Test(arguments: [
    ("workingHours: {mon-fri: \"08:00-18:00\"}", "1:36: calendar.workingHours.mon-fri: expected a"),
    ("workingHours: {mon-fri: [\"8-18\"]}", "expected a range of hours such as \"08:00-18:00\""),
    ("workingHours: {mon-fri: [\"08:00-08:00\"]}", "expected a range of hours"),
    ("workingHours: {mon-fri: [\"08:00-25:00\"]}", "expected a range of hours"),
    ("workingHours: {mo-fr: []}", "1:27: calendar.workingHours.mo-fr: 'mo-fr' is no day"),
    ("workingHours: {mon-fri: [], fri: []}", "Friday is in 'mon-fri' already. Name each day once"),
    ("workingHours: [\"08:00-18:00\"]", "calendar.workingHours: expected a table, found a list"),
    ("holidays: [25.12.2026]", "calendar.holidays[0]: expected a date such as 2026-12-25"),
    ("holidays: [2026-02-30]", "expected a date"),
    ("holiday: []", "unknown key. Did you mean 'holidays'?"),
  ])
  func `says what is wrong with it`(line: String, problem: String) throws {
    let found = try problems("calendar: {\(line)}")
    #expect(found.count == 1 && found[0].contains(problem), "\(found)")
  }
}
