public import Access
public import Contract

/// The lines of a truth file, ready to be held against what a ledger answers.
public struct TruthCheck {
  /// What a ledger answers; rows as the contract has them, at the instant of the truth.
  public struct Answers {
    /// The rows of `requests`.
    public var requests: [ContractRow] = []
    /// The rows of `windows`.
    public var windows: [ContractRow] = []
    /// The rows of `alerts`: the findings that stand.
    public var alerts: [ContractRow] = []
    /// The rows of `timeline` for the VMs that the truth tells of; nil where it was not asked.
    public var timeline: [ContractRow]?
    /// The rows of `who` for each question of the truth, in its order; nil where not asked.
    public var who: [[ContractRow]]?

    /// No answers yet.
    public init() {}
  }

  /// What `who` is to be asked.
  public struct Question: Hashable, Sendable {
    /// The VM's id in lower case.
    public let vm: String
    /// The instant.
    public let at: EventTime
  }

  /// Why a file is no truth file.
  public struct Malformed: Error, Hashable, CustomStringConvertible {
    /// The number of the line, from 1.
    public let line: Int
    /// One plain sentence.
    public let reason: String

    /// The sentence with its line.
    public var description: String { "Line \(line) of the truth: \(reason)" }
  }

  /// The instant at which the ledger is to be asked.
  public let at: EventTime
  /// The value of the first line: seed and counts.
  public let summary: ContractRow
  /// What `who` is to be asked, each question once.
  public let questions: [Question]
  private let rows: [String: [ContractRow]]
  private let who: [Question: [ContractRow]]

  /// Reads the lines of a truth file, of which the first one tells of the whole log.
  public init(lines: some Sequence<some StringProtocol>) throws(Malformed) {
    var first: (at: EventTime, value: ContractRow)?
    var rows: [String: [ContractRow]] = [:]
    var asked = Questions()
    var number = 0
    for line in lines {
      number += 1
      if line.isEmpty { continue }
      let (kind, at, value) = try TruthCheck.parts(of: line, number)
      if first == nil {
        guard kind == "truth" else {
          throw Malformed(line: number, reason: "The first row is `truth`.")
        }
        first = (at, value)
      } else if kind == "who" {
        asked.add(value, of: Question(vm: value["vm"]?.shownText ?? "", at: at))
      } else {
        rows[kind, default: []].append(value)
      }
    }
    guard let first else { throw Malformed(line: 1, reason: "The file is empty.") }
    (at, summary) = first
    (self.rows, questions, who) = (rows, asked.order, asked.rows)
  }

  /// The VMs whose whole timelines the truth tells, by id.
  public var timelineMachines: [String] {
    Set((rows["timeline"] ?? []).compactMap { $0["vm"]?.shownText }).sorted()
  }

  /// Holds the truth against the answers.
  public func compare(with answers: Answers) -> TruthComparison {
    var comparison = TruthComparison()
    comparison.hold(
      "requests", rows["request"] ?? [], against: answers.requests, by: ["id"])
    comparison.hold(
      "windows", rows["window"] ?? [], against: answers.windows, by: ["request", "vm", "port"])
    let anomalyKeys: Set = ["rule", "vms", "actor", "occurredAt"]
    // Of other detectors the truth says nothing.
    let alerts = answers.alerts.filter { row in
      AnomalySearch.rules.contains(row["rule"]?.shownText ?? "")
    }
    comparison.hold(
      "anomalies", rows["anomaly"] ?? [],
      against: alerts.map { row in
        ContractRow(row.fields.filter { anomalyKeys.contains($0.name) })
      }, by: ["rule", "occurredAt", "actor"])
    if let timeline = answers.timeline {
      // The truth tells no findings, and the provider's notes and gaps are no part of the story.
      let left = ["noted", "gap", "finding"]
      let told = timeline.filter { !left.contains($0["kind"]?.shownText ?? "") }
      comparison.hold(
        "timeline", rows["timeline"] ?? [], against: told, by: ["vm", "at", "kind", "port"])
    }
    if let whoAnswers = answers.who {
      for (question, answer) in zip(questions, whoAnswers) {
        comparison.hold(
          "who", who[question] ?? [], against: answer.filter { $0["kind"] != .text("gap") },
          by: ["kind", "request", "vm", "port", "name", "login", "since"])
      }
    }
    return comparison
  }

  /// Rows of `who` by what was asked, in the order of the questions.
  private struct Questions {
    var order: [Question] = []
    var rows: [Question: [ContractRow]] = [:]

    mutating func add(_ row: ContractRow, of question: Question) {
      if rows[question] == nil { order.append(question) }
      rows[question, default: []].append(row)
    }
  }

  private static func parts(
    of line: some StringProtocol, _ number: Int
  ) throws(Malformed) -> (kind: String, at: EventTime, value: ContractRow) {
    let parsed: ContractValue
    do {
      parsed = try ContractValue(json: String(line))
    } catch { throw Malformed(line: number, reason: error.description) }
    guard case .object(let row) = parsed, let kind = row["row"]?.shownText,
      let at = row["at"]?.shownText.flatMap({ EventTime(rfc3339: $0) }),
      case .object(let value)? = row["value"]
    else { throw Malformed(line: number, reason: "It has no `row`, `at` and `value`.") }
    return (kind, at, value)
  }
}

extension ContractValue {
  /// The text of a text or an instant.
  var shownText: String? {
    switch self {
    case .text(let text): text
    case .instant(let instant): instant.description
    default: nil
    }
  }
}
