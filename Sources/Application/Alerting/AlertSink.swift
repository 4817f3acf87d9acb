public import Access

/// Where alerts are delivered to.
///
/// A sink is made and used on one thread. It is handed rows in the order of the feed and may be
/// handed a row again when its delivery failed or was not noted, never out of order.
public protocol AlertSink: AnyObject {
  /// What the receiver itself holds already, for sinks that can look; called once, at the start.
  func resumption(in feed: any AlertFeed) throws -> Resumption

  /// Delivers rows; when it returns they are where a crash does not lose them.
  ///
  /// It throws when some or all of them could not be delivered; they are then handed to it again.
  func deliver(_ entries: [FeedEntry]) throws

  /// Lets go of what another program may have moved away, such as a file that was rotated.
  func reopen() throws
}

extension AlertSink {
  /// Nothing is known of what the receiver holds, so the cursor decides.
  public func resumption(in feed: any AlertFeed) throws -> Resumption { Resumption() }

  /// There is nothing to let go of.
  public func reopen() throws {}
}

/// Where delivery goes on by what the receiver holds, and what was noticed when looking.
public struct Resumption: Hashable, Sendable {
  /// The sequence of the last row that feed and receiver both have; nil where there is none.
  public var after: Int64?
  /// The newest rows of the receiver that the feed does not have.
  public var foreignRows = 0
  /// The bytes of a torn last line that were cut.
  public var cutBytes = 0

  /// Nothing known.
  public init() {}
}

/// Why alerts could not be delivered.
public struct AlertDeliveryError: Error, Hashable, CustomStringConvertible {
  /// Where they were to go, without anything secret.
  public let receiver: String
  /// What was being done.
  public let operation: String
  /// What the receiver or the system said.
  public let reason: String

  /// A failure with its place.
  public init(receiver: String, operation: String, reason: String) {
    self.receiver = receiver
    self.operation = operation
    self.reason = reason
  }

  /// The failure as one sentence.
  public var description: String { "Could not \(operation) \(receiver): \(reason)" }
}
