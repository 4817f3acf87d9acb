internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook evidence`: pieces of evidence with the records that they were read from.
enum EvidenceCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "evidence", summary: "Show the evidence of an alert, or one piece of it, with its raw record",
      discussion: [
        "The id of an alert, as `gatebook alerts` lists it, means all its evidence. That of a piece "
          + "of evidence is a date and a hash, as rows of JSON list them. Ids may be cut, that of an "
          + "alert to 4 digits, the other anywhere after the date, as long as they mean one alert "
          + "or piece of evidence only."
      ],
      examples: [
        Example("gatebook evidence 93afd8f39039", "The records behind this alert."),
        Example("gatebook evidence 20260811-3f9a", "The evidence whose hash begins so."),
      ],
      arguments: [
        Argument(
          "ID", help: "Id of an alert or a piece of evidence, or its beginning", isRepeated: true)
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let words = try arguments.values(
      "ID", expected: "an id of an alert or a piece of evidence", EvidenceWord.init)
    let rows = try RowOutput(arguments, .evidence, console)
    let reader = try LedgerPlace.reader(arguments)
    let found = try reader.consistently {
      try words.flatMap { word in
        switch word {
        case .evidence(let prefix):
          let id = try id(of: prefix, reader)
          guard let stored = try reader.evidence(id) else { throw CommandFailure(prefix.isUnknown) }
          return [stored]
        case .alert(let digits):
          return try evidence(ofAlert: digits, reader).compactMap { try reader.evidence($0) }
        }
      }
    }
    for stored in found where !rows.write(.evidence(stored)) { break }
    try rows.finish(console, none: "No evidence.")
    return 0
  }

  /// How many candidates an ambiguous beginning is answered with.
  private static let candidateLimit = 10

  private static func id(of word: EvidencePrefix, _ reader: LedgerReader) throws -> EvidenceID {
    if let id = EvidenceID(word.text) { return id }
    let candidates = try reader.evidenceIDs(
      beginning: word.hash, day: word.day, limit: candidateLimit + 1)
    guard let first = candidates.first else { throw CommandFailure(word.isUnknown) }
    if candidates.count == 1 { return first }
    throw CommandFailure(
      "Several pieces of evidence begin with \(word.text):"
        + listed(candidates.sorted().map { "\($0)" }))
  }

  /// The evidence of the alert whose id begins so, also of one that was withdrawn.
  private static func evidence(
    ofAlert digits: String, _ reader: LedgerReader
  ) throws -> [EvidenceID] {
    var found: [String: [EvidenceID]] = [:]
    try reader.forEachFeedEntry(after: 0, through: .max) { entry in
      let id = "\(entry.finding.id)"
      if id.hasPrefix(digits) { found[id] = entry.finding.evidence }
      return true
    }
    guard let first = found.first else {
      throw CommandFailure("There is no alert \(digits) in the ledger.")
    }
    if found.count == 1 { return first.value }
    throw CommandFailure(
      "Several alerts have ids that begin with \(digits):" + listed(found.keys.sorted()))
  }

  private static func listed(_ ids: [String]) -> String {
    ids.prefix(candidateLimit).map { "\n  \($0)" }.joined()
      + (ids.count > candidateLimit ? "\n  and more" : "")
  }
}

/// What a word of the command line means: one piece of evidence, or all that an alert has.
private enum EvidenceWord {
  case evidence(EvidencePrefix)
  case alert(String)

  init?(_ word: String) {
    if let prefix = EvidencePrefix(word) {
      self = .evidence(prefix)
      return
    }
    let digits = word.lowercased()
    guard (4...64).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit) else { return nil }
    self = .alert(digits)
  }
}

/// An id of evidence, or its beginning: the whole date and any number of digits of the hash.
private struct EvidencePrefix {
  let text: String
  let day: Int
  let hash: String

  init?(_ word: String) {
    let text = word.lowercased()
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let date = parts[0].utf8.count == 8 ? Int(parts[0]) : nil
    guard let date, date > 0,
      let civil = CivilDate(
        year: date / 10_000, month: date / 100 % 100, dayOfMonth: date % 100)
    else { return nil }
    let hash = parts.count == 2 ? String(parts[1]) : ""
    guard hash.utf8.count <= 64, hash.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { return nil }
    self.text = text
    self.hash = hash
    day = civil.day
  }

  var isUnknown: String { "There is no evidence \(text) in the ledger." }
}
