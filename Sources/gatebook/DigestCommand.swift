internal import Access
internal import CommandLineTool
internal import Contract
internal import Detection
internal import Ledger
internal import Pipeline

/// `gatebook digest`: what the evidence comes to, as one hash.
enum DigestCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let asked = try arguments.value("at", expected: TimeText.expected) { TimeText($0) }
    let reader = try LedgerPlace.reader(arguments)
    try reader.consistently {
      let judging = try StoredDetectors.judging(reader)
      let evidence = try reader.allEvidence()
      let newest = evidence.newest ?? .epoch
      let instant = asked?.resolved(before: newest) ?? newest
      let result = try Recomputation(
        of: evidence.pieces, by: DetectorSet(judging.detection), books: judging.books,
        at: instant)
      try console.output.line(result.digest)
    }
    return 0
  }
}

/// The detectors by the settings that a ledger has stored.
enum StoredDetectors {
  static func of(_ reader: LedgerReader) throws -> DetectorSet {
    try DetectorSet(judging(reader).detection)
  }

  /// What decides verdicts, as the ledger has stored it.
  static func judging(_ reader: LedgerReader) throws -> JudgingSettings {
    try reader.settings().flatMap { JudgingSettings(canonical: $0) } ?? JudgingSettings()
  }
}
