public import Access
public import AccessDecoding
public import Ledger
internal import Timelines

/// Takes policies of a file in, so that limits are known before the first write is seen.
public enum PolicyImport {
  /// What has come of a file of policies.
  public struct Outcome: Hashable, Sendable {
    /// How many policies the file holds.
    public var policies: Int
    /// How many of them the ledger did not know like this.
    public var new: Int
  }

  /// Takes policies in that are so as of an instant, nil = that were always so.
  ///
  /// Without an instant a file is refused that tells of a policy of which the ledger knows a
  /// version by a record: nobody could say which of the two is older.
  public static func take(
    _ policies: [DecodedRecord], from path: String, isDated: Bool, judge: Judge,
    at now: EventTime
  ) throws(LedgerError) -> Outcome {
    if !isDated {
      for policy in policies.compactMap({ $0.evidence.first?.resource })
      where try judge.ledger.knowsByRecord(policy) {
        throw LedgerError(
          .other,
          "The ledger knows a version of \(policy) by a record; say with --as-of when the "
            + "policies of \(path) were read, for only then it is clear which holds.")
      }
    }
    var builder = BatchBuilder(source: FileImport.source, receivedAt: now)
    for policy in policies {
      builder.add(
        LedgerBatch.Item(
          pieces: policy.evidence, raw: policy.raw, position: "\(path):\(policy.offset)",
          rejectedBodies: []))
    }
    var counts = RecordCounts()
    counts.recordsRead = policies.count
    builder.add(counts)
    try judge.take(builder.batch, importedUpTo: nil)
    let new = judge.lastCounts.evidence
    while try judge.workOnDue() {}
    return Outcome(policies: policies.count, new: new)
  }
}
