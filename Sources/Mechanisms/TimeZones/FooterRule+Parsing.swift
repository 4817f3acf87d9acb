extension FooterRule {
  /// Reads a rule such as `CET-1CEST,M3.5.0,M10.5.0/3`; nil when it is not one.
  init?(_ text: some StringProtocol) {
    var scanner = FooterScanner(bytes: Array(text.utf8))
    guard let name = scanner.name(), let west = scanner.duration(hourLimit: 24) else { return nil }
    standard = LocalTimeType(offset: -west, isDaylightSaving: false, abbreviation: name)
    if scanner.isAtEnd { return }

    guard let daylightName = scanner.name() else { return nil }
    var offset = standard.offset + 3600
    if !scanner.isAtEnd, scanner.next != FooterScanner.comma {
      guard let west = scanner.duration(hourLimit: 24) else { return nil }
      offset = -west
    }
    guard scanner.skip(FooterScanner.comma), let begin = scanner.change(),
      scanner.skip(FooterScanner.comma), let end = scanner.change(), scanner.isAtEnd
    else { return nil }
    let type = LocalTimeType(offset: offset, isDaylightSaving: true, abbreviation: daylightName)
    daylight = Daylight(type: type, begin: begin, end: end)
  }
}

/// Reads the parts of a footer rule from left to right.
private struct FooterScanner {
  static let comma = UInt8(ascii: ",")

  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Letters, or anything between angle brackets.
  mutating func name() -> String? {
    let isQuoted = skip(UInt8(ascii: "<"))
    let start = position
    while let byte = next, isQuoted ? byte != UInt8(ascii: ">") : Self.isLetter(byte) {
      position += 1
    }
    let name = bytes[start..<position]
    guard name.count >= 3, !isQuoted || skip(UInt8(ascii: ">")) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  mutating func number(limit: Int) -> Int? {
    var value = 0
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) {
      value = value * 10 + Int(byte - 0x30)
      guard value <= limit else { return nil }
      position += 1
    }
    return position > start ? value : nil
  }

  /// A signed `hh[:mm[:ss]]` in seconds.
  mutating func duration(hourLimit: Int) -> Int? {
    let isNegative = skip(UInt8(ascii: "-"))
    if !isNegative { _ = skip(UInt8(ascii: "+")) }
    guard let hours = number(limit: hourLimit) else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] {
      guard skip(UInt8(ascii: ":")) else { break }
      guard let part = number(limit: 59) else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  mutating func change() -> FooterRule.Change? {
    guard let day = day() else { return nil }
    guard skip(UInt8(ascii: "/")) else { return FooterRule.Change(day: day, second: 7200) }
    guard let second = duration(hourLimit: 167) else { return nil }
    return FooterRule.Change(day: day, second: second)
  }

  private mutating func day() -> FooterRule.Change.Day? {
    if skip(UInt8(ascii: "J")) {
      guard let number = number(limit: 365), number >= 1 else { return nil }
      return .withoutLeapDay(number)
    }
    if skip(UInt8(ascii: "M")) {
      guard let month = number(limit: 12), month >= 1, skip(UInt8(ascii: ".")),
        let week = number(limit: 5), week >= 1, skip(UInt8(ascii: ".")),
        let weekday = number(limit: 6)
      else { return nil }
      return .month(month, week: week, weekday: weekday)
    }
    return number(limit: 365).map { .withLeapDay($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
