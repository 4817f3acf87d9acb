internal import CZlib

/// Decompresses a gzip stream piece by piece, also one made of several gzip members in a row.
///
/// The caller brings both buffers, so nothing is allocated while it runs.
/// Zero bytes after a member are padding and are passed over; anything else there is corrupt.
public struct Inflater: ~Copyable {
  /// How far one call got.
  public struct Progress: Equatable, Sendable {
    /// Bytes of the input that are used up.
    public var consumed: Int
    /// Bytes that were written to the output.
    public var produced: Int
  }

  private enum Place {
    case start
    case inside
    case between
  }

  private var stream: ZStream
  private var place = Place.start

  /// Makes an inflater that waits for the first gzip header.
  public init() throws(CompressionError) { stream = try ZStream(.inflating, .gzip) }

  /// Whether the bytes fed so far end where a gzip member ends.
  public var isAtMemberEnd: Bool { place == .between }

  /// Decompresses what it can of `input` into `output`.
  ///
  /// Call it again with the rest of the input, or with an empty one to fetch what did not fit.
  /// No progress at all means that it needs more input.
  public mutating func inflate(
    _ input: RawSpan, into output: inout MutableRawSpan
  ) throws(CompressionError) -> Progress {
    let (step, failure) = unsafe output.withUnsafeMutableBytes { room in
      unsafe input.withUnsafeBytes { bytes in unsafe run(bytes, room) }
    }
    if let failure { throw failure }
    return step
  }

  /// Says that the input is over, which is an error inside a member.
  public borrowing func finish() throws(CompressionError) {
    guard place == .between else { throw .truncated }
  }

  private mutating func run(
    _ bytes: UnsafeRawBufferPointer, _ room: UnsafeMutableRawBufferPointer
  ) -> (Progress, CompressionError?) {
    var progress = Progress(consumed: 0, produced: 0)
    while progress.produced < room.count {
      if place == .between { unsafe skipPadding(bytes, &progress.consumed) }
      let input = unsafe UnsafeRawBufferPointer(rebasing: bytes[progress.consumed...])
      if progress.consumed == bytes.count && place != .inside { break }
      let output = unsafe UnsafeMutableRawBufferPointer(rebasing: room[progress.produced...])
      let step = unsafe stream.step(input, into: output, flush: Z_NO_FLUSH)
      progress.consumed += step.consumed
      progress.produced += step.produced
      switch step.result {
      case Z_STREAM_END:
        stream.reset()
        place = .between
      case Z_OK: place = .inside
      case Z_BUF_ERROR: return (progress, nil)
      default:
        // What was good before the damage is handed out first: zlib says the same again when asked.
        place = .inside
        return (progress, progress.produced > 0 ? nil : stream.failure(step.result))
      }
    }
    return (progress, nil)
  }

  private func skipPadding(_ bytes: UnsafeRawBufferPointer, _ consumed: inout Int) {
    while consumed < bytes.count, unsafe bytes[consumed] == 0 { consumed += 1 }
  }
}
