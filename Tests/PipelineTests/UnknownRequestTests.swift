import Access
import Testing
import Timelines

/// Which bodies a request's records carry.
enum Bodies: CaseIterable {
  case both, asked, answered, none

  var isAsked: Bool { self == .both || self == .asked }
  var isAnswered: Bool { self == .both || self == .answered }
}

/// The provider's own record on a VM, in one of the forms that it may have.
struct NoteForm: CustomTestStringConvertible {
  var category: String? = "Administrative"
  var result: String? = "Succeeded"
  /// Nil = none; `ask` is that of the POST.
  var correlation: String? = "ask"
  var keys = ["User", "Justification"]
  var isText = false

  static let all: [NoteForm] = [
    NoteForm(), NoteForm(category: "Security"), NoteForm(category: nil),
    NoteForm(category: "Action"), NoteForm(result: "Success"), NoteForm(result: "Start"),
    NoteForm(result: "Accept"), NoteForm(result: "Active"), NoteForm(result: nil),
    NoteForm(keys: ["user", "justification"]), NoteForm(keys: ["USER", "JUSTIFICATION"]),
    NoteForm(isText: true), NoteForm(keys: ["user", "justification"], isText: true),
    NoteForm(category: "Security", result: nil, keys: ["user", "Justification"], isText: true),
  ]

  var testDescription: String {
    "\(category ?? "-") \(result ?? "-") \(correlation ?? "-") \(keys) \(isText)"
  }

  func record(_ clock: String = "10:00:05") -> HubRecord {
    HubRecord(HubRecord.initiate, on: HubRecord.vm(), "", clock).with { record in
      record.fields["operationName"] = HubRecord.initiate
      record.fields["resourceId"] = HubRecord.vm()
      record.fields["category"] = category
      record.fields["resultType"] = result
      record.fields["correlationId"] = correlation
      let said = [keys[0]: HubRecord.user, keys[1]: "incident 4711"]
      record.properties["eventName"] = "Initiate JIT Network Access Policy"
      record.properties["eventProperties"] = isText ? HubRecord.json(said) : said
    }
  }
}

/// What nobody has confirmed about requests, fed in every form that it may have.
@Suite struct `What nobody has confirmed` {
  private let opening = [
    HubRecord.write("09:00:00", [HubRecord.deny]),
    HubRecord.write("10:00:08", [HubRecord.rule(), HubRecord.deny]),
    HubRecord.write("11:00:30", [HubRecord.deny]),
  ]

  private func call(_ bodies: Bodies, _ phases: [String]) -> [HubRecord] {
    let asked = bodies.isAsked ? HubRecord.asked("vm1:3389") : nil
    let answered = bodies.isAnswered ? HubRecord.answered("vm1:3389") : nil
    let later = phases.enumerated().map { number, phase in
      HubRecord.ask(phase, "10:0\(number * 3):02", answered: number == 0 ? answered : nil)
    }
    return [HubRecord.ask("Start", "10:00:00", asked: asked)] + later
  }

  @Test(
    arguments: Bodies.allCases,
    [["Accept"], ["Success"], ["Accept", "Success"], ["Accept", "Success", "Success"], []])
  func `is whether requests carry bodies and how they end`(
    bodies: Bodies, phases: [String]
  ) throws {
    let told = try ToldLedger(call(bodies, phases) + opening)
    let isAnswered = bodies.isAnswered && !phases.isEmpty
    let isNamed = bodies.isAsked || isAnswered
    #expect(told.outcomes == ["granted vm1:3389" + (isNamed ? "" : "?")])
    let begin = isAnswered ? "10:00:02" : bodies.isAsked ? "10:00:00" : "10:00:08"
    #expect(told.states == ["vm1:3389 from \(begin) closed 11:00:30 evidence"])
    let first = phases.isEmpty ? "pending" : "accepted"
    #expect(try told.outcomes(at: "10:00:05") == [first + (isNamed ? " vm1:3389" : "")])
    #expect(try told.lines().map(\.kind).last == .closed)
  }

  @Test(arguments: Bodies.allCases, [["Accept"], ["Success"], []])
  func `is that also where no rules can be seen`(bodies: Bodies, phases: [String]) throws {
    let told = try ToldLedger(call(bodies, phases))
    let isAnswered = bodies.isAnswered && !phases.isEmpty
    let outcome = phases.isEmpty ? "unknown" : "accepted"
    guard isAnswered || bodies.isAsked else {
      #expect(told.outcomes == [outcome] && told.states.isEmpty)
      return
    }
    #expect(told.outcomes == ["\(outcome) vm1:3389"])
    let (begin, end) = isAnswered ? ("10:00:02", "11:00:02") : ("10:00:00", "11:00:00")
    #expect(told.states == ["vm1:3389 from \(begin) expired \(end) presumed"])
  }

