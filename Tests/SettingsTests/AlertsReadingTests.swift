import Access
import Alerting
import Settings
import Testing

@Suite struct `Where findings go` {
  @Test func `is a list of sinks`() throws {
    let settings = try settings(
      """
      alerts:
        - sink: stdout
        - {sink: file, path: /var/alerts.ndjson, minimumSeverity: info, maximumAge: 1d}
      suppress:
        - {rule: off-hours, vm: "lab-*", actor: "a@*", until: 2026-12-31T00:00:00Z, reason: move}
        - {rule: "*-requests"}
      """)
    #expect(
      settings.alerts == [
        SinkSettings(.standardOutput),
        SinkSettings(
          .file(path: "/var/alerts.ndjson"), minimumSeverity: .info, maximumAge: .days(1)),
      ])
    let until = try #require(EventTime(rfc3339: "2026-12-31T00:00:00Z"))
    #expect(
      settings.suppress == [
        Suppression(
          rule: Glob("off-hours"), vm: Glob("lab-*"), actor: Glob("a@*"), until: until,
          reason: "move"),
        Suppression(rule: Glob("*-requests"), reason: ""),
      ])
    #expect(settings.sinkPlans.map(\.name) == ["stdout", "file:/var/alerts.ndjson"])
    #expect(settings.sinkPlans[1].filter.minimumSeverity == .info)
    #expect(settings.sinkPlans[1].filter.maximumAge == .days(1))
    #expect(settings.sinkPlans.allSatisfy { $0.filter.suppressions == settings.suppress })
  }

  @Test func `is nowhere when the list is empty`() throws {
    #expect(try settings("alerts: []").alerts.isEmpty)
  }

  @Test(arguments: [
    ("alerts: [{path: x}]", "alerts[0].sink: is required"),
    ("alerts: [{sink: file}]", "alerts[0].path: is required"),
    ("alerts: [{sink: stdout, path: x}]", "alerts[0].path: is of no use for stdout"),
    ("alerts: [{sink: flie, path: x}]", "expected stdout or file, found 'flie'"),
    ("alerts: [{sink: webhook, url: x}]", "'webhook' is not built yet in this version. Use"),
    ("alerts: [{sink: stdout, minimumSeverity: hi}]", "alerts[0].minimumSeverity: expected info"),
    ("alerts: [{sink: stdout}, {sink: stdout}]", "alerts[1]: this sink is there already"),
    ("alerts: {sink: stdout}", "alerts: expected a list of tables, found a table"),
    ("suppress: [{rule: of-hours}]", "suppress[0].rule: there is no such detector in this version"),
    ("suppress: [{rule: \"x*\"}]", "suppress[0].rule: there is no such detector"),
    ("suppress: [{vm: x, until: tomorrow}]", "suppress[0].until: expected an instant such as"),
    ("suppress: [{reason: quiet}]", "suppress[0]: this would hold back everything for ever"),
    ("suppress: [{rule: \"*\", vms: x}]", "suppress[0].vms: unknown key. Did you mean 'vm'?"),
  ])
  func `says what is wrong with it`(text: String, problem: String) throws {
    let found = try problems(text)
    #expect(found.contains { $0.contains(problem) }, "\(found)")
    #expect(found.count == (text.contains("vms") ? 2 : 1), "\(found)")
  }
}
