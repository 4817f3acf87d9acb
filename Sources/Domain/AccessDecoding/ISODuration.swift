internal import Access

/// Reads durations of ISO 8601, such as `PT1H30M`, `P1D` or `PT0.5S`.
///
/// Years and months have no length of their own and are not read.
enum ISODuration {
  private struct Unit {
    let letter: UInt8
    let isTime: Bool
    let seconds: Int64
  }

  /// In the order in which they may stand.
  private static let units = [
    Unit(letter: UInt8(ascii: "w"), isTime: false, seconds: 604_800),
    Unit(letter: UInt8(ascii: "d"), isTime: false, seconds: 86_400),
    Unit(letter: UInt8(ascii: "h"), isTime: true, seconds: 3600),
    Unit(letter: UInt8(ascii: "m"), isTime: true, seconds: 60),
    Unit(letter: UInt8(ascii: "s"), isTime: true, seconds: 1),
  ]

  /// The span that a text means, or nil when it is no duration or longer than can be said.
  static func parse(_ text: String) -> TimeSpan? {
    let letters = Blank.trimmed(text).utf8.map(lowered)
    guard letters.first == UInt8(ascii: "p") else { return nil }
    var (index, inTime, nextUnit, isFractional) = (1, false, 0, false)
    var total: Int64 = 0
    while index < letters.count {
      if letters[index] == UInt8(ascii: "t") {
        guard !inTime else { return nil }
        inTime = true
        index += 1
      }
      guard !isFractional, let amount = Amount(letters, &index), index < letters.count,
        let unit = units[nextUnit...].firstIndex(where: {
          $0.letter == letters[index] && $0.isTime == inTime
        }), let ticks = amount.ticks(units[unit].seconds)
      else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(ticks)
      guard !overflow else { return nil }
      total = sum
      nextUnit = unit + 1
      isFractional = amount.isFractional
      index += 1
    }
    return nextUnit > 0 && letters.last != UInt8(ascii: "t") ? TimeSpan(ticks: total) : nil
  }
}

/// A number of units, with a fraction or without.
private struct Amount {
  private var whole: Int64 = 0
  /// In ten-millionths.
  private var fraction: Int64 = 0
  private(set) var isFractional = false

  init?(_ letters: [UInt8], _ index: inout Int) {
    let start = index
    while index < letters.count, let digit = Amount.digit(letters[index]) {
      let (tens, isTooLarge) = whole.multipliedReportingOverflow(by: 10)
      let (next, isOver) = tens.addingReportingOverflow(digit)
      guard !isTooLarge, !isOver else { return nil }
      whole = next
      index += 1
    }
    guard index > start else { return nil }
    guard index < letters.count, letters[index] == 0x2E || letters[index] == 0x2C else { return }
    isFractional = true
    index += 1
    var unit: Int64 = 1_000_000
    let fractionStart = index
    while index < letters.count, let digit = Amount.digit(letters[index]) {
      fraction += digit * unit
      unit /= 10
      index += 1
    }
    guard index > fractionStart else { return nil }
  }

  func ticks(_ seconds: Int64) -> Int64? {
    let (ticks, isTooLarge) = whole.multipliedReportingOverflow(
      by: seconds * EventTime.ticksPerSecond)
    let (sum, isOver) = ticks.addingReportingOverflow(fraction * seconds)
    return isTooLarge || isOver ? nil : sum
  }

  private static func digit(_ letter: UInt8) -> Int64? {
    (0x30...0x39).contains(letter) ? Int64(letter - 0x30) : nil
  }
}
