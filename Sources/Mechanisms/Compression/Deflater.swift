internal import CZlib

/// Compresses and decompresses whole blocks of bytes that fit in memory.
public enum Deflater {
  /// The bytes as one zlib block (header, data, checksum).
  ///
  /// `isFast` takes a third of the time for a tenth more room.
  public static func compress(
    _ bytes: [UInt8], isFast: Bool = false
  ) throws(CompressionError) -> [UInt8] {
    try deflate(bytes, .zlib, level: isFast ? 1 : 6)
  }

  /// The bytes as one gzip member.
  public static func gzip(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
    try deflate(bytes, .gzip)
  }

  /// The bytes that `compress` was given, refused when they are more than `limit`.
  public static func decompress(
    _ block: [UInt8], limit: Int
  ) throws(CompressionError) -> [UInt8] {
    var stream = try ZStream(.inflating, .zlib)
    var output = [UInt8](repeating: 0, count: min(limit, max(1024, block.count * 4)) + 1)
    var consumed = 0
    var produced = 0
    while true {
      let step = run(&stream, block, consumed, &output, produced, Z_NO_FLUSH)
      consumed += step.consumed
      produced += step.produced
      if produced > limit { throw .tooLarge(limit: limit) }
      switch step.result {
      case Z_STREAM_END:
        guard consumed == block.count else { throw .corrupt("bytes after the end") }
        output.removeLast(output.count - produced)
        return output
      case Z_OK, Z_BUF_ERROR:
        if produced < output.count { throw .truncated }
        let more = min(output.count, limit + 1 - output.count)
        output.append(contentsOf: repeatElement(0, count: more))
      default: throw stream.failure(step.result)
      }
    }
  }

  private static func deflate(
    _ bytes: [UInt8], _ format: Format, level: Int32 = 6
  ) throws(CompressionError) -> [UInt8] {
    var stream = try ZStream(.deflating, format, level: level)
    var output = [UInt8](repeating: 0, count: 128 + bytes.count / 2)
    var consumed = 0
    var produced = 0
    while true {
      let step = run(&stream, bytes, consumed, &output, produced, Z_FINISH)
      consumed += step.consumed
      produced += step.produced
      switch step.result {
      case Z_STREAM_END:
        output.removeLast(output.count - produced)
        return output
      case Z_OK, Z_BUF_ERROR: output.append(contentsOf: repeatElement(0, count: output.count))
      default: throw stream.failure(step.result)
      }
    }
  }

  private static func run(
    _ stream: inout ZStream, _ input: [UInt8], _ consumed: Int, _ output: inout [UInt8],
    _ produced: Int, _ flush: Int32
  ) -> ZStream.Step {
    unsafe output.withUnsafeMutableBytes { room in
      unsafe input.withUnsafeBytes { bytes in
        unsafe stream.step(
          UnsafeRawBufferPointer(rebasing: bytes[consumed...]),
          into: UnsafeMutableRawBufferPointer(rebasing: room[produced...]), flush: flush)
      }
    }
  }
}
