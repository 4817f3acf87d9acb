/// A way around the door, taken by a call that did not fail.
public struct BypassUse: Hashable, Sendable {
  /// The VM.
  public var vm: ResourceID
  /// When.
  public var at: EventTime
  /// The operation in lower case.
  public var operation: String
  /// The type of the extension, or its name where no phase tells the type.
  public var extensionName: String?
  /// Who took it, where somebody is named.
  public var actor: Actor?
  /// The records of the call, in the order of ties.
  public var evidence: [EvidenceID]

  /// A way around that was taken at an instant.
  public init(
    vm: ResourceID, at: EventTime, operation: String, extensionName: String? = nil,
    actor: Actor?, evidence: [EvidenceID]
  ) {
    self.vm = vm
    self.at = at
    self.operation = operation
    self.extensionName = extensionName
    self.actor = actor
    self.evidence = evidence
  }
}
