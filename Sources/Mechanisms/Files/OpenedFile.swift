internal import Glibc

/// An open file or pipe, read in order.
struct OpenedFile: ~Copyable {
  let path: String
  /// The size when it was opened; nil for what is no regular file.
  let size: Int64?
  /// Whether it begins as gzip does.
  let isCompressed: Bool

  private let descriptor: Descriptor
  /// Bytes that had to be read from a pipe to see what it holds.
  private var held: [UInt8]

  private static let gzipMagic: [UInt8] = [0x1F, 0x8B, 0x08]

  init(_ entry: FileEntry, from offset: Int64) throws(FileError) {
    let descriptor = try Descriptor(entry)
    let found = try Self.look(at: descriptor.number, entry.path)
    if offset > 0 { try Self.seek(descriptor.number, entry.path, offset, found) }
    path = entry.path
    size = found.size
    isCompressed = found.start == Self.gzipMagic
    held = found.size == nil ? found.start : []
    self.descriptor = descriptor
  }

  /// The size of a regular file, and the first bytes, which of a pipe are then gone from it.
  private static func look(
    at descriptor: Int32, _ path: String
  ) throws(FileError) -> (size: Int64?, start: [UInt8]) {
    let status = try FileStatus(descriptor: descriptor, path: path)
    if status.kind == .folder { throw FileError(.isFolder, path) }
    // A regular file on standard input may have been read by somebody before us.
    guard status.kind == .regular, lseek(descriptor, 0, SEEK_CUR) == 0 else {
      return (nil, try take(descriptor, path, gzipMagic.count))
    }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    return (status.size, try peek(descriptor, path))
  }

  /// Reads up to one block; 0 is the end.
  mutating func read(into output: inout MutableRawSpan, upTo limit: Int) throws(FileError) -> Int {
    let result = unsafe output.withUnsafeMutableBytes { buffer in
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(limit))
      if held.isEmpty { return unsafe Self.readSome(descriptor.number, room) }
      let count = min(room.count, held.count)
      unsafe room.copyBytes(from: held.prefix(count))
      held.removeFirst(count)
      return count
    }
    if result < 0 { throw FileError(path, errorNumber: errno) }
    return result
  }

  private static func readSome(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  private static func peek(_ descriptor: Int32, _ path: String) throws(FileError) -> [UInt8] {
    var bytes = gzipMagic
    let wanted = bytes.count
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, wanted, 0)
    }
    if count < 0 { throw FileError(path, errorNumber: errno) }
    return Array(bytes.prefix(count))
  }

  private static func take(
    _ descriptor: Int32, _ path: String, _ wanted: Int
  ) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: wanted)
    var filled = 0
    while filled < wanted {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe readSome(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      }
      if count < 0 { throw FileError(path, errorNumber: errno) }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  private static func seek(
    _ descriptor: Int32, _ path: String, _ offset: Int64, _ found: (size: Int64?, start: [UInt8])
  ) throws(FileError) {
    if found.start == gzipMagic {
      throw FileError(.notResumable, path, detail: "it is compressed")
    }
    if found.size == nil {
      throw FileError(.notResumable, path, detail: "it is no regular file")
    }
    if lseek(descriptor, off_t(offset), SEEK_SET) < 0 { throw FileError(path, errorNumber: errno) }
  }
}

/// An open file of the system, closed when it goes, except standard input.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ entry: FileEntry) throws(FileError) {
    switch entry {
    case .standardInput: number = STDIN_FILENO
    case .file(let path):
      number = unsafe open(path, O_RDONLY | O_CLOEXEC)
      if number < 0 { throw FileError(path, errorNumber: errno) }
    }
  }

  deinit { if number > STDIN_FILENO { close(number) } }
}
