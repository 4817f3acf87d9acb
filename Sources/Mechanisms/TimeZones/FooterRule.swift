/// The rule at the end of a TZif file, for all years after its last transition.
///
/// The form is that of the POSIX variable TZ, with the hours of RFC 8536 (-167 to 167).
struct FooterRule: Equatable, Sendable {
  /// The day and the wall clock second at which the clocks change.
  struct Change: Equatable, Sendable {
    enum Day: Equatable, Sendable {
      /// Week 5 means the last one; weekday 0 is Sunday, as in the file.
      case month(Int, week: Int, weekday: Int)
      /// 1 to 365; February 29th is not counted.
      case withoutLeapDay(Int)
      /// 0 to 365; February 29th is counted.
      case withLeapDay(Int)
    }

    var day: Day
    var second: Int
  }

  /// Daylight saving time, which begins and ends once in a year.
  struct Daylight: Equatable, Sendable {
    var type: LocalTimeType
    var begin: Change
    var end: Change
  }

  var standard: LocalTimeType
  var daylight: Daylight?

  /// The two changes of a year, the earlier one first.
  func changes(in year: Int) -> [(second: Int64, type: LocalTimeType)] {
    guard let daylight else { return [] }
    let begin = daylight.begin.wallClock(in: year) - Int64(standard.offset)
    let end = daylight.end.wallClock(in: year) - Int64(daylight.type.offset)
    let changes = [(second: begin, type: daylight.type), (second: end, type: standard)]
    return begin < end ? changes : changes.reversed()
  }
}

extension FooterRule.Change {
  /// Seconds since 1970 as if the wall clock showed universal time.
  func wallClock(in year: Int) -> Int64 {
    Int64(dayNumber(in: year).daysSince1970) * 86400 + Int64(second)
  }

  private func dayNumber(in year: Int) -> DayNumber {
    let newYear = DayNumber(validYear: year, 1, 1)
    switch day {
    case .withLeapDay(let index):
      return newYear.adding(days: index)
    case .withoutLeapDay(let number):
      // Day 60 is March 1st in every year.
      return newYear.adding(days: number - (number >= 60 && DayNumber.isLeap(year) ? 0 : 1))
    case .month(let month, let week, let weekday):
      let first = DayNumber(validYear: year, month, 1)
      let mondayBased = (weekday + 6) % 7
      var date = 1 + floorModulo(mondayBased - first.weekday, 7) + (week - 1) * 7
      if date > DayNumber.length(ofMonth: month, year: year) { date -= 7 }
      return first.adding(days: date - 1)
    }
  }
}
