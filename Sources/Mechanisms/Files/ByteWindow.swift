internal import Glibc

/// The part of a stream that is in memory; all positions count from the beginning of the stream.
///
/// Bytes stay where they are until the next `refill`, which drops what is before `keeping`.
@safe
struct ByteWindow: ~Copyable {
  /// The position after the last byte in memory.
  private(set) var end: Int
  /// Whether the stream has no more bytes.
  private(set) var isAtEnd = false
  private(set) var stream: ByteStream

  private var storage: UnsafeMutableRawBufferPointer
  private var capacity = 2 * ByteStream.blockSize
  /// The position of the first byte of `storage`.
  private var base: Int
  /// The least room that is worth a read.
  private static let leastRoom = 256 * 1024

  init(_ stream: consuming ByteStream) {
    base = Int(stream.startOffset)
    end = base
    self.stream = stream
    unsafe storage = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { unsafe storage.deallocate() }

  func byte(at position: Int) -> UInt8 { unsafe storage[position - base] }

  /// The position of the first newline at or after `position`.
  func newline(from position: Int) -> Int? {
    guard position < end, let start = unsafe storage.baseAddress else { return nil }
    let address = unsafe start + (position - base)
    guard let found = unsafe memchr(address, 0x0A, end - position) else { return nil }
    return unsafe position + (UnsafeRawPointer(found) - UnsafeRawPointer(address))
  }

  func withBytes<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe UnsafeRawBufferPointer(storage)[
      range.lowerBound - base..<range.upperBound - base]
    return unsafe try body(RawSpan(_unsafeBytes: bytes))
  }

  func withElements<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
    let bytes = unsafe UnsafeRawBufferPointer(storage)[
      range.lowerBound - base..<range.upperBound - base]
    return unsafe body(Span(_unsafeBytes: bytes))
  }

  func copy(_ range: Range<Int>) -> [UInt8] {
    unsafe [UInt8](storage[range.lowerBound - base..<range.upperBound - base])
  }

  /// Reads more and drops what is before `position`; false at the end of the stream.
  mutating func refill(keeping position: Int) throws(FileError) -> Bool {
    if isAtEnd { return false }
    if capacity - (end - base) < Self.leastRoom { makeRoom(keeping: position) }
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[(end - base)...])
    var output = unsafe MutableRawSpan(_unsafeBytes: room)
    let count = try stream.read(into: &output)
    end += count
    isAtEnd = count == 0
    return count > 0
  }

  /// Moves the kept bytes to the front, into twice the memory when they fill more than half of it.
  private mutating func makeRoom(keeping position: Int) {
    let kept = unsafe UnsafeRawBufferPointer(
      rebasing: storage[position - base..<end - base])
    if end - position > capacity / 2 {
      capacity *= 2
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
      unsafe larger.copyMemory(from: kept)
      unsafe storage.deallocate()
      unsafe storage = larger
    } else if let front = unsafe storage.baseAddress, let start = kept.baseAddress {
      unsafe memmove(front, start, kept.count)
    }
    base = position
  }
}
