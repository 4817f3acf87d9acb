internal import CZlib

/// One zlib stream at an address that stays, because zlib keeps a pointer back to it.
@safe
struct ZStream: ~Copyable {
  enum Direction {
    case inflating
    case deflating
  }

  /// What one call of zlib did.
  struct Step {
    var result: Int32
    var consumed: Int
    var produced: Int
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let direction: Direction

  init(_ direction: Direction, _ format: Format, level: Int32 = 6) throws(CompressionError) {
    let made = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe made.initialize(to: z_stream())
    let result =
      switch direction {
      case .inflating: unsafe gb_zlib_inflate_init(made, format.windowBits)
      case .deflating: unsafe gb_zlib_deflate_init(made, level, format.windowBits, 8)
      }
    guard result == Z_OK else {
      unsafe made.deallocate()
      throw .outOfMemory
    }
    self.direction = direction
    unsafe stream = made
  }

  deinit {
    switch direction {
    case .inflating: unsafe _ = inflateEnd(stream)
    case .deflating: unsafe _ = deflateEnd(stream)
    }
    unsafe stream.deallocate()
  }

  /// Feeds `input`, fills `output`; both are only looked at during the call.
  mutating func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, flush: Int32
  ) -> Step {
    let bytes = unsafe UnsafeMutableRawBufferPointer(mutating: input)
    let room = Self.atMost(output.count)
    let given = Self.atMost(bytes.count)
    unsafe stream.pointee.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = given
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = room
    let result =
      switch direction {
      case .inflating: unsafe inflate(stream, flush)
      case .deflating: unsafe deflate(stream, flush)
      }
    let left = unsafe stream.pointee.avail_in
    let free = unsafe stream.pointee.avail_out
    unsafe stream.pointee.next_in = nil
    unsafe stream.pointee.next_out = nil
    return Step(result: result, consumed: Int(given - left), produced: Int(room - free))
  }

  /// Makes the stream as new, keeping its memory.
  mutating func reset() {
    switch direction {
    case .inflating: unsafe _ = inflateReset(stream)
    case .deflating: unsafe _ = deflateReset(stream)
    }
  }

  /// What zlib has to say about a result that was a failure.
  func failure(_ result: Int32) -> CompressionError {
    if result == Z_MEM_ERROR { return .outOfMemory }
    if result == Z_NEED_DICT { return .corrupt("a dictionary is needed") }
    guard let message = unsafe stream.pointee.msg else { return .corrupt("error \(result)") }
    return .corrupt(unsafe String(cString: message))
  }

  /// zlib counts in 32 bits; a larger buffer is taken in several steps.
  private static func atMost(_ count: Int) -> UInt32 { UInt32(min(count, 1 << 30)) }
}

/// How the compressed bytes are wrapped.
enum Format {
  case gzip
  case zlib

  var windowBits: Int32 {
    switch self {
    case .gzip: 15 + 16
    case .zlib: 15
    }
  }
}
