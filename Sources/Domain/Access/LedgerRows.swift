/// A VM as the ledger knows it.
public struct VMSummary: Hashable, Sendable {
  /// The VM.
  public var vm: ResourceID
  /// The policies that name it or that requests for it were made on.
  public var policies: [ResourceID]
  /// The ports that were asked for.
  public var ports: [Int]
  /// The newest request.
  public var lastRequestAt: EventTime?
  /// Windows in force.
  public var windowsInForce: Int
  /// Standing management-port rules.
  public var standingRules: Int
  /// The newest evidence about it.
  public var lastSeenAt: EventTime

  /// A VM with nothing in force.
  public init(vm: ResourceID, lastSeenAt: EventTime) {
    self.vm = vm
    self.lastSeenAt = lastSeenAt
    policies = []
    ports = []
    windowsInForce = 0
    standingRules = 0
  }
}

/// A piece of evidence as the ledger keeps it.
public struct StoredEvidence: Sendable {
  /// Its identity and fields.
  public var identified: IdentifiedEvidence
  /// When we read it, by our clock.
  public var receivedAt: EventTime
  /// Where we read it.
  public var position: SourcePosition
  /// The record's own bytes, where they are kept.
  public var raw: [UInt8]?

  /// A piece of evidence with its place.
  public init(
    identified: IdentifiedEvidence, receivedAt: EventTime, position: SourcePosition,
    raw: [UInt8]?
  ) {
    self.identified = identified
    self.receivedAt = receivedAt
    self.position = position
    self.raw = raw
  }
}

/// Rejected input as the ledger keeps it.
public struct StoredReject: Sendable {
  /// SHA-256 of kind, reason, source, position, offset and all its bytes, in hex.
  public var id: String
  /// What was rejected; its bytes are cut to what is kept, or nil once they are gone.
  public var input: RejectedInput
  /// True while bytes are kept.
  public var hasBytes: Bool
  /// Where it came from.
  public var position: SourcePosition
  /// When we read it, by our clock.
  public var receivedAt: EventTime
  /// True when it was tried again with success.
  public var retried: Bool

  /// Rejected input with its place.
  public init(
    id: String, input: RejectedInput, hasBytes: Bool, position: SourcePosition,
    receivedAt: EventTime, retried: Bool
  ) {
    self.id = id
    self.input = input
    self.hasBytes = hasBytes
    self.position = position
    self.receivedAt = receivedAt
    self.retried = retried
  }
}

/// How a source stands.
public struct SourceStatus: Sendable {
  /// The source, or nil for a ledger that has none yet.
  public var source: String?
  /// What became of its records.
  public var counts: RecordCounts
  /// Records behind the end, by partition; nil where the source has no end to be behind.
  public var lag: [Int: Int64]?
  /// Its gaps.
  public var gaps: [EvidenceGap]

  /// A source that has read nothing.
  public init(source: String?) {
    self.source = source
    counts = RecordCounts()
    gaps = []
  }
}

/// What `status` says of the ledger itself, the same for each of its sources.
public struct LedgerStatus: Sendable {
  /// How far the evidence is known to be complete.
  public var streamTime: EventTime?
  /// Judgements that are still due.
  public var due: Int
  /// The head of the chain in hex.
  public var chainHead: String
  /// How many ids the chain holds.
  public var chainCount: Int64
  /// The size of the ledger's file.
  public var ledgerBytes: Int64
  /// Standing findings by severity.
  public var findings: [Severity: Int]

  /// An empty ledger.
  public init(chainHead: String) {
    self.chainHead = chainHead
    due = 0
    chainCount = 0
    ledgerBytes = 0
    findings = [:]
  }
}
