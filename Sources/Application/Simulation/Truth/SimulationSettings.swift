internal import Access

extension Story {
  /// The settings that the story assumes, as the text of a settings file.
  ///
  /// They have no `source`; `run` needs one before or behind them.
  public var settings: String {
    let holidays = estate.holidays.map { EventTime.start(ofDay: $0).dateText }
    let patterns = Estate.criticalPatterns.map { "\"\($0)\"" }.joined(separator: ", ")
    let applications = estate.people.filter(\.isApplication).map { "  - \($0.appID)" }
    let people = Team.all.filter(\.hasSettings).map { "  - \($0.settings)" }
    return """
      # What `simulate` assumes about the tenant that it made up.
      calendar:
        timeZone: \(Team.zone.rawValue)
        workingHours: \(Team.week.yaml)
        holidays: [\(holidays.joined(separator: ", "))]
      groups:
        - {name: crown-jewels, vms: [\(patterns)], critical: true}
        - {name: tokyo, vms: ["\(Estate.zonePattern)"], timeZone: \(Zone.tokyo.rawValue)}
      people:
      \(people.joined(separator: "\n"))
      automation:\(applications.isEmpty ? " []" : "")
      \(applications.joined(separator: "\n"))

      """
  }
}

extension Team {
  fileprivate var hasSettings: Bool { zone != nil || week != nil || onCall }

  fileprivate var settings: String {
    var parts = ["match: \"*@\(domain)\""]
    if let zone { parts.append("timeZone: \(zone.rawValue)") }
    if let week { parts.append("workingHours: \(week.yaml)") }
    if onCall { parts.append("onCall: true") }
    return "{\(parts.joined(separator: ", "))}"
  }
}
