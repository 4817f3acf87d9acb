internal import Access
internal import CommandLineTool
internal import Contract
internal import Detection
internal import Ledger
internal import Pipeline

/// `gatebook verify`: recomputes evidence ids, the chain, and every row.
enum VerifyCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let rows = try RowOutput(arguments, .verify, console)
    let reader = try LedgerPlace.reader(arguments)
    let verification = try reader.consistently {
      let judging = try StoredDetectors.judging(reader)
      return try Verification(
        reader, by: DetectorSet(judging.detection), books: judging.books)
    }
    for difference in verification.differences {
      _ = rows.write(.difference(row(of: difference, at: verification.instant)))
    }
    try rows.finish(
      console,
      none: "Evidence (\(verification.evidenceCount)), chain and rows agree.")
    if verification.due > 0 {
      StandardError.line("\(verification.due) judgements due")
      return 1
    }
    return verification.differences.isEmpty ? 0 : 1
  }

  private static func row(
    of difference: VerificationDifference, at instant: EventTime?
  ) -> Difference {
    let instant = instant ?? .distantFuture
    switch difference {
    case .evidence(let id, let recomputed):
      return Difference(
        kind: .evidence, id: id, stored: ["id": .text(id)],
        recomputed: recomputed.map { ["id": .text($0)] })
    case .chain(let step, let stored, let recomputed):
      return Difference(
        kind: .chain, id: "\(step)", stored: ["head": .text(stored)],
        recomputed: ["head": .text(recomputed)])
    case .request(let id, let stored, let recomputed):
      return Difference(
        kind: .request, id: id, stored: stored.map { .request($0, at: instant) },
        recomputed: recomputed.map { .request($0, at: instant) })
    case .window(let id, let stored, let recomputed):
      return Difference(
        kind: .window, id: id, stored: stored.map { .window($0, at: instant) },
        recomputed: recomputed.map { .window($0, at: instant) })
    case .finding(let id, let stored, let recomputed):
      return Difference(
        kind: .finding, id: id, stored: stored.map(row), recomputed: recomputed.map(row))
    }
  }

  /// A finding as a row: without what belongs to the feed.
  private static func row(of finding: Finding) -> ContractRow {
    let entry = FeedEntry(
      sequence: 0, transition: .raised, raisedAt: finding.occurredAt, finding: finding,
      acknowledged: nil)
    return ContractRow.alert(entry).dropping([
      "seq", "transition", "raisedAt", "acknowledged",
    ])
  }
}
