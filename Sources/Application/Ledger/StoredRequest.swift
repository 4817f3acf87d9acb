public import Access

/// A request with its place in the ledger.
public struct StoredRequest: Sendable {
  /// The row.
  public let seq: Int64
  /// The hash of its call's key.
  public let call: Int64
  /// The request.
  public let request: AccessRequest

  /// A request at its place.
  public init(seq: Int64, call: Int64, request: AccessRequest) {
    self.seq = seq
    self.call = call
    self.request = request
  }
}
