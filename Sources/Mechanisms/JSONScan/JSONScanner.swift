internal import CSimdJSON

/// Finds the records of a message and a few of their values, without parsing the rest.
///
/// A message is an object whose array key holds the records, an array of records or of such
/// messages, or one record. An element that itself holds an array under the array key stands for
/// that array's elements; if all keys of the record come before it, it is taken for a record.
/// Records are checked no further than their braces, strings and UTF-8. Keys compare by their exact
/// bytes, the first of equal keys counts. A key that is written with escapes or in another case is
/// absent: the caller looks for it with `JSONTree`.
///
/// One scanner belongs to one thread at a time. It copies a message into a buffer that it keeps for
/// the next, and allocates nothing per record. Time and memory are linear in the message.
///
/// Exclusively owned, because it cannot be copied: only borrowing reads can happen at the same time.
public struct JSONScanner: ~Copyable, @unchecked Sendable {
  private let handle: OpaquePointer
  @usableFromInline let slotWords: Int
  @usableFromInline var bytes: UnsafeRawPointer?
  @usableFromInline var slots: UnsafePointer<UInt32>?

  /// The number of records of the last scan.
  public internal(set) var recordCount = 0

  /// Makes a scanner for records under `arrayKey` that notes the values of `keys`.
  ///
  /// At most 31 keys of at most 62 bytes. Memory that a message larger than `retainedLimit` bytes
  /// needed is given back when the next smaller message comes, or by `releaseExcess()`.
  public init(arrayKey: String, keys: [String], retainedLimit: Int = 1 << 20) {
    guard let handle = gb_json_scanner_new(retainedLimit) else {
      preconditionFailure("There is no memory for a scanner.")
    }
    self.handle = handle
    slotWords = 2 + 2 * keys.count
    for var key in [arrayKey] + keys {
      let isAccepted = key.withUTF8 { text in
        text.baseAddress.map { gb_json_scanner_add_key(handle, $0, text.count) } ?? false
      }
      precondition(isAccepted, "A scanner takes at most 31 keys of 1 to 62 bytes.")
    }
  }

  deinit {
    gb_json_scanner_free(handle)
  }

  /// Finds the records of one message; what the scan before found is forgotten.
  public mutating func scan(_ message: RawSpan) -> ScanOutcome {
    scan(message, structurally: false)
  }

  /// Frees what the last message needed beyond the retained limit, and forgets its records.
  public mutating func releaseExcess() {
    recordCount = 0
    gb_json_scanner_release_excess(handle)
  }

  mutating func scan(_ message: RawSpan, structurally: Bool) -> ScanOutcome {
    var result = gb_json_scan_result()
    message.withUnsafeBytes { source in
      let start = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
      gb_json_scan(handle, start, source.count, structurally, &result)
    }
    bytes = result.bytes.map { UnsafeRawPointer($0) }
    slots = result.slots
    recordCount = Int(result.records)
    return ScanOutcome(result)
  }

  @inlinable
  func word(_ index: Int, of record: Int) -> UInt32 {
    precondition(record >= 0 && record < recordCount, "There is no record of this number.")
    return slots.unsafelyUnwrapped[record &* slotWords &+ index]
  }

  /// Where a record stands in the message.
  @inlinable
  public func slot(_ record: Int) -> RecordSlot {
    let length = word(1, of: record)
    return RecordSlot(
      offset: Int(word(0, of: record)), length: Int(length & ~irregularBit),
      isRegular: length & irregularBit == 0)
  }

  /// Where the value of a key stands in the message; `key` counts the keys given at the start.
  @inlinable
  public func value(_ record: Int, key: Int) -> ValueSlot {
    precondition(key >= 0 && 2 &* key &+ 2 < slotWords, "There is no key of this number.")
    let coded = word(3 &+ 2 &* key, of: record)
    return ValueSlot(
      kind: ValueSlot.Kind(rawValue: coded & 3).unsafelyUnwrapped,
      offset: Int(word(2 &+ 2 &* key, of: record)), length: Int(coded >> 2))
  }

  /// Lends the source of a record, from brace to brace.
  @inlinable
  public func withRecord<R, E: Error>(
    _ record: Int, _ body: (RawSpan) throws(E) -> R
  ) throws(E) -> R {
    let slot = slot(record)
    let start = bytes.unsafelyUnwrapped + slot.offset
    return try body(RawSpan(_unsafeStart: start, byteCount: slot.length))
  }

  /// Lends the bytes of a key's value: none when it is absent, for a string those between its quotes.
  @inlinable
  public func withValue<R, E: Error>(
    _ record: Int, key: Int, _ body: (RawSpan) throws(E) -> R
  ) throws(E) -> R {
    let value = value(record, key: key)
    let start = bytes.unsafelyUnwrapped + value.offset
    return try body(RawSpan(_unsafeStart: start, byteCount: value.length))
  }
}

/// Marks the length of a record whose members are malformed.
@usableFromInline
let irregularBit: UInt32 = 1 << 31

extension ScanOutcome {
  init(_ result: gb_json_scan_result) {
    switch Int(result.shape) {
    case GB_JSON_SHAPE_KEYED: shape = .keyed
    case GB_JSON_SHAPE_ARRAY: shape = .array
    case GB_JSON_SHAPE_SINGLE: shape = .single
    default: shape = nil
    }
    if result.code == 0 {
      verdict = .complete
    } else {
      let error = JSONScanError(
        code: JSONScanError.Code(number: result.code), offset: Int(result.offset))
      verdict = result.unreadable ? .unreadable(error) : .damaged(error)
    }
    records = Int(result.records)
    emptyObjects = Int(result.empty_objects)
    nonObjects = Int(result.non_objects)
    irregularRecords = Int(result.irregular)
  }
}
