/// The transitions of a file, continued by the rule of its footer.
struct TransitionTable {
  /// The calendar with its weekdays repeats after 400 years.
  static let cycle = Int64(DayNumber.daysOf400Years) * 86400

  private(set) var starts: [Int64] = []
  /// One more than there are starts: the first belongs to the time before all of them.
  private(set) var typeIndices: [UInt16] = [0]
  private(set) var types: [LocalTimeType]

  init(_ file: TZifFile) {
    types = file.types
    for (second, index) in zip(file.transitions, file.typeIndices) {
      append(second, typeIndex: UInt16(index))
    }
  }

  /// Adds 400 years and returns the instant from which they repeat; nil if they hold no change.
  mutating func append(_ footer: FooterRule) -> Int64? {
    let last = starts.last
    guard footer.daylight != nil else {
      // The last transition says the same; without any, the footer holds for all times.
      if last == nil { typeIndices = [index(of: footer.standard)] }
      return nil
    }
    if last == nil { typeIndices = [index(of: footer.standard)] }
    let firstYear = last.map { Self.year(of: $0) } ?? 1900
    // The instant to repeat from lies a year after the last transition of the file, so that
    // what is in force there comes from the footer.
    for year in firstYear...firstYear + 402 {
      for change in footer.changes(in: year) where change.second > last ?? .min {
        append(change.second, typeIndex: index(of: change.type))
      }
    }
    return Int64(DayNumber(validYear: firstYear + 2, 1, 1).daysSince1970) * 86400
  }

  /// A transition that changes nothing would end a period for no reason.
  private mutating func append(_ second: Int64, typeIndex: UInt16) {
    if let current = typeIndices.last, types[Int(current)] == types[Int(typeIndex)] { return }
    starts.append(second)
    typeIndices.append(typeIndex)
  }

  private mutating func index(of type: LocalTimeType) -> UInt16 {
    if let index = types.firstIndex(of: type) { return UInt16(index) }
    types.append(type)
    return UInt16(types.count - 1)
  }

  private static func year(of second: Int64) -> Int {
    DayNumber(daysSince1970: Int(floorDivide(second, 86400))).parts.year
  }
}
