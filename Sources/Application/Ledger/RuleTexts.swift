internal import Access
internal import Hashing
internal import SQLite

/// The content of rules, each kept once for its group: a group is written as a whole, and a hundred
/// thousand writes of two hundred rules are mostly the same rules.
final class RuleTexts {
  private let select: Statement
  private let insert: Statement
  private let read: Statement
  private let texts: InternedTexts
  private var numbers: [Key: Int64] = [:]
  private var rules: [Int64: NetworkRule] = [:]

  private struct Key: Hashable {
    let nsg: Int64
    let rule: NetworkRule
  }

  /// Some groups' worth of rules.
  private static let limit = 20_000

  init(_ connection: borrowing Connection, texts: InternedTexts) throws(SQLiteError) {
    self.texts = texts
    select = try connection.prepare("SELECT id FROM rule_text WHERE nsg = ? AND hash = ?")
    insert = try connection.prepare(
      "INSERT INTO rule_text (nsg, hash, canonical) VALUES (?, ?, ?) RETURNING id")
    read = try connection.prepare("SELECT canonical FROM rule_text WHERE id = ?")
  }

  /// Forgets what a rolled-back step may have added.
  func forget() {
    numbers.removeAll(keepingCapacity: true)
    rules.removeAll(keepingCapacity: true)
  }

  /// The number of a rule of a group, which is stored where it is new.
  func number(of rule: NetworkRule, in nsg: ResourceID) throws(SQLiteError) -> Int64 {
    let key = Key(nsg: try texts.number(of: nsg), rule: rule)
    if let known = numbers[key] { return known }
    let canonical = rule.canonical
    let hash = SHA256.digest(of: canonical).bytes
    select.bind(key.nsg, at: 1)
    select.bind(hash, at: 2)
    var number = try select.firstRow { $0.int64(0) }
    if number == nil {
      insert.bind(key.nsg, at: 1)
      insert.bind(hash, at: 2)
      insert.bind(canonical, at: 3)
      number = try insert.firstRow { $0.int64(0) }
    }
    if numbers.count >= RuleTexts.limit { numbers.removeAll(keepingCapacity: true) }
    numbers[key] = number
    return number ?? 0
  }

  /// What a number means, or nil where it means nothing.
  func rule(_ number: Int64) -> NetworkRule? {
    if let known = rules[number] { return known }
    read.bind(number, at: 1)
    let found = try? read.firstRow { NetworkRule(canonical: $0.blob(0)) } ?? nil
    guard let rule = found ?? nil else { return nil }
    if rules.count >= RuleTexts.limit { rules.removeAll(keepingCapacity: true) }
    rules[number] = rule
    return rule
  }
}
