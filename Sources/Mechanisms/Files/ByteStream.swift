/// The bytes of a file or of standard input, decompressed when they are gzip.
///
/// Compression is told by the first bytes, not by the name. Reading blocks.
public struct ByteStream: ~Copyable {
  /// The most that one read asks the system for.
  public static let blockSize = 1024 * 1024

  /// The path, or `-`.
  public let path: String
  /// Where in the file reading began.
  public let startOffset: Int64
  /// The size of the file as stored; nil for pipes, whose end is not known.
  public let totalSize: Int64?

  /// How many bytes of the file as stored are used up, counted from its beginning.
  public private(set) var consumed: Int64

  private var file: OpenedFile
  private var gzip: GzipReader?

  /// Opens a file, at its beginning or at the place where reading ended before.
  public init(_ entry: FileEntry, from offset: Int64 = 0) throws(FileError) {
    let opened = try OpenedFile(entry, from: offset)
    let reader = opened.isCompressed ? try GzipReader(path: entry.path) : nil
    path = entry.path
    startOffset = offset
    consumed = offset
    totalSize = opened.size
    file = opened
    gzip = reader
  }

  /// Whether the file is gzip.
  public var isCompressed: Bool { file.isCompressed }

  /// Puts the next bytes at the beginning of `output` and says how many; 0 is the end.
  public mutating func read(into output: inout MutableRawSpan) throws(FileError) -> Int {
    if file.isCompressed {
      return try gzip?.read(into: &output, from: &file, consumed: &consumed) ?? 0
    }
    let count = try file.read(into: &output, upTo: Self.blockSize)
    consumed += Int64(count)
    return count
  }
}

extension ByteStream {
  /// The whole content, where it is no longer than a limit; nil where it is longer.
  public static func contents(
    of entry: FileEntry, limit: Int
  ) throws(FileError) -> [UInt8]? {
    var stream = try ByteStream(entry)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      var elements = block.mutableSpan
      var room = unsafe elements.mutableBytes
      let count = try stream.read(into: &room)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
    return nil
  }
}
