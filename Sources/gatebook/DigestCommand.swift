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
      let detectors = try StoredDetectors.of(reader)
      let evidence = try reader.allEvidence()
      // Evidence of a policy file would not count here; there is none in this version.
      let newest = evidence.newest ?? .epoch
      let instant = asked?.resolved(before: newest) ?? newest
      let result = Recomputation(of: evidence.pieces, by: detectors, at: instant)
      try console.output.line(result.digest)
    }
    return 0
  }
}

/// The detectors by the settings that a ledger has stored.
enum StoredDetectors {
  static func of(_ reader: LedgerReader) throws -> DetectorSet {
    let stored = try reader.settings()
    let settings = stored.flatMap { JudgingSettings(canonical: $0) } ?? JudgingSettings()
    return try DetectorSet(settings.detection)
  }
}
