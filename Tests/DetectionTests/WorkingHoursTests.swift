import Detection
import Testing

@Suite struct `Days of the week` {
  @Test(arguments: [
    ("mon-fri", 5), ("sat", 1), ("mon,wed,fri", 3), ("fri-mon", 4), ("mon-sun", 7),
    ("Saturday - Sunday", 2), ("mon-tue,tue-wed", 3), ("SUN", 1),
  ])
  func `are read from`(text: String, count: Int) {
    #expect(Weekday.days(text)?.count == count)
  }

  @Test(arguments: ["", "mo", "mon-", "-fri", "mon-wed-fri", "mon,,tue", "weekdays"])
  func `are not read from`(text: String) {
    #expect(Weekday.days(text) == nil)
  }

  @Test func `follow the date, also before 1970`() {
    #expect(Weekday(ofDay: 0) == .thursday)
    #expect(Weekday(ofDay: -4) == .sunday)
    #expect(Weekday(ofDay: Story.day("2026-08-12")) == .wednesday)
  }
}

@Suite struct `A range of the day` {
  @Test(arguments: [
    ("08:00-18:00", 480, 1080), ("22:00-06:00", 1320, 1800), ("00:00-24:00", 0, 1440),
    ("18:00-00:00", 1080, 1440), ("8:30 - 12:00", 510, 720),
  ])
  func `is read from`(text: String, start: Int, end: Int) throws {
    let range = try #require(MinuteRange(text))
    #expect(range.start == start)
    #expect(range.end == end)
  }

  @Test(arguments: [
    "", "08:00", "08:00-08:00", "8-18", "25:00-26:00", "24:00-06:00", "08:60-09:00", "08:00-24:01",
    "08:0-09:00", "08:00-12:00-18:00", "+8:00-09:00",
  ])
  func `is not read from`(text: String) {
    #expect(MinuteRange(text) == nil)
  }

  @Test func `is shown as people write it`() {
    #expect(MinuteRange("08:05-18:00")?.shown == "08:05–18:00")
    #expect(MinuteRange("22:00-06:00")?.shown == "22:00–06:00")
    #expect(MinuteRange("00:00-24:00")?.shown == "00:00–24:00")
  }
}
