/// What decides how messages are decoded.
public struct DecodingSettings: Hashable, Sendable {
  /// Operations that are JIT initiates beside the one that is known, in any case.
  public var initiateOperations: [String]
  /// Operations that reach a VM around the door beside those that are known, in any case.
  public var bypassOperations: [String]
  /// Operations that cut the way of the log beside those that are known, in any case.
  public var feedOperations: [String]
  /// The most bytes that a message may have.
  public var messageLimit: Int

  /// The defaults, or what the operator added to them.
  public init(
    initiateOperations: [String] = [], bypassOperations: [String] = [],
    feedOperations: [String] = [], messageLimit: Int = 16 << 20
  ) {
    self.initiateOperations = initiateOperations
    self.bypassOperations = bypassOperations
    self.feedOperations = feedOperations
    self.messageLimit = messageLimit
  }
}
