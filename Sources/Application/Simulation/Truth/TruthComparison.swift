internal import Access
internal import Contract

/// How what a ledger answers differs from the truth.
public struct TruthComparison: Sendable {
  /// One difference.
  public struct Difference: Hashable, Sendable {
    /// What it is about: `requests`, `windows`, `anomalies`, `timeline` or `who`.
    public let about: String
    /// One line: the row that is missing or unexpected, or the field with both values.
    public let text: String
  }

  /// How many differences of one kind are kept with their text.
  public static let shownLimit = 20

  /// The differences, at most ``shownLimit`` of each kind.
  public private(set) var differences: [Difference] = []
  /// How many there are of each kind, for example `requests missing`; kinds without one lack.
  public private(set) var counts: [String: Int] = [:]
  /// How many rows of the truth were compared, by what they are about.
  public private(set) var compared: [String: Int] = [:]

  /// True when nothing differs.
  public var isEqual: Bool { counts.isEmpty }

  /// One line for each kind of difference with its number, or one that says that all is equal.
  public var summary: [String] {
    let rows = compared.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let total = "Compared \(rows.joined(separator: ", "))"
    if isEqual { return ["\(total): all equal."] }
    return ["\(total)."] + counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
  }

  mutating func hold(
    _ about: String, _ truth: [ContractRow], against answers: [ContractRow], by keys: [String]
  ) {
    compared[about, default: 0] += truth.count
    var groups: [String: Group] = [:]
    var order: [String] = []
    func key(of row: ContractRow) -> String {
      let key = keys.map { row[$0]?.canonicalText ?? "" }.joined(separator: " ")
      if groups[key] == nil { order.append(key) }
      return key
    }
    for row in truth.map(\.comparable) { groups[key(of: row), default: Group()].truth.append(row) }
    for row in answers.map(\.comparable) {
      groups[key(of: row), default: Group()].answers.append(row)
    }
    for key in order {
      guard let group = groups[key]?.withoutEqualRows else { continue }
      report(about, group)
    }
  }

  private mutating func report(_ about: String, _ group: Group) {
    let pairs = min(group.truth.count, group.answers.count)
    for (truth, answer) in zip(group.truth, group.answers) {
      add(about, "different", truth.differences(from: answer))
    }
    for row in group.truth.dropFirst(pairs) { add(about, "missing", row.json) }
    for row in group.answers.dropFirst(pairs) { add(about, "unexpected", row.json) }
  }

  private mutating func add(_ about: String, _ kind: String, _ text: String) {
    let name = "\(about) \(kind)"
    counts[name, default: 0] += 1
    guard counts[name] ?? 0 <= TruthComparison.shownLimit else { return }
    differences.append(Difference(about: about, text: "\(name): \(text)"))
  }
}

/// Rows of one key on both sides.
private struct Group {
  var truth: [ContractRow] = []
  var answers: [ContractRow] = []

  /// What is left once each row of one side has taken an equal one of the other.
  var withoutEqualRows: Group {
    var left = Group(truth: [], answers: answers)
    for row in truth {
      let text = row.canonicalText
      if let match = left.answers.firstIndex(where: { $0.canonicalText == text }) {
        left.answers.remove(at: match)
      } else {
        left.truth.append(row)
      }
    }
    return left
  }
}

extension ContractRow {
  /// The row without what the truth does not tell, and with lists that are sets in one order.
  fileprivate var comparable: ContractRow {
    ContractRow(
      fields.compactMap { field in
        ["evidence", "text"].contains(field.name)
          ? nil : Field(field.name, field.value.comparable)
      })
  }

  /// The fields that differ, each with both values.
  fileprivate func differences(from answer: ContractRow) -> String {
    let names = keys + answer.keys.filter { self[$0] == nil }
    let parts = names.compactMap { name -> String? in
      let (truth, other) = (self[name]?.canonicalText, answer[name]?.canonicalText)
      return truth == other ? nil : "\(name) is \(other ?? "absent"), not \(truth ?? "absent")"
    }
    let subject = ["id", "request", "rule", "vm", "vms", "port", "at", "kind", "occurredAt"]
      .compactMap { name in self[name].map { "\(name) \($0.json)" } }
    return "\(subject.joined(separator: ", ")): \(parts.joined(separator: "; "))"
  }
}

extension ContractValue {
  fileprivate var comparable: ContractValue {
    switch self {
    case .object(let row): .object(row.comparable)
    case .list(let values):
      .list(values.map(\.comparable).sorted { $0.canonicalText < $1.canonicalText })
    case .instant(let instant): .text(instant.description)
    default: self
    }
  }
}
