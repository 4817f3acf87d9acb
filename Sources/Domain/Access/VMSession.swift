/// A Bastion session: somebody at a VM, through the door that is always there.
public struct VMSession: Hashable, Sendable {
  /// The VM.
  public var vm: ResourceID
  /// The name of the login on the VM.
  public var login: String?
  /// The person that the records name.
  public var actor: Actor?
  /// The client's address.
  public var clientAddress: String?
  /// `ssh` or `rdp`.
  public var protocolName: String?
  /// When it began; where no record tells, when it was first heard of.
  public var since: EventTime
  /// When it ended, where a record tells.
  public var until: EventTime?
  /// Its records, in the order of ties.
  public var evidence: [EvidenceID]

  /// A session that began at an instant.
  public init(vm: ResourceID, login: String?, since: EventTime) {
    self.vm = vm
    self.login = login
    self.since = since
    evidence = []
  }

  /// How long a session without a recorded end counts as open.
  public static let presumedLength = TimeSpan.hours(12)

  /// When a session without a recorded end counts as over.
  public var presumedUntil: EventTime? {
    until == nil ? since + VMSession.presumedLength : nil
  }

  /// Whether it is open at some instant of a span.
  public func isOpen(within span: ClosedRange<EventTime>) -> Bool {
    let end = until ?? since + VMSession.presumedLength
    if since == until { return span.contains(since) }
    return since <= span.upperBound && end > span.lowerBound
  }
}
