internal import Access
internal import TimeZones

/// Finds requests that people make outside of their working hours.
///
/// - Sees: a person's request outside of their working hours or on a holiday, whatever its outcome.
/// - Window and key: the instant of one request, in the person's, the VMs' or the calendar's zone.
/// - Misses: people without working hours or on call, applications, and vacations.
/// - Costs: patterns of people and groups against one name and the VMs, and one offset looked up.
struct OffHours: RequestDetector {
  static let description = RuleDescription(
    id: "off-hours", summary: "Request outside working hours, on a weekend or on a holiday",
    severity: .medium, attack: ["T1078.004"])

  private let calendar: WorkingCalendar
  private let severity: Severity

  init(_ inForce: SettingsInForce) {
    calendar = inForce.calendar
    severity = inForce.settings.offHours.common.severity ?? OffHours.description.severity
  }

  func judge(_ request: AccessRequest) -> Finding? {
    guard request.actor.kind == .user,
      let expected = calendar.expectation(
        of: request.actor, for: request.grants.lazy.map(\.vm))
    else { return nil }
    let local = expected.zone.localTime(atUnixSeconds: request.requestedAt.seconds)
    let (day, minute) = (local.day.daysSince1970, local.secondOfDay / 60)
    let isHoliday = calendar.isHoliday(day: day)
    if !isHoliday, expected.hours.contains(day: day, minute: minute) { return nil }
    var finding = Finding(
      about: request, by: OffHours.description, severity: severity,
      vms: request.grants.lazy.map(\.vm))
    finding.title = isHoliday ? "Request on a holiday" : "Request outside working hours"
    let weekday = Weekday(ofDay: day)
    let target = RequestWording.targets(of: request.grants, policy: request.policy)
    finding.explanation =
      "\(request.actor.shownName) asked for \(target) on \(weekday.name) \(local.day)"
      + " \(InstantText.clock(minute: minute)) \(expected.zone.identifier); "
      + (isHoliday ? "that day is a holiday." : OffHours.told(expected.hours, on: weekday))
    return finding
  }

  private static func told(_ hours: WorkingHours, on weekday: Weekday) -> String {
    let ranges = hours.ranges(on: weekday)
    if ranges.isEmpty { return "no working hours begin on a \(weekday.name)." }
    return "working hours are \(RequestWording.list(ranges.map(\.shown), more: "more"))."
  }

  static func common(of settings: DetectionSettings) -> CommonSettings { settings.offHours.common }

  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON) {
    json.openArray()
    settings.offHours.write(to: &json)
    settings.calendar.write(to: &json)
    json.list(settings.people) { $0.write(to: &$1) }
    json.list(settings.groups.filter { $0.timeZone != nil }) { group, json in
      json.openArray()
      json.optional(group.timeZone)
      json.value(group.vms)
      json.closeArray()
    }
    json.closeArray()
  }
}

/// Settings of `off-hours`; the hours themselves are those of calendar and people.
public struct OffHoursSettings: RuleSettings, Hashable, Sendable {
  /// The switch and the severity.
  public var common = CommonSettings()

  /// The defaults.
  public init() {}
}
