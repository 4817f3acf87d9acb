/// What calendar and clock show somewhere at some instant.
public struct LocalTime: Hashable, Sendable {
  /// The local date.
  public let day: DayNumber
  /// The seconds that the clock shows since midnight, 0 to 86,399.
  public let secondOfDay: Int
  /// Local time minus universal time in seconds.
  public let offset: Int

  /// Reads calendar and clock at an offset.
  public init(unixSeconds second: Int64, offset: Int) {
    // Beyond this bound, 36 million years away, there is no calendar to speak of.
    let bound: Int64 = 1 << 50
    let local = min(max(second, -bound), bound) + Int64(offset)
    let days = floorDivide(local, 86400)
    day = DayNumber(daysSince1970: Int(days))
    secondOfDay = Int(local - days * 86400)
    self.offset = offset
  }

  /// The day of the week, 0 for Monday to 6 for Sunday.
  public var weekday: Int { day.weekday }

  /// The hour that the clock shows, 0 to 23.
  public var hour: Int { secondOfDay / 3600 }

  /// The hour of the week, 0 for the first of Monday to 167.
  public var hourOfWeek: Int { weekday * 24 + hour }
}

extension TimeZoneRules {
  /// Calendar and clock at an instant.
  public func localTime(atUnixSeconds second: Int64) -> LocalTime {
    LocalTime(unixSeconds: second, offset: offset(atUnixSeconds: second))
  }

  /// The local date at an instant.
  public func localDay(atUnixSeconds second: Int64) -> DayNumber {
    localTime(atUnixSeconds: second).day
  }

  /// The earliest instant of a local date; where the zone skipped the date, that of the next one.
  public func startOfDay(_ day: DayNumber) -> Int64 {
    instant(day: day, secondOfDay: 0)
  }

  /// The earliest instant at which calendar and clock show this date and time.
  ///
  /// A time that is skipped when clocks are put forward gives the instant of that change.
  public func instant(day: DayNumber, secondOfDay: Int) -> Int64 {
    let wallClock = Int64(day.daysSince1970) * 86400 + Int64(secondOfDay)
    // No offset is larger than 26 hours, so earlier periods cannot contain the instant.
    var period = period(atUnixSeconds: wallClock - 93600)
    while period.end != .max, wallClock - Int64(period.offset) >= period.end {
      period = self.period(atUnixSeconds: period.end)
    }
    return max(wallClock - Int64(period.offset), period.start)
  }
}
