internal import Compression

/// Decompresses an open file through one buffer of its own.
struct GzipReader: ~Copyable {
  private var inflater: Inflater
  private var input: [UInt8]
  private var start = 0
  private var end = 0

  init(path: String) throws(FileError) {
    do throws(CompressionError) { inflater = try Inflater() } catch {
      throw Self.failure(error, path)
    }
    input = [UInt8](repeating: 0, count: 256 * 1024)
  }

  /// Fills the beginning of `output` with decompressed bytes; 0 is the end.
  ///
  /// `consumed` grows by the compressed bytes that were used up.
  mutating func read(
    into output: inout MutableRawSpan, from file: inout OpenedFile, consumed: inout Int64
  ) throws(FileError) -> Int {
    while true {
      let produced: Int
      do throws(CompressionError) { produced = try inflate(into: &output, &consumed) } catch {
        throw Self.failure(error, file.path)
      }
      if produced > 0 { return produced }
      if start < end { continue }
      if try !refill(from: &file) {
        do throws(CompressionError) { try inflater.finish() } catch {
          throw Self.failure(error, file.path)
        }
        return 0
      }
    }
  }

  private mutating func inflate(
    into output: inout MutableRawSpan, _ consumed: inout Int64
  ) throws(CompressionError) -> Int {
    let progress = try Self.inflate(&inflater, input, start..<end, &output)
    start += progress.consumed
    consumed += Int64(progress.consumed)
    return progress.produced
  }

  private static func inflate(
    _ inflater: inout Inflater, _ input: borrowing [UInt8], _ waiting: Range<Int>,
    _ output: inout MutableRawSpan
  ) throws(CompressionError) -> Inflater.Progress {
    try unsafe inflater.inflate(input.span.bytes.extracting(waiting), into: &output)
  }

  private mutating func refill(from file: inout OpenedFile) throws(FileError) -> Bool {
    var elements = input.mutableSpan
    var room = unsafe elements.mutableBytes
    end = try file.read(into: &room, upTo: room.byteCount)
    start = 0
    return end > 0
  }

  private static func failure(_ error: CompressionError, _ path: String) -> FileError {
    switch error {
    case .truncated: FileError(.truncated, path)
    case .corrupt(let reason): FileError(.corrupt, path, detail: reason)
    case .tooLarge, .outOfMemory: FileError(.unreadable, path, detail: "memory ran out")
    }
  }
}
