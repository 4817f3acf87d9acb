internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook evidence`: a piece of evidence with the record that it was read from.
enum EvidenceCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "evidence", summary: "Show a piece of evidence, with its raw record",
      discussion: [
        "An id is a date and a hash, as other commands list them; it may be cut anywhere after the "
          + "date, as long as it means one piece of evidence only."
      ],
      examples: [Example("gatebook evidence 20260811-3f9a", "The evidence whose hash begins so.")],
      arguments: [Argument("ID", help: "Id of the evidence, or its beginning", isRepeated: true)],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let words = try arguments.values("ID", expected: "an id of evidence", EvidencePrefix.init)
    let rows = try RowOutput(arguments, .evidence, console)
    let reader = try LedgerPlace.reader(arguments)
    let found = try reader.consistently {
      try words.map { word in
        let id = try id(of: word, reader)
        guard let stored = try reader.evidence(id) else { throw CommandFailure(word.isUnknown) }
        return stored
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
    let listed = candidates.sorted().prefix(candidateLimit).map { "\n  \($0)" }.joined()
    let rest = candidates.count > candidateLimit ? "\n  and more" : ""
    throw CommandFailure("Several pieces of evidence begin with \(word.text):" + listed + rest)
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
