public import Access

/// What the records of one ARM call have in common: correlation id, operation and resource.
///
/// A record without a correlation id is joined only with those of the same operation, resource,
/// phase and instant.
public struct CallKey: Hashable, Sendable {
  /// The parts as one text, in lower case.
  public let text: String
  /// The correlation id; empty where the records have none.
  public let correlationID: String

  /// The key that a piece of evidence belongs to.
  public init(_ evidence: Evidence) {
    let call = "\(evidence.correlationID)|\(evidence.operation)|\(evidence.resource.canonical)"
    correlationID = evidence.correlationID
    text =
      evidence.correlationID.isEmpty
      ? "\(call)|\(evidence.phase.text)|\(evidence.occurredAt.ticks)" : call
  }

  /// A number that is the same on every machine and in every version (FNV-1a, 64 bits).
  ///
  /// It only finds candidates: all keys of one correlation id share it, so that what belongs to a
  /// call under other operations is found with it; readers compare the key itself.
  public var stableHash: Int64 {
    CallKey.stableHash(of: correlationID.isEmpty ? text : correlationID)
  }

  /// The number that all keys of a correlation id have.
  public static func stableHash(of text: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int64(bitPattern: hash)
  }

  /// How far apart two records of one key may lie and still belong to one call.
  public static let reach = TimeSpan.hours(24)
}

/// One ARM call: records of one key that belong together, in the order of ties.
public struct Call: Hashable, Sendable {
  /// The records, never empty.
  public var records: [IdentifiedEvidence]

  /// A call of these records, which are not empty and in the order of ties.
  public init(records: [IdentifiedEvidence]) { self.records = records }

  /// When the call takes effect: its earliest record.
  public var occurredAt: EventTime { records[0].evidence.occurredAt }

  /// The claims of all phases, the earliest value of each.
  public var claims: Claims {
    var claims = Claims()
    for record in records { claims.fill(from: record.evidence.claims) }
    return claims
  }

  /// The resource in the most readable case that any phase has.
  public var resource: ResourceID {
    records.dropFirst().reduce(records[0].evidence.resource) { $0.merging($1.evidence.resource) }
  }
}
