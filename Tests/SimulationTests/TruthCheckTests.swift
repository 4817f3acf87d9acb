import Access
import Contract
import Testing

@testable import Simulation

@Suite struct `Holding the truth against a ledger` {
  private let lines: [String]
  private let check: TruthCheck
  private var answers = TruthCheck.Answers()

  init() throws {
    let log = try Log { $0.records = 1000 }
    var bytes: [UInt8] = []
    try Truth(of: log.story, written: log.totals).write { bytes += $0 }
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    check = try TruthCheck(lines: lines)
    var rows: [String: [ContractRow]] = [:]
    var who: [TruthCheck.Question: [ContractRow]] = [:]
    for line in lines {
      guard case .object(let row) = try ContractValue(json: line),
        case .object(let value)? = row["value"], case .text(let at)? = row["at"]
      else { continue }
      rows[row["row"]?.shownText ?? "", default: []].append(value)
      let instant = try #require(EventTime(rfc3339: at))
      if row["row"] == .text("who") {
        let vm = try #require(value["vm"]?.shownText)
        who[TruthCheck.Question(vm: vm, at: instant), default: []].append(value)
      }
    }
    answers.requests = rows["request"] ?? []
    answers.windows = (rows["window"] ?? []).reversed()
    answers.alerts = (rows["anomaly"] ?? []).map { row in
      ContractRow([ContractRow.Field("id", .text("x"))] + row.fields)
    }
    answers.timeline = rows["timeline"]
    answers.who = check.questions.map { who[$0] ?? [] }
  }

  @Test func `finds nothing where all rows are there in any order`() {
    let comparison = check.compare(with: answers)
    #expect(comparison.isEqual)
    #expect(comparison.summary.count == 1)
    #expect(comparison.compared["requests"] == answers.requests.count)
  }

  @Test func `ignores the order of lists that are sets, evidence and text`() {
    var answers = answers
    for index in answers.requests.indices {
      answers.requests[index].fields.append(ContractRow.Field("evidence", .texts(["a"])))
      guard let place = answers.requests[index].fields.firstIndex(where: { $0.name == "grants" }),
        case .list(let grants) = answers.requests[index].fields[place].value
      else { continue }
      answers.requests[index].fields[place].value = .list(grants.reversed())
    }
    #expect(check.compare(with: answers).isEqual)
  }

  @Test func `names what is missing and what is unexpected`() {
    var answers = answers
    let gone = answers.requests.removeFirst()
    answers.alerts.append(["rule": .text("off-hours"), "vms": .list([]), "occurredAt": .null])
    // Of what other detectors find the truth says nothing.
    answers.alerts.append(["rule": .text("bypass"), "vms": .list([]), "occurredAt": .null])
    answers.windows.append(answers.windows[0])
    let comparison = check.compare(with: answers)
    #expect(
      comparison.counts
        == ["requests missing": 1, "windows unexpected": 1, "anomalies unexpected": 1])
    #expect(comparison.differences.contains { $0.text.contains(gone["id"]?.shownText ?? "?") })
  }

  @Test func `shows both values of a field that differs`() {
    var answers = answers
    answers.windows[0].fields.removeAll { $0.name == "state" }
    answers.windows[0].fields.append(ContractRow.Field("state", .text("closed")))
    let texts = check.compare(with: answers).differences.map(\.text)
    #expect(texts.count == 1)
    #expect(texts[0].contains("state is \"closed\", not \""))
  }

  @Test func `counts all differences and shows some`() {
    var answers = answers
    answers.requests = []
    let comparison = check.compare(with: answers)
    #expect(comparison.differences.count == TruthComparison.shownLimit)
    #expect(comparison.counts["requests missing"] ?? 0 > TruthComparison.shownLimit)
  }

  @Test func `notices who is missing at an instant`() {
    var answers = answers
    answers.who?[0] = []
    #expect(check.compare(with: answers).counts["who missing"] ?? 0 > 0)
  }

  @Test(arguments: [
    [], ["nonsense"], ["{\"row\":\"request\",\"at\":\"2026-01-01T00:00:00Z\",\"value\":{}}"],
    ["{\"row\":\"truth\",\"at\":\"yesterday\",\"value\":{}}"],
  ])
  func `refuses what is no truth`(lines: [String]) {
    #expect(throws: TruthCheck.Malformed.self) { try TruthCheck(lines: lines) }
  }
}
