public import Hashing

/// One decoded activity-log record that says something about access to a VM.
public struct Evidence: Hashable, Sendable {
  /// What the record says.
  public enum Kind: String, Sendable, CaseIterable {
    /// The Start of an initiate call.
    case accessRequested
    /// The Accept or Success of an initiate call.
    case accessAccepted
    /// The Failure of an initiate call.
    case accessRefused
    /// The provider's own record on the VM.
    case accessNoted
  }

  /// What the record says.
  public var kind: Kind
  /// When it happened, by the record.
  public var occurredAt: EventTime
  /// The operation in lower case.
  public var operation: String
  /// Which phase of its call it is.
  public var phase: Phase
  /// The resource that the call was made on.
  public var resource: ResourceID
  /// The call's correlation id in lower case; empty where the record has none or only zeros.
  public var correlationID: String
  /// Who called, as far as this record says.
  public var claims: Claims
  /// The caller's address without port, where it is one.
  public var callerAddress: String?
  /// The role that the caller was authorised by.
  public var role: String?
  /// The body of the request, where it is there and can be read.
  public var asked: AccessBody?
  /// The body of the response, where it is there and can be read.
  public var answered: AccessBody?
  /// What went wrong, on a Failure.
  public var error: ErrorDetail?
  /// What the provider's own record on the VM says.
  public var note: AccessNote?

  /// Evidence with nothing but its place and time.
  public init(
    kind: Kind, occurredAt: EventTime, operation: String, phase: Phase, resource: ResourceID,
    correlationID: String
  ) {
    self.kind = kind
    self.occurredAt = occurredAt
    self.operation = operation
    self.phase = phase
    self.resource = resource
    self.correlationID = correlationID
    claims = Claims()
  }
}

/// Which phase of an ARM call a record tells of; the order is that of ties.
public enum Phase: Int, Sendable, Comparable, CaseIterable {
  case start = 0
  case accept = 1
  case success = 2
  case failure = 3
  case other = 4

  /// The phase as the activity log writes it.
  public var text: String {
    switch self {
    case .start: "Start"
    case .accept: "Accept"
    case .success: "Success"
    case .failure: "Failure"
    case .other: "Other"
    }
  }

  /// By the order of ties.
  public static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
}

/// Why a call failed.
public struct ErrorDetail: Hashable, Sendable {
  /// The body's code, else the second half of `resultSignature`, else `statusCode`.
  public var code: String?
  /// The body's message, as it was written.
  public var message: String?

  /// An error as a record tells it.
  public init(code: String?, message: String?) {
    self.code = code
    self.message = message
  }
}

/// The provider's own record on the VM: who, and why.
public struct AccessNote: Hashable, Sendable {
  /// The user that the provider names.
  public var user: String?
  /// The justification that the provider repeats.
  public var justification: String?

  /// A note as a record tells it.
  public init(user: String?, justification: String?) {
    self.user = user
    self.justification = justification
  }
}

/// The body of an initiate call, of the request or of the response.
public struct AccessBody: Hashable, Sendable {
  /// One VM × port of the body, in the body's order.
  public struct Port: Hashable, Sendable {
    /// The VM that the port belongs to.
    public var vm: ResourceID
    /// The port, 0 to 65535.
    public var number: Int
    /// The sources, split at commas; empty where the body names none.
    public var sources: [String]
    /// The stated end.
    public var endsAt: EventTime?
    /// The stated duration, where the body has one instead of an end.
    public var duration: TimeSpan?

    /// One VM × port.
    public init(
      vm: ResourceID, number: Int, sources: [String], endsAt: EventTime?, duration: TimeSpan?
    ) {
      self.vm = vm
      self.number = number
      self.sources = sources
      self.endsAt = endsAt
      self.duration = duration
    }
  }

  /// The VM × ports of the body.
  public var ports: [Port]
  /// When access starts, in a response.
  public var startsAt: EventTime?
  /// Why access is asked for.
  public var justification: String?

  /// A body with these ports.
  public init(ports: [Port], startsAt: EventTime? = nil, justification: String? = nil) {
    self.ports = ports
    self.startsAt = startsAt
    self.justification = justification
  }

  /// The VM × ports as a set of texts, by which bodies of one key are told apart.
  public var portSet: Set<String> { Set(ports.map { "\($0.vm.canonical)|\($0.number)" }) }
}

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
