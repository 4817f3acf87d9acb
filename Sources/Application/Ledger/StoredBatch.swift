public import Access
public import Timelines

/// What became of a batch.
public struct StoredBatch: Sendable {
  /// The calls that have new records.
  public let touched: Set<TouchedCall>
  /// The records that are new.
  public let new: Set<EvidenceID>
  /// New records of the provider on VMs.
  public let notes: [IdentifiedEvidence]
  /// The batch's counts, with what the ledger alone can tell.
  public let counts: RecordCounts
}

/// A call that has new records, and one of the days they are on.
public struct TouchedCall: Hashable, Sendable {
  /// The call's key.
  public let key: CallKey
  /// The UTC day of one of its records.
  public let day: Int
  /// Which folds it goes into.
  public let family: CallFamily
}

/// Which folds a call goes into.
public enum CallFamily: Hashable, Sendable {
  /// Requests.
  case initiate
  /// The rules of a group.
  case rules
  /// The versions of a policy.
  case policy
  /// None: it stands by itself.
  case other

  /// The family of a record.
  init(_ evidence: Evidence) {
    self =
      evidence.isInitiate
      ? .initiate : evidence.isRule ? .rules : evidence.isPolicy ? .policy : .other
  }
}
