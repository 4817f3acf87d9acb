/// Why the rules of a time zone could not be had.
public enum TimeZoneError: Error, Equatable, Sendable {
  /// There is no such zone; the near matches are names that do exist, the nearest first.
  case unknownZone(String, nearMatches: [String])
  /// The folder with the time zone data is missing: the package `tzdata` is not installed.
  case noTimeZoneData(folder: String)
  /// The file of the zone cannot be understood.
  case malformed(String, reason: String)
}

extension TimeZoneError: CustomStringConvertible {
  /// The failure as a sentence.
  public var description: String {
    switch self {
    case .unknownZone(let name, let matches):
      let names = matches.map { "'\($0)'" }.joined(separator: " or ")
      return "There is no time zone '\(name)'." + (names.isEmpty ? "" : " Did you mean \(names)?")
    case .noTimeZoneData(let folder):
      return "There is no time zone data in \(folder): install tzdata, or set TZDIR."
    case .malformed(let name, let reason):
      return "The data of time zone '\(name)' cannot be read: \(reason)."
    }
  }
}
