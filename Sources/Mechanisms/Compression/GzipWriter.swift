internal import CZlib
internal import Glibc

/// Writes a gzip file piece by piece.
///
/// The file is made readable by its owner only, and holds valid gzip after `finish` only.
@safe
public struct GzipWriter: ~Copyable {
  /// Why the file could not be written: the system's error number and its text.
  public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system's error number.
    public var errorNumber: Int32
    /// The failure as one sentence.
    public var description: String

    init(_ path: String, _ errorNumber: Int32) {
      self.errorNumber = errorNumber
      description = "Cannot write \(path): \(unsafe String(cString: strerror(errorNumber)))."
    }
  }

  private let path: String
  private var file: gzFile?

  /// Makes the file, or empties the one that is there.
  public init(path: String) throws(Failure) {
    self.path = path
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(path, errno) }
    unsafe file = gzdopen(descriptor, "wb6")
    guard unsafe file != nil else {
      close(descriptor)
      throw Failure(path, ENOMEM)
    }
  }

  deinit {
    if let file = unsafe file { unsafe _ = gzclose(file) }
  }

  /// Appends bytes to the file.
  public mutating func write(_ bytes: RawSpan) throws(Failure) {
    guard let file = unsafe file else { throw Failure(path, EBADF) }
    let written = unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, buffer.count > 0 else { return true }
      return unsafe gzfwrite(base, 1, buffer.count, file) == buffer.count
    }
    if !written { throw Failure(path, errno == 0 ? EIO : errno) }
  }

  /// Writes what is left and closes the file; nothing can be written after it.
  public mutating func finish() throws(Failure) {
    guard let open = unsafe file else { return }
    unsafe file = nil
    errno = 0
    guard unsafe gzclose(open) == Z_OK else { throw Failure(path, errno == 0 ? EIO : errno) }
  }
}
