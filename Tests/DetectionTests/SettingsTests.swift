import Access
import Detection
import Testing

@Suite struct `Detection settings` {
  static let full: DetectionSettings = {
    var settings = DetectionSettings()
    Story.office(&settings)
    settings.calendar.workingHours.add(MinuteRange("22:00-06:00")!, on: [.friday])
    settings.groups = [
      GroupSettings(name: "a \"b\"", vms: ["dc*", "\\"], critical: true, timeZone: "UTC"),
      GroupSettings(name: "lab", vms: []),
    ]
    settings.people = [
      PersonSettings(match: "*@x", timeZone: "Asia/Tokyo", onCall: true),
      PersonSettings(match: "ö", workingHours: Story.hours("sat", "10:00-12:00")),
    ]
    settings.allowedNetworks = ["10.0.0.0/8"]
    settings.automation = ["7c1f0000-0000-0000-0000-000000000000"]
    settings.offHours.common = CommonSettings(enabled: false, severity: .high)
    settings.repeatedRequests.count = 5
    settings.repeatedRequests.within = TimeSpan(ticks: 1)
    settings.refusedRequests.count = 7
    settings.refusedRequests.common.severity = .critical
    settings.longDuration.limit = .hours(1)
    settings.longDuration.flagMaximum = true
    settings.wideSource.widestIPv4 = 20
    settings.wideSource.widestIPv6 = 48
    settings.criticalVM.common.enabled = false
    return settings
  }()

  @Test(arguments: [DetectionSettings(), full])
  func `come back from their canonical text`(settings: DetectionSettings) {
    #expect(DetectionSettings(canonical: settings.canonical) == settings)
  }

  @Test func `have the same text in whatever order days and holidays were given`() {
    var (one, other) = (DetectionSettings(), DetectionSettings())
    let (early, late) = (MinuteRange("08:00-12:00")!, MinuteRange("13:00-17:00")!)
    one.calendar.workingHours = WorkingHours([early, late], on: [.monday, .tuesday])
    other.calendar.workingHours = WorkingHours([late, early, late], on: [.tuesday, .monday])
    for day in 0..<50 { one.calendar.holidays.insert(CivilDate(day: day)) }
    for day in (0..<50).reversed() { other.calendar.holidays.insert(CivilDate(day: day)) }
    #expect(one.canonical == other.canonical)
    #expect(one == other)
  }

  @Test func `keep their defaults where an earlier version stored less`() {
    #expect(DetectionSettings(canonical: "{}") == DetectionSettings())
    let text = #"{"detection":{"repeated-requests":{"count":4}}}"#
    #expect(DetectionSettings(canonical: text)?.repeatedRequests.count == 4)
    #expect(DetectionSettings(canonical: text)?.repeatedRequests.within == .hours(1))
  }

  @Test(arguments: [
    "", "{", "[]", #"{"calender":{}}"#, #"{"detection":{"off-hours":{"enabled":1}}}"#, "{} ",
    #"{"calendar":{"holidays":["2026-02-30"]}}"#, #"{"calendar":{"workingHours":[[]]}}"#,
    #"{"calendar":{"workingHours":[[[0,9999]],[],[],[],[],[],[]]}}"#,
    #"{"detection":{"off-hours":{"severity":"bad"}}}"#, #"{"detection":{"off-hours":{"count":1}}}"#,
  ])
  func `are not read from anything else`(text: String) {
    #expect(DetectionSettings(canonical: text) == nil)
  }
}

/// A change of the settings and the rules whose findings it can change.
struct SettingsChange: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let rules: Set<String>
  let make: @Sendable (inout DetectionSettings) -> Void

  init(
    _ name: String, _ rules: Set<String>,
    _ make: @escaping @Sendable (inout DetectionSettings) -> Void
  ) {
    testDescription = name
    self.rules = rules
    self.make = make
  }

  static let all = [
    SettingsChange("zone", ["off-hours"]) { $0.calendar.timeZone = "Asia/Tokyo" },
    SettingsChange("holiday", ["off-hours"]) { $0.calendar.holidays = [] },
    SettingsChange("person", ["off-hours"]) { $0.people = [PersonSettings(match: "a")] },
    SettingsChange("zoned group", ["off-hours"]) {
      $0.groups = [GroupSettings(name: "g", vms: ["a"], timeZone: "UTC")]
    },
    SettingsChange("critical group", ["critical-vm"]) {
      $0.groups = [GroupSettings(name: "g", vms: ["a"], critical: true)]
    },
    SettingsChange("other group", []) { $0.groups = [GroupSettings(name: "g", vms: ["a"])] },
    SettingsChange("networks", ["wide-source"]) { $0.allowedNetworks = ["10.0.0.0/8"] },
    SettingsChange("automation", []) { $0.automation = ["x"] },
    SettingsChange("count", ["repeated-requests"]) { $0.repeatedRequests.count = 9 },
    SettingsChange("span", ["refused-requests"]) { $0.refusedRequests.within = .hours(9) },
    SettingsChange("limit", ["long-duration"]) { $0.longDuration.limit = .hours(9) },
    SettingsChange("severity", ["wide-source"]) { $0.wideSource.common.severity = .low },
    SettingsChange("switch", ["critical-vm"]) { $0.criticalVM.common.enabled = false },
  ]
}

