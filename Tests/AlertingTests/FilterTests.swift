import Access
import Alerting
import Testing

@Suite struct `A delivery filter` {
  @Test func `tells or counts every row once`() {
    let filter = DeliveryFilter(
      minimumSeverity: .medium, maximumAge: .hours(1),
      suppressions: [Suppression(rule: Glob("wide-*"), reason: "migration")])
    var rows = entries(1...4)
    rows[0].finding.severity = .low
    rows[1].finding.occurredAt = noon - .hours(2)
    rows[2].finding.rule = "off-hours"
    let selection = filter.select(rows, at: noon)
    #expect(selection.entries.map(\.sequence) == [3])
    #expect(selection.belowSeverity == 1)
    #expect(selection.tooOld == 1)
    #expect(selection.suppressed == [filter.suppressions[0]: 1])
  }

  @Test func `leaves out only what is informative by default`() {
    let rows = entries(1...1, severity: .info) + entries(2...2, severity: .low)
    #expect(DeliveryFilter().select(rows, at: noon + .days(99)).entries.map(\.sequence) == [2])
  }
}

@Suite struct `A suppression` {
  @Test(arguments: [
    ("*", "*", "*", true), ("wide-source", "web-*", "ada@*", true), ("off-hours", "*", "*", false),
    ("*", "WEB-01", "*", true), ("*", "*/resourcegroups/lab/*", "*", true),
    ("*", "db-*", "*", false),
    ("*", "*", "0B1F", true), ("*", "*", "bob*", false),
  ])
  func `covers what fits rule, VM and actor`(
    rule: String, vm: String, actor: String, isCovered: Bool
  ) {
    let suppression = Suppression(
      rule: Glob(rule), vm: Glob(vm), actor: Glob(actor), reason: "r")
    #expect(suppression.covers(entries(1...1)[0]) == isCovered)
  }

  @Test func `ends at its instant, by when the finding was told`() {
    let entry = entries(1...1)[0]
    #expect(!Suppression(until: entry.raisedAt, reason: "r").covers(entry))
    #expect(Suppression(until: entry.raisedAt + .seconds(1), reason: "r").covers(entry))
  }

  @Test func `does not hide a finding that concerns another VM too`() {
    var entry = entries(1...1)[0]
    entry.finding.vms = [vm("lab-1"), vm("prod-1")]
    #expect(!Suppression(vm: Glob("lab-*"), reason: "r").covers(entry))
    entry.finding.vms = [vm("lab-1"), vm("lab-2")]
    #expect(Suppression(vm: Glob("lab-*"), reason: "r").covers(entry))
  }

  @Test func `of a VM or actor does not cover a finding without one`() {
    var entry = entries(1...1)[0]
    entry.finding.vms = []
    entry.finding.actor = nil
    #expect(!Suppression(vm: Glob("l*"), reason: "r").covers(entry))
    #expect(!Suppression(actor: Glob("a*"), reason: "r").covers(entry))
    #expect(Suppression(reason: "r").covers(entry))
  }
}

@Suite struct `A back-off` {
  @Test func `doubles up to its limit, with up to half left to chance`() {
    var backoff = Backoff(first: .seconds(1), longest: .seconds(10))
    var random = SystemRandomNumberGenerator()
    for whole in [1, 2, 4, 8, 10, 10, 10] {
      let wait = backoff.next(using: &random)
      #expect(wait >= .seconds(whole) / 2 && wait <= .seconds(whole))
    }
    let resets = [backoff.reset(), backoff.reset()]
    #expect(resets == [true, false])
    #expect(backoff.next(using: &random) <= .seconds(1))
  }
}
