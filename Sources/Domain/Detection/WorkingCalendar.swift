internal import Access
internal import TimeZones

/// When a person is expected to work, and in which zone.
struct WorkingCalendar: Sendable {
  /// What is expected of one person for some VMs.
  struct Expectation {
    /// The zone in which the working hours are meant.
    let zone: TimeZoneRules
    /// The working hours, never empty.
    let hours: WorkingHours
  }

  private struct Person: Sendable {
    let pattern: Glob
    let zone: TimeZoneRules?
    let hours: WorkingHours?
    let onCall: Bool
  }

  private let hours: WorkingHours
  private let zone: TimeZoneRules?
  private let holidays: Set<Int>
  private let people: [Person]
  private let groups: VMGroups

  init(_ settings: DetectionSettings, groups: VMGroups, zones: ZoneTable) {
    hours = settings.calendar.workingHours
    zone = zones[settings.calendar.timeZone]
    holidays = Set(settings.calendar.holidays.map(\.day))
    people = settings.people.map { person in
      Person(
        pattern: Glob(person.match), zone: zones[person.timeZone],
        hours: person.workingHours.flatMap { $0.isEmpty ? nil : $0 }, onCall: person.onCall)
    }
    self.groups = groups
  }

  /// What is expected of a person who asks for VMs; nil for people on call and where no working
  /// hours are set.
  ///
  /// The zone is the person's, else that of the VMs' group, else the calendar's, else UTC.
  func expectation(
    of actor: Actor, for vms: some Sequence<ResourceID>
  ) -> Expectation? {
    let name = actor.name?.lowercased()
    let person = name.flatMap { name in
      people.first { $0.pattern.matches(lowercased: name) }
    }
    if person?.onCall == true { return nil }
    let hours = person?.hours ?? hours
    guard !hours.isEmpty else { return nil }
    return Expectation(
      zone: person?.zone ?? groups.zone(of: vms) ?? zone ?? .utc, hours: hours)
  }

  /// Whether nobody is expected to work on a local date, in days since 1970-01-01.
  func isHoliday(day: Int) -> Bool { holidays.contains(day) }
}
