/// What counts as evidence, beside what is built in.
public struct DecodingSettings: Hashable, Sendable {
  /// Further names of the operation that requests access.
  public var initiateOperations: [String] = []
  /// Further app ids, in lower case, under which Microsoft Defender for Cloud writes its rules.
  public var defenderApps: [String] = []

  /// Nothing beside what is built in.
  public init() {}
}
