internal import Glibc

/// Reads small files whole.
enum TextFile {
  /// Why a file could not be read, in words that follow "cannot be read: ".
  struct Failure: Error {
    let reason: String
    /// True where there is no such file.
    var isMissing = false
  }

  /// The bytes of a file that is no longer than a limit; pipes are files as well.
  static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
    guard let stream = unsafe fopen(path, "re") else { throw failure() }
    defer { unsafe fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = unsafe fread(&chunk, 1, chunk.count, stream)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    if unsafe ferror(stream) != 0 { throw failure() }
    guard bytes.count <= limit else {
      throw Failure(reason: "it is longer than \(limit) bytes")
    }
    return bytes
  }

  /// Whether something can be read under a path.
  static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  private static func failure() -> Failure {
    let code = errno
    let reason = unsafe String(cString: strerror(code))
    return Failure(
      reason: reason.prefix(1).lowercased() + reason.dropFirst(), isMissing: code == ENOENT)
  }
}
