/// What decides how messages are decoded.
public struct DecodingSettings: Hashable, Sendable {
  /// Operations that are JIT initiates beside the one that is known, in any case.
  public var initiateOperations: [String]
  /// The most bytes that a message may have.
  public var messageLimit: Int

  /// The defaults, or what the operator added to them.
  public init(initiateOperations: [String] = [], messageLimit: Int = 16 << 20) {
    self.initiateOperations = initiateOperations
    self.messageLimit = messageLimit
  }
}
