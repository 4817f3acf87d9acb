internal import Access

/// JSON as bytes, written from left to right.
struct JSONText {
  var bytes: [UInt8] = []

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// A text in quotes, escaped.
  mutating func text(_ text: String) { CanonicalJSON.append(text, to: &bytes) }

  /// A key that needs no escapes, with its colon, behind a comma unless it is the first.
  mutating func key(_ name: String) {
    if let last = bytes.last, last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    raw(name)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  mutating func member(_ name: String, _ value: String) {
    key(name)
    text(value)
  }

  /// JSON inside of JSON: as a text, or as it is.
  mutating func nested(_ name: String, _ json: JSONText, asText: Bool) {
    key(name)
    if asText {
      text(String(decoding: json.bytes, as: UTF8.self))
    } else {
      bytes.append(contentsOf: json.bytes)
    }
  }
}

/// Instants as the log writes them.
enum LogTime {
  /// Seven fraction digits, 28 bytes in all: the length never changes.
  static func append(_ instant: EventTime, to bytes: inout [UInt8]) {
    let start = bytes.count
    for _ in 0..<28 { bytes.append(UInt8(ascii: "0")) }
    write(instant, into: &bytes, at: start)
  }

  /// The same over 28 bytes that are there.
  static func write(_ instant: EventTime, into bytes: inout [UInt8], at start: Int) {
    let day = instant.day
    let date = CivilDate(day: day)
    let inDay = Int(instant.ticks - Int64(day) * EventTime.ticksPerDay)
    let second = inDay / 10_000_000
    digits(date.year, 4, &bytes, start)
    bytes[start + 4] = UInt8(ascii: "-")
    digits(date.month, 2, &bytes, start + 5)
    bytes[start + 7] = UInt8(ascii: "-")
    digits(date.dayOfMonth, 2, &bytes, start + 8)
    bytes[start + 10] = UInt8(ascii: "T")
    digits(second / 3600, 2, &bytes, start + 11)
    bytes[start + 13] = UInt8(ascii: ":")
    digits(second / 60 % 60, 2, &bytes, start + 14)
    bytes[start + 16] = UInt8(ascii: ":")
    digits(second % 60, 2, &bytes, start + 17)
    bytes[start + 19] = UInt8(ascii: ".")
    digits(inDay % 10_000_000, 7, &bytes, start + 20)
    bytes[start + 27] = UInt8(ascii: "Z")
  }

  /// The same text with as many fraction digits as the style wants, and never too few.
  static func text(_ instant: EventTime, trimmed: Bool) -> String {
    if trimmed { return instant.description }
    var bytes: [UInt8] = []
    append(instant, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digits(_ number: Int, _ width: Int, _ bytes: inout [UInt8], _ start: Int) {
    var rest = number
    for index in stride(from: start + width - 1, through: start, by: -1) {
      bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}

extension GUID {
  /// The text with dashes over 36 bytes that are there.
  func write(into bytes: inout [UInt8], at start: Int) {
    var place = start
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        bytes[place] = UInt8(ascii: "-")
        place += 1
      }
      let word = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4)) & 15
      bytes[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
      place += 1
    }
  }
}
