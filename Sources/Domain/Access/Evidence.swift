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
    /// All rules of a network security group, or of a classic Azure Firewall.
    case ruleSetObserved
    /// A network security group, or a firewall, is deleted.
    case ruleSetDeleted
    /// One rule, or one collection of rules, is written.
    case ruleWritten
    /// One rule, or one collection of rules, is deleted.
    case ruleDeleted
    /// A JIT policy as a file shows it.
    case policyObserved
    /// A JIT policy is written.
    case policyWritten
    /// A JIT policy is deleted.
    case policyDeleted
    /// A Bastion session begins.
    case sessionOpened
    /// A Bastion login fails.
    case sessionRefused
    /// A Bastion session ends.
    case sessionClosed
    /// A VM is reached around the door: serial console, run command, password reset.
    case bypassUsed
    /// The way of the log to us is cut or changed.
    case feedTampered
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
  /// The rules in the body of the request; nil where their content is unknown.
  public var askedRules: [NetworkRule]?
  /// The rules in the body of the response; nil where their content is unknown.
  public var answeredRules: [NetworkRule]?
  /// True where the answer says that the resource was made by this call.
  public var created: Bool
  /// The policy in the body of the request.
  public var askedPolicy: PolicyBody?
  /// The policy in the body of the response.
  public var answeredPolicy: PolicyBody?
  /// The Bastion session.
  public var session: SessionDetail?
  /// The type of a VM extension, where the record has it.
  public var extensionType: String?

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
    created = false
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
