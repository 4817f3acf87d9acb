public import Access

/// When people are expected to work, where nothing more is known about them.
public struct CalendarSettings: Hashable, Sendable {
  /// The IANA zone; nil means UTC.
  public var timeZone: String?
  /// The working hours; empty where none are set.
  public var workingHours: WorkingHours
  /// Dates on which nobody is expected to work.
  public var holidays: Set<CivilDate>

  /// A calendar; without arguments one that expects nothing.
  public init(
    timeZone: String? = nil, workingHours: WorkingHours = WorkingHours(),
    holidays: Set<CivilDate> = []
  ) {
    self.timeZone = timeZone
    self.workingHours = workingHours
    self.holidays = holidays
  }
}

/// VMs that belong together.
public struct GroupSettings: Hashable, Sendable {
  /// The name of the group.
  public var name: String
  /// Patterns that a VM's name or full id fits.
  public var vms: [String]
  /// True where every access is worth a finding.
  public var critical: Bool
  /// The IANA zone in which these VMs are worked on.
  public var timeZone: String?

  /// A group of VMs.
  public init(name: String, vms: [String], critical: Bool = false, timeZone: String? = nil) {
    self.name = name
    self.vms = vms
    self.critical = critical
    self.timeZone = timeZone
  }
}

/// What is known about people whose names fit a pattern.
public struct PersonSettings: Hashable, Sendable {
  /// A pattern that the actor's name fits.
  public var match: String
  /// The IANA zone in which they work.
  public var timeZone: String?
  /// Working hours of their own; nil or empty where those of the calendar hold.
  public var workingHours: WorkingHours?
  /// True for people who are expected at any hour.
  public var onCall: Bool

  /// People whose names fit a pattern.
  public init(
    match: String, timeZone: String? = nil, workingHours: WorkingHours? = nil,
    onCall: Bool = false
  ) {
    self.match = match
    self.timeZone = timeZone
    self.workingHours = workingHours
    self.onCall = onCall
  }
}
