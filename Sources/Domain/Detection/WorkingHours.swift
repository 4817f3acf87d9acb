/// A day of the week.
public enum Weekday: Int, CaseIterable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// The first three letters, as the settings write it.
  public var short: String { String(name.lowercased().prefix(3)) }

  /// The day as people write it.
  public var name: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }

  /// The weekday of a date, counted in days from 1970-01-01, which was a Thursday.
  public init(ofDay day: Int) {
    let index = (day + 3) % 7
    self = Weekday.allCases[index < 0 ? index + 7 : index]
  }

  /// The days that a text such as `mon-fri`, `sat` or `mon,wed,fri` means, or nil.
  public static func days(_ text: String) -> Set<Weekday>? {
    var days: Set<Weekday> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(day)
      guard let start = ends[0], ends.count <= 2, let end = ends[ends.count - 1] else {
        return nil
      }
      let length = (end.rawValue - start.rawValue + 7) % 7
      for step in 0...length { days.insert(allCases[(start.rawValue + step) % 7]) }
    }
    return days
  }

  private static func day(_ text: Substring) -> Weekday? {
    let word = text.filter { $0 != " " }.lowercased()
    return allCases.first { $0.short == word || $0.name.lowercased() == word }
  }
}

/// A stretch of a day in minutes since its midnight; it may end on the day after.
public struct MinuteRange: Hashable, Comparable, Sendable {
  /// The first minute, 0 to 1439.
  public let start: Int
  /// The first minute that no longer belongs to it; over 1440 it lies on the day after.
  public let end: Int

  /// From one minute to another, at most 24 hours, or nil where that is no stretch of a day.
  public init?(start: Int, end: Int) {
    guard (0..<1440).contains(start), end > start, end - start <= 1440 else { return nil }
    self.start = start
    self.end = end
  }

  /// The range that a text such as `08:00-18:00` or, over midnight, `22:00-06:00` means, or nil.
  public init?(_ text: String) {
    let ends = text.filter { $0 != " " }
      .split(separator: "-", omittingEmptySubsequences: false).map(MinuteRange.minute)
    guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
    self.init(start: start, end: end < start ? end + 1440 : end)
  }

  /// `08:00–18:00`.
  public var shown: String {
    let last = end > 1440 ? end - 1440 : end
    return "\(InstantText.clock(minute: start))–\(InstantText.clock(minute: last))"
  }

  /// By beginning, then by end.
  public static func < (left: MinuteRange, right: MinuteRange) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count <= 2, parts[1].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
      hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }
}

/// When people work: ranges of the day for each day of the week.
public struct WorkingHours: Hashable, Sendable {
  private var ranges = [[MinuteRange]](repeating: [], count: 7)

  /// No working hours at all.
  public init() {}

  /// The same ranges on several days.
  public init(_ ranges: [MinuteRange], on days: some Sequence<Weekday>) {
    for range in ranges { add(range, on: days) }
  }

  /// Adds a range to days; a range over midnight belongs to the day on which it begins.
  public mutating func add(_ range: MinuteRange, on days: some Sequence<Weekday>) {
    for day in days where !ranges[day.rawValue].contains(range) {
      ranges[day.rawValue].append(range)
      ranges[day.rawValue].sort()
    }
  }

  /// True where no day has a range.
  public var isEmpty: Bool { ranges.allSatisfy(\.isEmpty) }

  /// The ranges that begin on a day, by start.
  public func ranges(on day: Weekday) -> [MinuteRange] { ranges[day.rawValue] }

  /// Whether a minute of a date's day lies in a range of that day, or of the one before it.
  public func contains(day: Int, minute: Int) -> Bool {
    let today = ranges(on: Weekday(ofDay: day))
    if today.contains(where: { $0.start <= minute && minute < $0.end }) { return true }
    // Only a range over midnight reaches this far.
    return ranges(on: Weekday(ofDay: day - 1)).contains { minute + 1440 < $0.end }
  }
}
