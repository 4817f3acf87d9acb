public import Hashing

/// The identity of a piece of evidence: the UTC date of its occurrence and a SHA-256.
public struct EvidenceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01 UTC.
  public let day: Int
  /// SHA-256 over the canonical JSON of the decoded fields.
  public let hash: SHA256Digest

  /// An id as stored.
  public init(day: Int, hash: SHA256Digest) {
    self.day = day
    self.hash = hash
  }

  /// The id that the text of an id means, or nil where it is none.
  public init?(_ text: String) {
    let letters = text.utf8
    guard letters.count == 73 else { return nil }
    var number = 0
    var index = letters.startIndex
    for _ in 0..<8 {
      guard (0x30...0x39).contains(letters[index]) else { return nil }
      number = number * 10 + Int(letters[index] - 0x30)
      letters.formIndex(after: &index)
    }
    guard letters[index] == UInt8(ascii: "-"),
      let date = CivilDate(
        year: number / 10_000, month: number / 100 % 100, dayOfMonth: number % 100),
      let hash = SHA256Digest(hex: text[letters.index(after: index)...])
    else { return nil }
    self.init(day: date.day, hash: hash)
  }

  /// Eight digits of the date, `-`, 64 hex digits.
  public var description: String {
    EventTime.start(ofDay: day).dateDigits + "-" + hash.hex
  }

  /// By date, then by hash.
  public static func < (left: EvidenceID, right: EvidenceID) -> Bool {
    left.day != right.day ? left.day < right.day : left.hash < right.hash
  }
}

/// A piece of evidence together with its identity.
public struct IdentifiedEvidence: Hashable, Sendable {
  /// Its identity.
  public let id: EvidenceID
  /// What it says.
  public let evidence: Evidence

  /// Evidence whose id is already known, as it comes from the ledger.
  public init(id: EvidenceID, evidence: Evidence) {
    self.id = id
    self.evidence = evidence
  }

  /// The same evidence: what has one id is one.
  public static func == (left: IdentifiedEvidence, right: IdentifiedEvidence) -> Bool {
    left.id == right.id
  }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// The order of ties: occurredAt, operation, resource, correlationId, phase, id.
  public static func precedes(_ left: IdentifiedEvidence, _ right: IdentifiedEvidence) -> Bool {
    let (one, other) = (left.evidence, right.evidence)
    if one.occurredAt != other.occurredAt { return one.occurredAt < other.occurredAt }
    if one.operation != other.operation { return one.operation < other.operation }
    if one.resource != other.resource { return one.resource < other.resource }
    if one.correlationID != other.correlationID { return one.correlationID < other.correlationID }
    if one.phase != other.phase { return one.phase < other.phase }
    return left.id < right.id
  }
}
