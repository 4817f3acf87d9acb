internal import Glibc

/// An instant of the system's clock, in whole seconds, as lines of a log show it.
public struct WallTime: Equatable, Sendable, CustomStringConvertible {
  /// Seconds since the beginning of 1970 in UTC.
  public var secondsSince1970: Int64

  /// Makes an instant.
  public init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

  /// What the clock shows.
  public static var now: WallTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(secondsSince1970: Int64(time.tv_sec))
  }

  /// The instant as RFC 3339 in UTC.
  public var description: String {
    var seconds = time_t(secondsSince1970)
    var parts = unsafe tm()
    unsafe gmtime_r(&seconds, &parts)
    let date = unsafe [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
    let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(Int.init)
    let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return date.map(padded).joined(separator: "-") + "T"
      + time.map(padded).joined(separator: ":") + "Z"
  }
}
