/// What a batch keeps of a message: where it lies, without a C type, so that loops inline.
@usableFromInline
@safe
struct Slot {
  @usableFromInline let offset: Int64
  @usableFromInline let timestamp: Int64
  @usableFromInline let payload: UnsafeRawPointer?
  @usableFromInline let payloadCount: Int
  @usableFromInline let key: UnsafeRawPointer?
  @usableFromInline let keyCount: Int
  @usableFromInline let partition: Int32
}

/// One record of a batch, lent for the length of a closure.
@safe
public struct Record: ~Copyable {
  @usableFromInline let slot: Slot

  @inlinable
  init(_ slot: Slot) { self.slot = slot }

  /// The partition that it was read from.
  @inlinable public var partition: Int32 { slot.partition }
  /// Its place in the partition.
  @inlinable public var offset: Int64 { slot.offset }
  /// When it was written, in milliseconds since 1970; -1 if the broker does not say.
  @inlinable public var timestampMilliseconds: Int64 { slot.timestamp }

  /// Lends the payload, which is an empty span when there is none.
  @inlinable
  public func withPayload<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe UnsafeRawBufferPointer(start: slot.payload, count: slot.payloadCount)
    return try unsafe body(bytes.bytes)
  }

  /// Lends the key, which is an empty span when there is none.
  @inlinable
  public func withKey<Result: ~Copyable, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe UnsafeRawBufferPointer(start: slot.key, count: slot.keyCount)
    return try unsafe body(bytes.bytes)
  }
}