@Suite struct `A fingerprint` {
  @Test(arguments: SettingsChange.all)
  func `changes only for the rules that read what changed`(change: SettingsChange) {
    var before = DetectionSettings()
    Story.office(&before)
    var after = before
    change.make(&after)
    let changed = DetectorSet.catalogue.map(\.id).filter {
      before.fingerprint(of: $0) != after.fingerprint(of: $0)
    }
    #expect(before != after)
    #expect(Set(changed) == change.rules)
  }

  @Test func `of a rule that is switched off does not depend on its numbers`() {
    var (one, other) = (DetectionSettings(), DetectionSettings())
    one.longDuration.common.enabled = false
    other.longDuration.common.enabled = false
    other.longDuration.limit = .hours(1)
    #expect(one.fingerprint(of: "long-duration") == other.fingerprint(of: "long-duration"))
  }

  @Test func `is another for every rule, and empty for none`() {
    let settings = DetectionSettings()
    let all = DetectorSet.catalogue.map { settings.fingerprint(of: $0.id) }
    #expect(Set(all).count == all.count)
    #expect(!all.contains(""))
    #expect(settings.fingerprint(of: "no-such-rule") == "")
  }
}

@Suite struct `A detector set` {
  @Test func `has every rule of the catalogue by default`() throws {
    let set = try DetectorSet(DetectionSettings())
    #expect(set.rules == DetectorSet.catalogue.map(\.id))
    #expect(Set(set.rules).count == set.rules.count)
    #expect(
      DetectorSet.catalogue.allSatisfy { !$0.summary.isEmpty && !$0.attack.isEmpty })
  }

  @Test func `leaves out what is switched off`() throws {
    let set = try Story.detectors { settings in
      settings.wideSource.common.enabled = false
      settings.refusedRequests.common.enabled = false
    }
    #expect(set.rules == ["off-hours", "repeated-requests", "long-duration", "critical-vm"])
    #expect(set.judge(Story.request("2026-08-12T10:00:00Z", sources: ["*"])).isEmpty)
  }

  @Test func `gives the severities of the settings`() throws {
    let set = try Story.detectors { settings in
      Story.office(&settings)
      settings.groups = [GroupSettings(name: "all", vms: ["*"], critical: true)]
      settings.offHours.common.severity = .info
      settings.wideSource.common.severity = .critical
      settings.criticalVM.common.severity = .low
      settings.longDuration.common.severity = .high
      settings.repeatedRequests.common.severity = .critical
      settings.refusedRequests.common.severity = .info
    }
    let asked = (0..<3).map {
      Story.request("2026-08-15T10:0\($0):00Z", sources: ["*"], hours: 24)
    }
    let found = Dictionary(
      uniqueKeysWithValues: set.judge(asked[0]).map { ($0.rule, $0.severity) })
    #expect(
      found == [
        "off-hours": .info, "wide-source": .critical, "critical-vm": .low, "long-duration": .high,
      ])
    let day = Story.day("2026-08-15")
    let bursts = set.burstDetectors.map {
      $0.judge(day: day, vm: $0.subject == .actor ? nil : Story.vm("vm1"), requests: asked)
    }
    #expect(bursts.map { $0?.severity } == [.critical, .info])
  }

  @Test func `reports everything that is wrong at once`() {
    var settings = DetectionSettings()
    settings.calendar.timeZone = "Europe/Berln"
    settings.groups = [GroupSettings(name: "g", vms: ["*"], timeZone: "../../etc/passwd")]
    settings.people = [PersonSettings(match: "*", timeZone: "")]
    settings.allowedNetworks = ["10.0.0.0/8", "Internet"]
    settings.repeatedRequests.count = 0
    settings.refusedRequests.within = .zero
    settings.longDuration.limit = .days(1000)
    settings.wideSource.widestIPv4 = 33
    let error = #expect(throws: InvalidDetectionSettings.self) { try DetectorSet(settings) }
    let paths = error?.problems.map(\.path)
    #expect(
      paths == [
        "calendar.timeZone", "groups[0].timeZone", "people[0].timeZone", "allowedNetworks[1]",
        "detection.repeated-requests.count", "detection.refused-requests.within",
        "detection.long-duration.limit", "detection.wide-source.widestIPv4",
      ])
    #expect(error?.problems.first?.text.contains("Europe/Berlin") == true)
    #expect(error?.problems.allSatisfy { !$0.remedy.isEmpty } == true)
  }
}
