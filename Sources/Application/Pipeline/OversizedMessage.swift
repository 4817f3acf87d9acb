internal import Access
internal import AccessDecoding

extension DecodedInput {
  /// Rejects a message of which, for its length, only the beginning was read.
  mutating func reject(oversized head: RawSpan, length: Int64) {
    let bytes = unsafe head.withUnsafeBytes { unsafe [UInt8]($0) }
    counts.messagesRejected += 1
    rejects.append(
      RejectedInput(
        kind: .message, reason: "The message has \(length) bytes, more than the limit.", offset: 0,
        bytes: bytes))
  }
}
