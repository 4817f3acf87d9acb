internal import Access

/// The zones in which people of the story live, with their rules written down.
///
/// The truth must not lean on the product's own reading of the zone database.
enum Zone: String, Sendable, CaseIterable {
  case berlin = "Europe/Berlin"
  case newYork = "America/New_York"
  case kolkata = "Asia/Kolkata"
  case tokyo = "Asia/Tokyo"

  /// A local date and the minute of its day.
  struct Local {
    var day: Int
    var minute: Int
  }

  /// Seconds east of UTC.
  func offset(at instant: EventTime) -> Int64 {
    switch self {
    case .kolkata: 19_800
    case .tokyo: 32_400
    case .berlin: isSummer(instant) ? 7200 : 3600
    case .newYork: isSummer(instant) ? -14_400 : -18_000
    }
  }

  /// What the clock on the wall shows.
  func local(at instant: EventTime) -> Local {
    let shifted = instant + .seconds(offset(at: instant))
    let inDay = shifted - EventTime.start(ofDay: shifted.day)
    return Local(day: shifted.day, minute: Int(inDay.wholeSeconds / 60))
  }

  /// The instant at which the clock on the wall shows midnight of a day plus a span.
  func instant(day: Int, plus span: TimeSpan) -> EventTime {
    let wall = EventTime.start(ofDay: day) + span
    let guess = wall - .seconds(offset(at: wall))
    return wall - .seconds(offset(at: guess))
  }

  private func isSummer(_ instant: EventTime) -> Bool {
    let year = CivilDate(day: instant.day).year
    switch self {
    case .berlin:
      let begin = EventTime.start(ofDay: Zone.lastSunday(year, 3)) + .hours(1)
      let end = EventTime.start(ofDay: Zone.lastSunday(year, 10)) + .hours(1)
      return instant >= begin && instant < end
    case .newYork:
      let begin = EventTime.start(ofDay: Zone.firstSunday(year, 3) + 7) + .hours(7)
      let end = EventTime.start(ofDay: Zone.firstSunday(year, 11)) + .hours(6)
      return instant >= begin && instant < end
    case .kolkata, .tokyo: return false
    }
  }

  private static func firstSunday(_ year: Int, _ month: Int) -> Int {
    let first = CivilDate(year: year, month: month, dayOfMonth: 1)?.day ?? 0
    return first + (6 - weekday(first))
  }

  /// The months asked for have 31 days, so the last seven begin with the 25th.
  private static func lastSunday(_ year: Int, _ month: Int) -> Int {
    let start = CivilDate(year: year, month: month, dayOfMonth: 25)?.day ?? 0
    return start + (6 - weekday(start))
  }

  /// 0 for Monday to 6 for Sunday.
  static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}

/// Working hours by day of the week, in minutes of the day on which they begin.
struct WorkingWeek: Sendable {
  /// Days by their number from Monday, with the ranges that begin on each of them.
  private let days: ClosedRange<Int>
  let ranges: [Range<Int>]

  init(_ days: ClosedRange<Int>, _ ranges: [Range<Int>]) {
    self.days = days
    self.ranges = ranges
  }

  func begins(onDay day: Int) -> Bool { days.contains(Zone.weekday(day)) }

  func contains(_ local: Zone.Local) -> Bool {
    let today = begins(onDay: local.day) && ranges.contains { $0.contains(local.minute) }
    // A range over midnight belongs to the day on which it begins.
    let before =
      begins(onDay: local.day - 1) && ranges.contains { $0.contains(local.minute + 1440) }
    return today || before
  }

  /// As the settings write it, for example `{mon-fri: ["08:00-18:00"]}`.
  var yaml: String {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let times = ranges.map {
      "\"\(WorkingWeek.clock($0.lowerBound))-\(WorkingWeek.clock($0.upperBound))\""
    }
    return
      "{\(names[days.lowerBound])-\(names[days.upperBound]): [\(times.joined(separator: ", "))]}"
  }

  private static func clock(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60 % 24)):\(two(minute % 60))"
  }
}
