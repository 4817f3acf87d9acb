internal import Access
internal import Detection
internal import YAML

extension SettingsReading {
  /// Reads when people are expected to work.
  func calendar(_ table: TableReader) -> CalendarSettings {
    CalendarSettings(
      timeZone: table.optional("timeZone", .text),
      workingHours: workingHours(table) ?? WorkingHours(),
      holidays: Set(table.value("holidays", .list(of: .date), default: [])))
  }

  /// Reads what is known about people.
  func person(_ table: TableReader) -> PersonSettings {
    PersonSettings(
      match: table.required("match", .text) ?? "", timeZone: table.optional("timeZone", .text),
      workingHours: workingHours(table), onCall: table.value("onCall", .bool, default: false))
  }

  /// Reads ranges of hours by days, such as `mon-fri: ["08:00-18:00"]`.
  private func workingHours(_ table: TableReader) -> WorkingHours? {
    guard let days = table.optionalTable("workingHours") else { return nil }
    var hours = WorkingHours()
    var keys: [Weekday: String] = [:]
    for key in days.keys {
      guard let named = Weekday.days(key) else {
        refuse(
          key, of: days, "'\(key)' is no day of the week",
          remedy: "Write days as mon, tue, wed, thu, fri, sat, sun, mon-fri or mon,wed,fri.")
        continue
      }
      if let twice = Weekday.allCases.first(where: { named.contains($0) && keys[$0] != nil }) {
        refuse(
          key, of: days, "\(twice.name) is in '\(keys[twice] ?? key)' already",
          remedy: "Name each day once.")
      }
      for day in named { keys[day] = key }
      for range in days.value(key, .list(of: .minuteRange, count: 0...96), default: []) {
        hours.add(range, on: named)
      }
    }
    return hours
  }
}
