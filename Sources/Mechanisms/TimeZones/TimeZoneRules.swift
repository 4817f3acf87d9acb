/// When a time zone changes its clocks, as integers, for all times.
///
/// A look-up is a binary search in an array. A caller with many instants close together keeps the
/// ``Period`` and asks again only when an instant lies outside of it.
public struct TimeZoneRules: Sendable {
  /// The IANA name of the zone, such as `Europe/Berlin`.
  public let identifier: String

  private let starts: [Int64]
  /// Indices into `types`; the first belongs to the time before all starts.
  private let typeIndices: [UInt16]
  private let types: [LocalTimeType]
  /// From here on everything repeats, every 400 years; nil when nothing changes any more.
  private let cycleStart: Int64?

  /// The zone without an offset.
  public static let utc = TimeZoneRules(
    identifier: "UTC", starts: [], typeIndices: [0],
    types: [LocalTimeType(offset: 0, isDaylightSaving: false, abbreviation: "UTC")],
    cycleStart: nil)

  /// Reads the rules of a zone from the system's time zone data.
  ///
  /// The folder is that of the variable TZDIR, or `/usr/share/zoneinfo`.
  public init(identifier: String, folder: String? = nil) throws(TimeZoneError) {
    let zones = ZoneFolder(path: folder)
    try self.init(identifier: identifier, file: zones.read(identifier))
  }

  /// Reads the rules of a zone from the bytes of its TZif file, version 2 or later.
  public init(identifier: String, file bytes: [UInt8]) throws(TimeZoneError) {
    let file: TZifFile
    do throws(TZifFile.Malformed) {
      file = try TZifFile(bytes)
    } catch {
      throw .malformed(identifier, reason: error.reason)
    }
    self.init(identifier: identifier, file)
  }

  private init(identifier: String, _ file: TZifFile) {
    var table = TransitionTable(file)
    let cycleStart = file.footer.flatMap { table.append($0) }
    self.init(
      identifier: identifier, starts: table.starts, typeIndices: table.typeIndices,
      types: table.types, cycleStart: cycleStart)
  }

  private init(
    identifier: String, starts: [Int64], typeIndices: [UInt16], types: [LocalTimeType],
    cycleStart: Int64?
  ) {
    self.identifier = identifier
    self.starts = starts
    self.typeIndices = typeIndices
    self.types = types
    self.cycleStart = cycleStart
  }

  /// Local time minus universal time in seconds: positive east of Greenwich.
  public func offset(atUnixSeconds second: Int64) -> Int {
    types[Int(typeIndices[index(at: second - shift(of: second))])].offset
  }

  /// The time around an instant in which the clocks are not changed.
  public func period(atUnixSeconds second: Int64) -> Period {
    let shift = shift(of: second)
    let index = index(at: second - shift)
    let type = types[Int(typeIndices[index])]
    return Period(
      start: index == 0 ? .min : starts[index - 1] + shift,
      end: index == starts.count ? .max : starts[index] + shift,
      offset: type.offset, isDaylightSaving: type.isDaylightSaving,
      abbreviation: type.abbreviation)
  }

  /// How many seconds, in whole cycles, an instant lies beyond the table.
  private func shift(of second: Int64) -> Int64 {
    guard let cycleStart, second >= cycleStart + TransitionTable.cycle else { return 0 }
    let beyond = min(second, TZifFile.timeLimit) - cycleStart
    return beyond - beyond % TransitionTable.cycle
  }

  /// How many starts are not later than the instant.
  private func index(at second: Int64) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TimeZoneRules {
  /// A stretch of time in which a zone does not change its clocks.
  public struct Period: Hashable, Sendable {
    /// The first second, or the smallest number when there was no change before.
    public let start: Int64
    /// The first second that no longer belongs to it, or the largest number.
    public let end: Int64
    /// Local time minus universal time in seconds.
    public let offset: Int
    /// Whether this is summer time.
    public let isDaylightSaving: Bool
    /// What people call it, such as `CEST`, or the offset such as `+0330`.
    public let abbreviation: String

    /// Whether an instant lies in the period.
    public func contains(unixSeconds second: Int64) -> Bool {
      start <= second && second < end
    }
  }
}
