public import Access

/// Rows of alerts as NDJSON on standard output.
public final class StandardOutputSink: AlertSink {
  private let descriptor: Int32

  /// A sink that writes to standard output, or to another open descriptor.
  public init(descriptor: Int32 = 1) { self.descriptor = descriptor }

  /// Writes the rows, waiting for a slow reader.
  public func deliver(_ entries: [FeedEntry]) throws {
    let failure = SystemCall.writeAll(AlertRows.lines(entries), to: descriptor)
    if let failure {
      throw AlertDeliveryError(
        receiver: "standard output", operation: "write to", reason: failure)
    }
  }
}
