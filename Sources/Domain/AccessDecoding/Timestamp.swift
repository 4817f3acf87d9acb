internal import Access

/// Reads the instants that activity logs and bodies write, in every form that was seen.
enum Timestamp {
  /// The longest text that is looked at.
  private static let lengthLimit = 64

  /// The instant that a text means; no zone is UTC, slashes are month/day/year.
  static func parse(_ text: RawSpan) -> EventTime? {
    let bytes = Span<UInt8>(_bytes: text)
    return EventTime.parse(bytes) ?? parseUnusual(bytes)
  }

  private static func parseUnusual(_ bytes: Span<UInt8>) -> EventTime? {
    guard bytes.count <= lengthLimit else { return nil }
    var cursor = Cursor(bytes)
    guard let date = date(&cursor) else { return nil }
    let isSeparated =
      cursor.take(UInt8(ascii: "t")) || cursor.take(UInt8(ascii: ",")) || cursor.hadBlanks
    guard isSeparated, let clock = clock(&cursor), let offset = zone(&cursor), cursor.isAtEnd
    else { return nil }
    let seconds = Int64(date.day) * 86_400 - offset
    return EventTime(ticks: seconds * EventTime.ticksPerSecond + clock)
  }

  private static func date(_ cursor: inout Cursor) -> CivilDate? {
    let start = cursor.index
    guard let first = cursor.number(1...4) else { return nil }
    if cursor.index - start == 4 {
      guard cursor.take(UInt8(ascii: "-")), let month = cursor.number(2...2),
        cursor.take(UInt8(ascii: "-")), let day = cursor.number(2...2)
      else { return nil }
      return CivilDate(year: first, month: month, dayOfMonth: day)
    }
    guard cursor.take(UInt8(ascii: "/")), let day = cursor.number(1...2),
      cursor.take(UInt8(ascii: "/")), let year = cursor.number(4...4)
    else { return nil }
    return CivilDate(year: year, month: first, dayOfMonth: day)
  }

  /// Ticks since midnight.
  private static func clock(_ cursor: inout Cursor) -> Int64? {
    guard var hour = cursor.number(1...2), cursor.take(UInt8(ascii: ":")),
      let minute = cursor.number(2...2), cursor.take(UInt8(ascii: ":")),
      let second = cursor.number(2...2), minute < 60, second < 61
    else { return nil }
    let isFractional = cursor.take(UInt8(ascii: ".")) || cursor.take(UInt8(ascii: ","))
    let fraction = isFractional ? cursor.fraction() : 0
    let isAfternoon = cursor.take(UInt8(ascii: "p"))
    if isAfternoon || cursor.take(UInt8(ascii: "a")) {
      guard cursor.take(UInt8(ascii: "m")), (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24 else { return nil }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    return seconds * EventTime.ticksPerSecond + fraction
  }

  /// Seconds east of UTC.
  private static func zone(_ cursor: inout Cursor) -> Int64? {
    if cursor.isAtEnd || cursor.take(UInt8(ascii: "z")) { return 0 }
    let isWest = cursor.take(UInt8(ascii: "-"))
    guard isWest || cursor.take(UInt8(ascii: "+")), let hours = cursor.number(2...2),
      hours <= 14
    else { return nil }
    var minutes = 0
    if !cursor.isAtEnd {
      _ = cursor.take(UInt8(ascii: ":"))
      guard let read = cursor.number(2...2), read < 60 else { return nil }
      minutes = read
    }
    return Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}

/// A place in a text without its blanks and in small letters.
private struct Cursor {
  private var bytes: [UInt8] = []
  private(set) var index = 0
  private(set) var hadBlanks = false

  init(_ text: Span<UInt8>) {
    var place = 0
    while place < text.count {
      let width = Blank.width(text, at: place)
      if width > 0 {
        hadBlanks = hadBlanks || !bytes.isEmpty
        place += width
      } else {
        bytes.append(lowered(text[place]))
        place += 1
      }
    }
  }

  var isAtEnd: Bool { index == bytes.count }

  mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// A number with as many digits as the range allows, as many as there are.
  mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    let start = index
    var value = 0
    while index - start < digits.upperBound, let digit = digit() { value = value * 10 + digit }
    return index - start >= digits.lowerBound ? value : nil
  }

  /// The ticks of a fraction of a second; more than seven digits are cut.
  mutating func fraction() -> Int64 {
    var (value, unit) = (Int64(0), EventTime.ticksPerSecond / 10)
    while let digit = digit() {
      value += Int64(digit) * unit
      unit /= 10
    }
    return value
  }

  private mutating func digit() -> Int? {
    guard index < bytes.count, (0x30...0x39).contains(bytes[index]) else { return nil }
    index += 1
    return Int(bytes[index - 1] - 0x30)
  }
}
