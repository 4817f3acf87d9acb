extension EventTime {
  /// The instant that an RFC 3339 text means; a blank may stand for `T`.
  ///
  /// Digits beyond the seventh of the fraction are cut. No zone means UTC, as in the activity log.
  public init?(rfc3339 text: String) {
    guard let time = EventTime.parse(text.utf8.span) else { return nil }
    self = time
  }

  /// The instant that RFC 3339 bytes mean, or nil.
  public static func parse(_ bytes: Span<UInt8>) -> EventTime? {
    guard bytes.count >= 19, let year = number(bytes, 0, 4), bytes[4] == 0x2D,
      let month = number(bytes, 5, 2), bytes[7] == 0x2D, let day = number(bytes, 8, 2),
      bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20,
      let hour = number(bytes, 11, 2), bytes[13] == 0x3A, let minute = number(bytes, 14, 2),
      bytes[16] == 0x3A, let second = number(bytes, 17, 2),
      let date = CivilDate(year: year, month: month, dayOfMonth: day),
      hour < 24, minute < 60, second < 61
    else { return nil }
    var index = 19
    guard let fraction = fraction(bytes, &index), let offset = zone(bytes, index) else {
      return nil
    }
    let seconds = Int64(date.day) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    let time = EventTime(ticks: seconds * ticksPerSecond + Int64(fraction))
    // An offset can lead out of the years that have a text.
    return (distantPast...distantFuture).contains(time) ? time : nil
  }

  private static func fraction(_ bytes: Span<UInt8>, _ index: inout Int) -> Int? {
    guard index < bytes.count, bytes[index] == 0x2E || bytes[index] == 0x2C else { return 0 }
    index += 1
    var (value, digits) = (0, 0)
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
      if digits < 7 { value = value * 10 + Int(bytes[index] - 0x30) }
      digits += 1
      index += 1
    }
    while digits < 7 {
      value *= 10
      digits += 1
    }
    return value
  }

  /// Seconds east of UTC, or nil when what follows the time is no zone.
  private static func zone(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    if start == bytes.count { return 0 }
    if bytes[start] == 0x5A || bytes[start] == 0x7A { return start + 1 == bytes.count ? 0 : nil }
    guard bytes[start] == 0x2B || bytes[start] == 0x2D, let hours = number(bytes, start + 1, 2)
    else { return nil }
    let sign = bytes[start] == 0x2D ? -1 : 1
    if start + 3 == bytes.count { return hours < 24 ? sign * hours * 3600 : nil }
    let minuteStart = bytes[start + 3] == 0x3A ? start + 4 : start + 3
    guard let minutes = number(bytes, minuteStart, 2), minuteStart + 2 == bytes.count,
      hours < 24, minutes < 60
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ width: Int) -> Int? {
    guard start + width <= bytes.count else { return nil }
    var value = 0
    for index in start..<(start + width) {
      guard (0x30...0x39).contains(bytes[index]) else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    return value
  }
}
