internal import Glibc
public import Hashing

/// What a file is known by when it is met again.
public struct FileIdentity: Hashable, Sendable {
  /// How much of a file is looked at to tell it from another.
  public static let sampleSize: Int64 = 64 * 1024

  /// The absolute path without links.
  public var path: String
  /// The device that holds it.
  public var device: UInt64
  /// Its number on that device.
  public var inode: UInt64
  /// Its size in bytes as stored.
  public var size: Int64
  /// When it was last changed, in nanoseconds since 1970.
  public var modifiedNanoseconds: Int64
  /// The digest of its first 64 KiB, or of all of it when it is smaller.
  public var head: SHA256Digest

  /// Puts together an identity that was stored.
  public init(
    path: String, device: UInt64, inode: UInt64, size: Int64, modifiedNanoseconds: Int64,
    head: SHA256Digest
  ) {
    self.path = path
    self.device = device
    self.inode = inode
    self.size = size
    self.modifiedNanoseconds = modifiedNanoseconds
    self.head = head
  }

  /// Looks at a file.
  public init(ofFile path: String) throws(FileError) {
    let status = try FileStatus(path: path)
    if status.kind == .folder { throw FileError(.isFolder, path) }
    self.init(
      path: Self.absolute(path), device: status.place.device, inode: status.place.inode,
      size: status.size, modifiedNanoseconds: status.modifiedNanoseconds,
      head: try Self.digest(ofFile: path, 0..<min(status.size, Self.sampleSize)))
  }

  /// The digest of the 64 KiB that stand before `offset`, or of what there is before it.
  public static func digest(ofFile path: String, before offset: Int64) throws(FileError)
    -> SHA256Digest
  {
    try digest(ofFile: path, max(0, offset - sampleSize)..<max(0, offset))
  }

  /// The digest of some bytes of a file; bytes beyond its end are left out.
  public static func digest(ofFile path: String, _ range: Range<Int64>) throws(FileError)
    -> SHA256Digest
  {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, errorNumber: errno) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        return unsafe pread(
          descriptor, free.baseAddress, free.count, off_t(range.lowerBound) + off_t(filled))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path, errorNumber: errno)
      }
      if count == 0 { break }
      filled += count
    }
    return SHA256.digest(of: filled == bytes.count ? bytes : Array(bytes[..<filled]))
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
