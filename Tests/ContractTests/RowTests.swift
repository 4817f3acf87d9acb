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
    let row = ContractRow.request(request, at: request.requestedAt) { _ in "TCP" }
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
