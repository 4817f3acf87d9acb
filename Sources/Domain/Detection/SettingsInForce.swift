internal import Access
internal import TimeZones

/// A setting that cannot be used, with its place and what to do about it.
public struct DetectionProblem: Hashable, Sendable {
  /// The place in the settings, for example `groups[0].timeZone`.
  public let path: String
  /// What is wrong, as a sentence.
  public let text: String
  /// What to do about it, as a sentence.
  public let remedy: String

  /// A problem at a place in the settings.
  public init(path: String, text: String, remedy: String) {
    self.path = path
    self.text = text
    self.remedy = remedy
  }
}

/// Settings that no detectors can be made of, with all that is wrong with them.
public struct InvalidDetectionSettings: Error, Hashable {
  /// All problems, in the order of the settings.
  public let problems: [DetectionProblem]
}

/// The zones that settings name, each loaded once.
struct ZoneTable {
  private var zones: [String: TimeZoneRules] = [:]

  /// The zone of a name; nil for none, and for a name that could not be loaded.
  subscript(name: String?) -> TimeZoneRules? { name.flatMap { zones[$0] } }

  /// Loads a zone, or says what is wrong with its name.
  mutating func load(_ name: String?, at path: String) -> DetectionProblem? {
    guard let name, zones[name] == nil else { return nil }
    do throws(TimeZoneError) {
      zones[name] = try TimeZoneRules(identifier: name)
      return nil
    } catch {
      return DetectionProblem(
        path: path, text: error.description,
        remedy: "Use a name of the IANA time zone database, for example Europe/Berlin.")
    }
  }
}

/// Settings that were checked and made ready, shared by the detectors of a set.
struct SettingsInForce {
  let settings: DetectionSettings
  let groups: VMGroups
  let calendar: WorkingCalendar
  let allowedNetworks: [Network]

  init(_ settings: DetectionSettings) throws(InvalidDetectionSettings) {
    var zones = ZoneTable()
    var problems = SettingsInForce.load(settings, into: &zones)
    var networks: [Network] = []
    for (index, text) in settings.allowedNetworks.enumerated() {
      if let network = Network(text) {
        networks.append(network)
      } else {
        problems.append(
          DetectionProblem(
            path: "allowedNetworks[\(index)]", text: "'\(text)' is no address and no prefix.",
            remedy: "Write it as 10.20.0.0/26, 203.0.113.10 or 2001:db8::/64."))
      }
    }
    problems += SettingsInForce.limits(settings)
    guard problems.isEmpty else { throw InvalidDetectionSettings(problems: problems) }
    self.settings = settings
    groups = VMGroups(settings.groups, zones: zones)
    calendar = WorkingCalendar(settings, groups: groups, zones: zones)
    allowedNetworks = networks
  }

  private static func load(
    _ settings: DetectionSettings, into zones: inout ZoneTable
  ) -> [DetectionProblem] {
    var named = [("calendar.timeZone", settings.calendar.timeZone)]
    named += settings.groups.enumerated().map { ("groups[\($0)].timeZone", $1.timeZone) }
    named += settings.people.enumerated().map { ("people[\($0)].timeZone", $1.timeZone) }
    return named.compactMap { zones.load($1, at: $0) }
  }

  private static func limits(_ settings: DetectionSettings) -> [DetectionProblem] {
    var limits = Limits()
    limits.burst(
      "repeated-requests", count: settings.repeatedRequests.count,
      within: settings.repeatedRequests.within)
    limits.burst(
      "refused-requests", count: settings.refusedRequests.count,
      within: settings.refusedRequests.within)
    limits.span("long-duration.limit", settings.longDuration.limit, atMost: .days(366))
    limits.number("wide-source.widestIPv4", settings.wideSource.widestIPv4, 0...32)
    limits.number("wide-source.widestIPv6", settings.wideSource.widestIPv6, 0...128)
    return limits.problems
  }
}

/// Collects numbers that lie outside of what makes sense.
private struct Limits {
  var problems: [DetectionProblem] = []

  mutating func burst(_ rule: String, count: Int, within: TimeSpan) {
    number("\(rule).count", count, 1...Burst.newestCounted)
    span("\(rule).within", within, atMost: .days(31))
  }

  mutating func number(_ path: String, _ value: Int, _ range: ClosedRange<Int>) {
    if range.contains(value) { return }
    problems.append(
      DetectionProblem(
        path: "detection.\(path)", text: "\(value) is out of range.",
        remedy: "Use a number from \(range.lowerBound) to \(range.upperBound)."))
  }

  mutating func span(_ path: String, _ value: TimeSpan, atMost limit: TimeSpan) {
    if value > .zero, value <= limit { return }
    problems.append(
      DetectionProblem(
        path: "detection.\(path)", text: "The span is out of range.",
        remedy: "Use a span over zero and of at most \(limit.spoken)."))
  }
}
