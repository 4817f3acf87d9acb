import Access
import Contract
import Testing

@Suite struct `A row of the contract` {
  @Test func `of requests has the fields of the contract`() {
    let row = ContractRow.request(Fixture.request(), at: Fixture.time("2026-08-12T09:00:00Z"))
    #expect(row.keys == RowKind.requests.keys)
    #expect(
      row.json
        == #"{"id":"e0","requestedAt":"2026-08-12T08:00:00.1234567Z","outcome":"accepted","actor":\#(Fixture.actorText),"sourceAddress":"203.0.113.7","role":"Owner","justification":"disk \"full\"","policy":"\#(Fixture.policyText)","correlationId":"c0ffee00-0000-0000-0000-000000000001","error":null,"grants":[{"vm":"\#(Fixture.vmText)","vmName":"Web-01","port":22,"protocol":null,"sources":["10.0.0.4","10.0.0.5"],"opensAt":"2026-08-12T08:00:01.25Z","endsAt":"2026-08-12T11:00:00Z","outcome":"accepted","inferred":false}],"evidence":["\#(Fixture.evidenceText)"]}"#
    )
  }

  @Test func `of a refused request shows its grants as asked, and the error`() {
    var request = Fixture.request()
    request.acceptedAt = nil
    request.refusedAt = request.requestedAt
    request.error = ErrorDetail(code: "AuthorizationFailed", message: nil)
    request.correlationID = ""
    request.actor = Actor(kind: .unknown, name: nil, objectID: nil, appID: nil)
    request.sourceAddress = nil
    request.grants[0].protocolName = "TCP"
    let row = ContractRow.request(request, at: request.requestedAt)
    #expect(row["outcome"] == .text("refused"))
    #expect(row["correlationId"] == .null)
    #expect(row["sourceAddress"] == .null)
    #expect(
      row["actor"]?.json == #"{"kind":"unknown","name":null,"objectId":null,"appId":null}"#)
    #expect(row["error"]?.json == #"{"code":"AuthorizationFailed","message":null}"#)
    #expect(
      row["grants"]?.json
        == #"[{"vm":"\#(Fixture.vmText)","vmName":"Web-01","port":22,"protocol":"TCP","sources":["10.0.0.4","10.0.0.5"],"opensAt":"2026-08-12T08:00:01.25Z","endsAt":"2026-08-12T11:00:00Z","outcome":"refused","inferred":false}]"#
    )
  }

  @Test(arguments: [
    ("2026-08-12T08:10:00Z", "pending"), ("2026-08-12T08:30:00.1234567Z", "unknown"),
  ])
  func `of a request has the outcome of its instant`(instant: String, outcome: String) {
    var request = Fixture.request()
    request.acceptedAt = nil
    let row = ContractRow.request(request, at: Fixture.time(instant))
    #expect(row["outcome"] == .text(outcome))
    #expect(row["grants"]?.json.contains(#""outcome":"\#(outcome)""#) == true)
  }

  @Test func `of windows has the fields of the contract`() {
    let window = Fixture.window(opensAt: "2026-08-12T08:00:00Z", endsAt: "2026-08-12T11:00:00Z")
    let row = ContractRow.window(window, at: Fixture.time("2026-08-12T12:00:00Z"))
    #expect(row.keys == RowKind.windows.keys)
    #expect(
      row.json
        == #"{"vm":"\#(Fixture.vmText)","vmName":"Web-01","port":22,"actor":\#(Fixture.actorText),"sources":["10.0.0.4","10.0.0.5"],"opensAt":"2026-08-12T08:00:00Z","endsAt":"2026-08-12T11:00:00Z","closedAt":"2026-08-12T11:00:00Z","state":"expired","closedBy":"presumed","inferred":false,"request":"e0"}"#
    )
  }

  @Test func `of who has a window's fields between kind and basis`() {
    let window = Fixture.window(opensAt: "2026-08-12T08:00:00Z", endsAt: nil)
    let instant = Fixture.time("2026-08-12T09:00:00Z")
    let row = ContractRow.who(window, at: instant, basis: .request)
    #expect(row.keys == ["kind"] + RowKind.windows.keys + ["basis"])
    #expect(
      row.json
        == #"{"kind":"window","vm":"\#(Fixture.vmText)","vmName":"Web-01","port":22,"actor":\#(Fixture.actorText),"sources":["10.0.0.4","10.0.0.5"],"opensAt":"2026-08-12T08:00:00Z","endsAt":null,"closedAt":null,"state":"open","closedBy":null,"inferred":false,"request":"e0","basis":"request"}"#
    )
  }

  @Test func `of a request that a rule opened for one of two ports says so of that one`() {
    var request = Fixture.request(grants: [Fixture.grant(), Fixture.grant(port: 3389)])
    request.grants[1].openings = [Fixture.opening]
    let before = ContractRow.request(request, at: Fixture.time("2026-08-12T08:00:04Z"))
    #expect(before["outcome"] == .text("accepted"))
    let row = ContractRow.request(request, at: Fixture.time("2026-08-12T08:00:05Z"))
    #expect(row["outcome"] == .text("granted"))
    #expect(row["grants"]?.json.contains(#""port":22"#) == true)
    let outcomes = row["grants"]?.json.split(separator: #""outcome":"#).dropFirst().map {
      $0.prefix { $0 != "," }
    }
    #expect(outcomes == [#""accepted""#, #""granted""#])
  }

  @Test func `of a window whose rule was removed tells when, and by what`() throws {
    var window = Fixture.window(
      opensAt: "2026-08-12T08:00:00Z", endsAt: "2026-08-12T11:00:00Z")
    window.openings = [Fixture.opening]
    window.openings[0].until = Fixture.time("2026-08-12T09:00:00Z")
    let row = ContractRow.window(window, at: Fixture.time("2026-08-12T12:00:00Z"))
    #expect(row["state"] == .text("revoked"))
    #expect(row["closedAt"]?.json == #""2026-08-12T09:00:00Z""#)
    #expect(row["closedBy"] == .text("evidence"))
  }

  @Test func `of who for a rule has the fields of the contract`() {
    var rule = StandingRule(
      vm: Fixture.vm, name: "AllowSSH", nsg: Fixture.nsg, ports: ["22", "5985-5986"],
      sources: ["10.0.0.0/8"], author: Fixture.actor,
      since: Fixture.time("2026-08-12T08:00:00Z"), until: nil, jit: false)
    #expect(
      ContractRow.who(rule).json
        == #"{"kind":"rule","vm":"\#(Fixture.vmText)","name":"AllowSSH","nsg":"\#(Fixture.nsgText)","ports":"22,5985-5986","sources":["10.0.0.0/8"],"author":\#(Fixture.actorText),"since":"2026-08-12T08:00:00Z","until":null,"jit":false}"#
    )
    rule.author = nil
    rule.since = nil
    rule.until = Fixture.time("2026-08-12T09:00:00Z")
    #expect(
      ContractRow.who(rule).json.hasSuffix(
        #""author":null,"since":null,"until":"2026-08-12T09:00:00Z","jit":false}"#))
  }

  @Test func `of who for a session has the fields of the contract`() {
    var session = VMSession(
      vm: Fixture.vm, login: "azureuser", since: Fixture.time("2026-08-12T08:00:00Z"))
    session.actor = Fixture.actor
    session.clientAddress = "203.0.113.7"
    session.protocolName = "ssh"
    #expect(
      ContractRow.who(session).json
        == #"{"kind":"session","vm":"\#(Fixture.vmText)","login":"azureuser","actor":\#(Fixture.actorText),"clientAddress":"203.0.113.7","protocol":"ssh","since":"2026-08-12T08:00:00Z","until":null,"presumedUntil":"2026-08-12T20:00:00Z"}"#
    )
    session.until = Fixture.time("2026-08-12T09:00:00Z")
    session.actor = nil
    #expect(
      ContractRow.who(session).json.hasSuffix(
        #""until":"2026-08-12T09:00:00Z","presumedUntil":null}"#))
    #expect(ContractRow.who(session)["actor"] == .null)
  }

  @Test func `of who for a way around has the fields of the contract`() {
    let bypass = BypassUse(
      vm: Fixture.vm, at: Fixture.time("2026-08-12T08:00:00Z"),
      operation: "microsoft.compute/virtualmachines/runcommand/action", actor: Fixture.actor,
      evidence: [])
    #expect(
      ContractRow.who(bypass).json
        == #"{"kind":"bypass","vm":"\#(Fixture.vmText)","at":"2026-08-12T08:00:00Z","operation":"microsoft.compute/virtualmachines/runcommand/action","actor":\#(Fixture.actorText)}"#
    )
  }

  @Test func `of who has no key beside those of its kind`() {
    let session = VMSession(vm: Fixture.vm, login: nil, since: .epoch)
    let gap = EvidenceGap(from: .epoch, to: .epoch, source: "s", reason: "r")
    for row in [ContractRow.who(session), .who(gap)] {
      #expect(row.keys.allSatisfy(RowKind.who.keys.contains))
    }
  }

  @Test func `of timeline has the fields of the contract`() {
    let entry = TimelineEntry(
      at: Fixture.time("2026-08-12T08:00:00Z"), kind: .sessionOpened, vm: Fixture.vm,
      actor: nil, port: nil, text: "Session opened", evidence: [Fixture.evidence])
    let row = ContractRow.timeline(entry)
    #expect(row.keys == RowKind.timeline.keys)
    #expect(
      row.json
        == #"{"at":"2026-08-12T08:00:00Z","kind":"session-opened","vm":"\#(Fixture.vmText)","actor":null,"port":null,"text":"Session opened","evidence":["\#(Fixture.evidenceText)"]}"#
    )
  }

  @Test func `of alerts has the fields of the contract`() {
    let note = Acknowledgement(
      at: Fixture.time("2026-08-12T09:00:00Z"), by: "bob", note: "known")
    let entry = Fixture.entry(acknowledged: note)
    let row = ContractRow.alert(entry)
    #expect(row.keys == RowKind.alerts.keys)
    #expect(
      row.json
        == #"{"seq":7,"transition":"raised","id":"\#(entry.finding.id)","rule":"wide-source","severity":"high","title":"Port 22 of Web-01 was opened to everybody","explanation":"Ada asked to open port 22 to *.","vms":["\#(Fixture.vmText)"],"actor":\#(Fixture.actorText),"occurredAt":"2026-08-12T08:00:00Z","raisedAt":"2026-08-12T08:00:05Z","evidence":["\#(Fixture.evidenceText)"],"attack":["T1133"],"over":false,"acknowledged":{"at":"2026-08-12T09:00:00Z","by":"bob","note":"known"}}"#
    )
    #expect(ContractRow.alert(Fixture.entry())["acknowledged"] == .null)
  }

  @Test func `of gap, alone and in who, has the fields of the contract`() {
    let gap = EvidenceGap(
      from: Fixture.time("2026-08-12T08:00:00Z"), to: Fixture.time("2026-08-12T09:00:00Z"),
      source: "kafka:logs", reason: "The offset had aged out.")
    let fields =
      #""from":"2026-08-12T08:00:00Z","to":"2026-08-12T09:00:00Z","source":"kafka:logs","reason":"The offset had aged out."}"#
    #expect(ContractRow.gap(gap).keys == RowKind.gap.keys)
    #expect(ContractRow.gap(gap).json == "{" + fields)
    #expect(ContractRow.who(gap).json == #"{"kind":"gap","# + fields)
  }

  @Test func `of vms has the fields of the contract`() {
    var summary = VMSummary(vm: Fixture.vm, lastSeenAt: Fixture.time("2026-08-12T09:00:00Z"))
    summary.policies = [Fixture.policy]
    summary.ports = [22, 3389]
    summary.windowsInForce = 1
    let row = ContractRow.vm(summary)
    #expect(row.keys == RowKind.vms.keys)
    #expect(
      row.json
        == #"{"vm":"\#(Fixture.vmText)","vmName":"Web-01","policies":["\#(Fixture.policyText)"],"ports":[22,3389],"lastRequestAt":null,"windowsInForce":1,"standingRules":0,"lastSeenAt":"2026-08-12T09:00:00Z"}"#
    )
  }
}
