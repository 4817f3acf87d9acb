internal import Access

extension DetectionSettings {
  /// All settings as canonical JSON: equal texts mean equal settings.
  public var canonical: String {
    var json = CanonicalJSON()
    json.openObject()
    json.key("allowedNetworks")
    json.value(allowedNetworks)
    json.key("automation")
    json.value(automation)
    json.key("calendar")
    calendar.write(to: &json)
    json.key("detection")
    json.openObject()
    json.key("critical-vm")
    criticalVM.write(to: &json)
    json.key("long-duration")
    longDuration.write(to: &json)
    json.key("off-hours")
    offHours.write(to: &json)
    json.key("refused-requests")
    refusedRequests.write(to: &json)
    json.key("repeated-requests")
    repeatedRequests.write(to: &json)
    json.key("wide-source")
    wideSource.write(to: &json)
    json.closeObject()
    json.key("groups")
    json.list(groups) { $0.write(to: &$1) }
    json.key("people")
    json.list(people) { $0.write(to: &$1) }
    json.closeObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// Reads what ``canonical`` wrote; nil where the text is nothing of the kind.
  ///
  /// What the text does not name keeps its default, so that settings stored by an earlier version
  /// can still be read.
  public init?(canonical text: String) {
    var reader = CanonicalReader(Array(text.utf8))
    var settings = DetectionSettings()
    do throws(CanonicalReader.Malformed) {
      try reader.object { reader, key throws(CanonicalReader.Malformed) in
        try settings.read(key, &reader)
      }
      try reader.finish()
    } catch {
      return nil
    }
    self = settings
  }

  private mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "allowedNetworks": allowedNetworks = try reader.texts()
    case "automation": automation = try reader.texts()
    case "calendar": calendar = try CalendarSettings(&reader)
    case "detection":
      var settings = self
      try reader.object { reader, rule throws(CanonicalReader.Malformed) in
        try settings.readRule(rule, &reader)
      }
      self = settings
    case "groups":
      groups = try reader.list { reader throws(CanonicalReader.Malformed) in
        try GroupSettings(&reader)
      }
    case "people":
      people = try reader.list { reader throws(CanonicalReader.Malformed) in
        try PersonSettings(&reader)
      }
    default: throw reader.refusal
    }
  }

  private mutating func readRule(
    _ rule: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch rule {
    case "critical-vm": criticalVM = try CriticalVMSettings(&reader)
    case "long-duration": longDuration = try LongDurationSettings(&reader)
    case "off-hours": offHours = try OffHoursSettings(&reader)
    case "refused-requests": refusedRequests = try RefusedRequestsSettings(&reader)
    case "repeated-requests": repeatedRequests = try RepeatedRequestsSettings(&reader)
    case "wide-source": wideSource = try WideSourceSettings(&reader)
    default: throw reader.refusal
    }
  }
}
