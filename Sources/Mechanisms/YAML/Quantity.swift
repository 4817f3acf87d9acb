/// Whole numbers with a unit behind them.
enum Quantity {
  static let timeUnits: [(name: String, size: Int)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86400),
  ]

  static let byteUnits: [(name: String, size: Int)] = [
    ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
  ]

  /// Reads digits and a unit; nil for anything else, and when the product is too large.
  static func parse(_ text: String, units: [(name: String, size: Int)]) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
    let name = text.dropFirst(digits.count)
    guard let number = Int(digits), let unit = units.first(where: { $0.name == name }) else {
      return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit.size)
    return overflow ? nil : product
  }

  /// Writes a duration in the largest unit that leaves nothing over.
  static func duration(_ duration: Duration) -> String {
    write(Int(duration.components.seconds), units: timeUnits)
  }

  /// Writes a size in the largest unit that leaves nothing over.
  static func bytes(_ count: Int) -> String {
    write(count, units: byteUnits)
  }

  private static func write(_ number: Int, units: [(name: String, size: Int)]) -> String {
    let unit = units.last { number != 0 && number % $0.size == 0 } ?? units[0]
    return "\(number / unit.size)\(unit.name)"
  }
}