  @Test(arguments: NoteForm.all, ["ask", nil])
  func `is what Defender's own record on the VM looks like`(
    form: NoteForm, correlation: String?
  ) throws {
    var form = form
    form.correlation = correlation
    let named = try ToldLedger(call(.both, ["Accept"]) + opening + [form.record()])
    #expect(named.requests.map(\.justification) == ["incident 4711"])
    #expect(named.requests[0].evidence.count == 3 && named.outcomes == ["granted vm1:3389"])
    #expect(named.states == ["vm1:3389 from 10:00:02 closed 11:00:30 evidence"])
    #expect(try named.lines().filter { $0.kind == .noted }.map(\.actor?.name) == [HubRecord.user])
    // Without bodies only the correlation id joins them; the rules tell the VM all the same.
    let isJoined = correlation == "ask"
    let bare = try ToldLedger(call(.none, ["Accept"]) + opening + [form.record()])
    #expect(bare.outcomes == ["granted vm1:3389?"])
    #expect(bare.states == ["vm1:3389 from 10:00:08 closed 11:00:30 evidence"])
    #expect(bare.requests[0].justification == (isJoined ? "incident 4711" : nil))
  }

  @Test(arguments: [("ask", "accepted vm1?"), ("another", "accepted"), (nil, "accepted")])
  func `is what that record tells alone`(correlation: String?, outcome: String) throws {
    let told = try ToldLedger(
      call(.none, ["Accept"]) + [NoteForm(correlation: correlation).record()])
    #expect(told.outcomes == [outcome] && told.states.isEmpty)
  }

  @Test(arguments: [("ask", 3), ("another", 2), (nil, 2)])
  func `is what else the record on the VM may be called by`(
    correlation: String?, count: Int
  ) throws {
    let note = NoteForm(correlation: correlation, keys: ["Requestor", "Reason"]).record()
    let told = try ToldLedger(call(.both, ["Accept"]) + opening + [note])
    #expect(told.requests.map(\.evidence.count) == [count])
    #expect(told.requests[0].justification == nil)
    #expect(told.states == ["vm1:3389 from 10:00:02 closed 11:00:30 evidence"])
    #expect(try told.lines().count { $0.kind == .noted } == 1)
    #expect(told.counts.rejectedBodies == 0)
  }

  @Test(arguments: [
    "PortNotAllowed", "InvalidSourceAddressPrefix", "MaxDurationExceeded", "BadRequest", "409",
    "Some text of ours",
  ])
  func `is which codes refusals have`(code: String) throws {
    let error: [String: Any] = ["code": code, "message": "No."]
    let forms = [
      HubRecord.refusal(
        "10:00:01", status: HubRecord.json(["error": error]), signature: "Failed.BadRequest"),
      HubRecord.refusal(
        "10:00:01", status: HubRecord.json(["status": "Failed", "error": error]), code: "BadRequest"
      ),
      HubRecord.refusal("10:00:01", status: HubRecord.json(error)),
      HubRecord.refusal("10:00:01", status: "Plain text.", signature: "Failed.\(code)"),
      HubRecord.refusal("10:00:01", signature: "Failed.", code: code),
    ]
    for refusal in forms {
      let told = try ToldLedger(call(.asked, []) + [refusal])
      #expect(told.outcomes == ["refused vm1:3389"] && told.states.isEmpty)
      #expect(told.requests[0].error?.code == code)
      let line = try told.lines().first { $0.kind == .refused }
      #expect(line?.text.contains(code) == true && line?.at == ToldLedger.time("10:00:01"))
    }
  }

  @Test func `may be that a refusal tells no code at all`() throws {
    let told = try ToldLedger(call(.asked, []) + [HubRecord.refusal("10:00:01")])
    #expect(told.outcomes == ["refused vm1:3389"] && told.states.isEmpty)
    #expect(told.requests[0].error?.code == nil)
  }

  @Test(arguments: [false, true], Bodies.allCases)
  func `is whether a refusal has a Start before it`(hasStart: Bool, bodies: Bodies) throws {
    let status = HubRecord.json(["error": ["code": "AuthorizationFailed", "message": "No."]])
    let refusal = HubRecord.refusal("10:00:01", status: status, signature: "Failed.Forbidden")
    let told = try ToldLedger((hasStart ? call(bodies, []) : []) + [refusal])
    #expect(told.outcomes == ["refused" + (hasStart && bodies.isAsked ? " vm1:3389" : "")])
    #expect(told.states.isEmpty && told.requests[0].error?.code == "AuthorizationFailed")
    #expect(told.requests[0].actor.name == HubRecord.user)
    #expect(told.requests[0].requestedAt == ToldLedger.time(hasStart ? "10:00:00" : "10:00:01"))
    // What makes a burst of refusals is the requests, however many records each has.
    let thrice = try ToldLedger(
      (0..<3).flatMap { number in
        ((hasStart ? call(bodies, []) : []) + [refusal]).map { record in
          record.with { $0.fields["correlationId"] = "ask \(number)" }
        }
      })
    #expect(try thrice.findings().contains("refused-requests"))
    #expect(try !told.findings().contains("refused-requests"))
  }
}
