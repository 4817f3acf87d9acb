/// An instant in ticks of 100 ns since 1970-01-01T00:00:00Z: the seven digits that Azure prints.
public struct EventTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Ticks of 100 ns since the epoch; negative before it.
  public let ticks: Int64

  /// Ticks in one second.
  public static let ticksPerSecond: Int64 = 10_000_000
  /// Ticks in one UTC day.
  public static let ticksPerDay: Int64 = 864_000_000_000
  /// The epoch.
  public static let epoch = EventTime(ticks: 0)
  /// Before every instant that a record can name.
  public static let distantPast = EventTime(ticks: -621_355_968_000_000_000)
  /// After every instant that a record can name: 9999-12-31T23:59:59.9999999Z.
  public static let distantFuture = EventTime(ticks: 2_534_023_007_999_999_999)

  /// The instant at this many ticks.
  @inlinable
  public init(ticks: Int64) { self.ticks = ticks }

  /// The instant at this many whole seconds.
  @inlinable
  public init(seconds: Int64) { self.ticks = seconds * EventTime.ticksPerSecond }

  /// Seconds since the epoch, rounded down.
  public var seconds: Int64 { EventTime.floorDivide(ticks, EventTime.ticksPerSecond) }

  /// The UTC day, counted from 1970-01-01.
  public var day: Int { Int(EventTime.floorDivide(ticks, EventTime.ticksPerDay)) }

  /// The first instant of a UTC day.
  public static func start(ofDay day: Int) -> EventTime {
    EventTime(ticks: Int64(day) * ticksPerDay)
  }

  /// By time.
  @inlinable
  public static func < (left: EventTime, right: EventTime) -> Bool { left.ticks < right.ticks }

  /// The instant a span later, at most the last one that has a text.
  @inlinable
  public static func + (time: EventTime, span: TimeSpan) -> EventTime {
    let (sum, overflow) = time.ticks.addingReportingOverflow(span.ticks)
    if overflow { return span.ticks > 0 ? .distantFuture : .distantPast }
    return min(max(EventTime(ticks: sum), .distantPast), .distantFuture)
  }

  /// The instant a span earlier, at least the first one that has a text.
  @inlinable
  public static func - (time: EventTime, span: TimeSpan) -> EventTime {
    let (difference, overflow) = time.ticks.subtractingReportingOverflow(span.ticks)
    if overflow { return span.ticks < 0 ? .distantFuture : .distantPast }
    return min(max(EventTime(ticks: difference), .distantPast), .distantFuture)
  }

  /// The span from one instant to another.
  @inlinable
  public static func - (later: EventTime, earlier: EventTime) -> TimeSpan {
    TimeSpan(ticks: later.ticks - earlier.ticks)
  }

  /// RFC 3339 in UTC with up to seven fraction digits and no trailing zeros.
  public var description: String {
    var text = [UInt8]()
    text.reserveCapacity(28)
    appendText(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the RFC 3339 text as ASCII.
  public func appendText(to text: inout [UInt8]) {
    let date = CivilDate(day: day)
    let inDay = ticks - Int64(day) * EventTime.ticksPerDay
    let second = Int(inDay / EventTime.ticksPerSecond)
    var fraction = Int(inDay % EventTime.ticksPerSecond)
    date.appendText(to: &text, separator: true)
    text.append(UInt8(ascii: "T"))
    CivilDate.append(second / 3600, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    CivilDate.append(second / 60 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    CivilDate.append(second % 60, width: 2, to: &text)
    if fraction > 0 {
      var width = 7
      while fraction % 10 == 0 {
        fraction /= 10
        width -= 1
      }
      text.append(UInt8(ascii: "."))
      CivilDate.append(fraction, width: width, to: &text)
    }
    text.append(UInt8(ascii: "Z"))
  }

  /// The UTC date as eight digits, as evidence ids and request ids carry it.
  public var dateDigits: String {
    var text = [UInt8]()
    CivilDate(day: day).appendText(to: &text, separator: false)
    return String(decoding: text, as: UTF8.self)
  }

  /// The UTC date as `YYYY-MM-DD`.
  public var dateText: String {
    var text = [UInt8]()
    CivilDate(day: day).appendText(to: &text, separator: true)
    return String(decoding: text, as: UTF8.self)
  }

  static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}

/// A length of time in ticks of 100 ns.
public struct TimeSpan: Hashable, Comparable, Sendable {
  /// Ticks of 100 ns; may be negative.
  public let ticks: Int64

  /// The span of this many ticks.
  @inlinable
  public init(ticks: Int64) { self.ticks = ticks }

  /// A span of whole seconds.
  @inlinable
  public static func seconds(_ count: Int64) -> TimeSpan { TimeSpan(ticks: count * 10_000_000) }
  /// A span of whole minutes.
  @inlinable
  public static func minutes(_ count: Int64) -> TimeSpan { .seconds(count * 60) }
  /// A span of whole hours.
  @inlinable
  public static func hours(_ count: Int64) -> TimeSpan { .seconds(count * 3600) }
  /// A span of whole days of 24 hours.
  @inlinable
  public static func days(_ count: Int64) -> TimeSpan { .seconds(count * 86_400) }
  /// No time at all.
  public static let zero = TimeSpan(ticks: 0)

  /// By length.
  @inlinable
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.ticks < right.ticks }

  /// Whole seconds, rounded towards zero.
  public var wholeSeconds: Int64 { ticks / EventTime.ticksPerSecond }

  /// The span as people say it, for example `3 h 12 min` or `45 s`.
  public var spoken: String {
    let seconds = abs(wholeSeconds)
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
    if days > 1 { return hours == 0 ? "\(days) d" : "\(days) d \(hours) h" }
    let allHours = seconds / 3600
    if allHours > 0 { return minutes == 0 ? "\(allHours) h" : "\(allHours) h \(minutes) min" }
    let rest = seconds % 60
    if minutes > 0 { return rest == 0 ? "\(minutes) min" : "\(minutes) min \(rest) s" }
    return "\(seconds) s"
  }
}
