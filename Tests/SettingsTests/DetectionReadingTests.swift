import Access
import Detection
import Settings
import Testing

@Suite struct `The settings of detectors` {
  @Test func `are read for each`() throws {
    let settings = try settings(
      """
      detection:
        off-hours: {severity: high}
        repeated-requests: {count: 5, within: 2h, severity: low}
        refused-requests: {count: 4, within: 30m}
        long-duration: {limit: 4h, flagMaximum: true}
        wide-source: {ipv4Prefix: 28, ipv6Prefix: 56}
        critical-vm: {enabled: false}
      """
    ).detection
    var expected = DetectionSettings()
    expected.offHours.common.severity = .high
    expected.repeatedRequests.count = 5
    expected.repeatedRequests.within = .hours(2)
    expected.repeatedRequests.common.severity = .low
    expected.refusedRequests.count = 4
    expected.refusedRequests.within = .minutes(30)
    expected.longDuration.limit = .hours(4)
    expected.longDuration.flagMaximum = true
    expected.wideSource.widestIPv4 = 28
    expected.wideSource.widestIPv6 = 56
    expected.criticalVM.common.enabled = false
    #expect(settings == expected)
  }

  @Test(arguments: DetectorSet.catalogue.map(\.id))
  func `switch each off with one word`(rule: String) throws {
    let rest = DetectorSet.catalogue.map(\.id).filter { $0 != rule }
    for text in ["false", "{enabled: false}"] {
      let settings = try settings("detection: {\(rule): \(text)}").detection
      #expect(try DetectorSet(settings).rules == rest)
    }
    for text in ["true", "", "{}", "{enabled: true}"] {
      #expect(try settings("detection: {\(rule): \(text)}").detection == DetectionSettings())
    }
  }

  @Test func `are refused for what is no detector`() throws {
    let text = """
      detection:
        off-hour: {enabled: true}
        weather: false
      """
    let ids = DetectorSet.catalogue.map(\.id).joined(separator: ", ")
    let found = try problems(text)
    #expect(
      found == [
        "2:3: detection.off-hour: there is no such detector in this version. "
          + "Did you mean 'off-hours'?",
        "3:3: detection.weather: there is no such detector in this version. There are \(ids).",
      ])
  }

  @Test(arguments: [
    ("repeated-requests: {count: 0}", "count: expected a whole number from 1 to 1000"),
    ("repeated-requests: {within: 32d}", "within: expected a duration"),
    ("refused-requests: {cuont: 3}", "cuont: unknown key. Did you mean 'count'?"),
    ("long-duration: {limit: 0s}", "limit: expected a duration"),
    ("long-duration: {flagMaximum: yes}", "flagMaximum: expected true or false, found 'yes'"),
    ("wide-source: {ipv4Prefix: 33}", "ipv4Prefix: expected a whole number from 0 to 32"),
    ("off-hours: {severity: hgih}", "severity: expected info, low, medium, high, critical"),
    ("off-hours: {count: 3}", "count: unknown key"),
    ("off-hours: off", "off-hours: expected a table, found a single value"),
  ])
  func `say what is wrong with them`(line: String, problem: String) throws {
    let found = try problems("detection: {\(line)}")
    #expect(found.count == 1 && found[0].contains(problem), "\(found)")
  }

  @Test func `name groups, networks and applications`() throws {
    let settings = try settings(
      """
      groups:
        - name: crown-jewels
          vms: ["dc*", "/subscriptions/*/resourceGroups/prod-*/*"]
          critical: true
          timeZone: Europe/Berlin
        - {name: lab, vms: [lab-?]}
      allowedNetworks: [10.20.0.0/26, 203.0.113.10, "2001:db8::/64"]
      automation: [7C1F0000-0000-0000-0000-000000000000]
      """
    ).detection
    #expect(
      settings.groups == [
        GroupSettings(
          name: "crown-jewels", vms: ["dc*", "/subscriptions/*/resourceGroups/prod-*/*"],
          critical: true, timeZone: "Europe/Berlin"),
        GroupSettings(name: "lab", vms: ["lab-?"]),
      ])
    #expect(settings.allowedNetworks == ["10.20.0.0/26", "203.0.113.10", "2001:db8::/64"])
    #expect(settings.automation == ["7c1f0000-0000-0000-0000-000000000000"])
  }

  @Test func `say what is wrong with groups, networks and applications`() throws {
    let text = """
      groups:
        - {name: a, vms: [x]}
        - {name: a, vms: [y]}
        - {vms: []}
      allowedNetworks:
        - 10.20.0.0/33
        - bastion
      automation: [app]
      """
    let found = try problems(text)
    #expect(
      found.map { $0.prefix { $0 != " " } } == [
        "3:12:", "4:5:", "4:11:", "6:5:", "7:5:", "8:14:",
      ])
    #expect(found[0].contains("groups[1].name: there is a group 'a' before this one"))
    #expect(found[1].contains("groups[2].name: is required"))
    #expect(found[3].contains("expected an address or a prefix"))
  }
}
