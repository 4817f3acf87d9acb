internal import Access

extension CalendarSettings {
  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("holidays")
    json.value(holidays.map { EventTime.start(ofDay: $0.day).dateText }.sorted())
    json.key("timeZone")
    json.optional(timeZone)
    json.key("workingHours")
    workingHours.write(to: &json)
    json.closeObject()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var calendar = CalendarSettings()
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "holidays":
        for text in try reader.texts() {
          guard let day = EventTime(rfc3339: text + "T00:00:00Z")?.day else {
            throw reader.refusal
          }
          calendar.holidays.insert(CivilDate(day: day))
        }
      case "timeZone": calendar.timeZone = try reader.optionalText()
      case "workingHours": calendar.workingHours = try WorkingHours(&reader)
      default: throw reader.refusal
      }
    }
    self = calendar
  }
}

extension WorkingHours {
  /// Seven arrays from Monday on, each of pairs of minutes.
  func write(to json: inout CanonicalJSON) {
    json.list(Weekday.allCases) { day, json in
      json.list(ranges(on: day)) { range, json in
        json.openArray()
        json.value(Int64(range.start))
        json.value(Int64(range.end))
        json.closeArray()
      }
    }
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    let days = try reader.list { reader throws(CanonicalReader.Malformed) in
      try reader.list { reader throws(CanonicalReader.Malformed) in
        try reader.list { reader throws(CanonicalReader.Malformed) in try reader.number() }
      }
    }
    guard days.count == 7 else { throw reader.refusal }
    self.init()
    for (weekday, pairs) in zip(Weekday.allCases, days) {
      for pair in pairs {
        guard pair.count == 2, let start = Int(exactly: pair[0]), let end = Int(exactly: pair[1]),
          let range = MinuteRange(start: start, end: end)
        else { throw reader.refusal }
        add(range, on: [weekday])
      }
    }
  }
}

extension GroupSettings {
  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("critical")
    json.value(critical)
    json.key("name")
    json.value(name)
    json.key("timeZone")
    json.optional(timeZone)
    json.key("vms")
    json.value(vms)
    json.closeObject()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var group = GroupSettings(name: "", vms: [])
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "critical": group.critical = try reader.flag()
      case "name": group.name = try reader.text()
      case "timeZone": group.timeZone = try reader.optionalText()
      case "vms": group.vms = try reader.texts()
      default: throw reader.refusal
      }
    }
    self = group
  }
}

extension PersonSettings {
  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("match")
    json.value(match)
    json.key("onCall")
    json.value(onCall)
    json.key("timeZone")
    json.optional(timeZone)
    json.key("workingHours")
    if let workingHours { workingHours.write(to: &json) } else { json.null() }
    json.closeObject()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var person = PersonSettings(match: "")
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "match": person.match = try reader.text()
      case "onCall": person.onCall = try reader.flag()
      case "timeZone": person.timeZone = try reader.optionalText()
      case "workingHours":
        person.workingHours = reader.null() ? nil : try WorkingHours(&reader)
      default: throw reader.refusal
      }
    }
    self = person
  }
}
