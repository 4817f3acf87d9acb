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
    return Failure(reason: reason.prefix(1).lowercased() + reason.dropFirst(), isMissing: code == ENOENT)
  }
}

/// Where relative paths of a settings file count from.
struct Surroundings {
  /// The folder of the settings file, with a slash at its end; empty for the working directory.
  let folder: String
  /// Where systemd puts credentials, if it does.
  let credentials: String?

  init(ofFile path: String, environment: [String: String]) {
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The path that a name in the file means.
  func path(of name: String) -> String { name.hasPrefix("/") ? name : folder + name }

  /// The same for a file with a secret: a credential of this name comes first.
  func secretPath(of name: String) -> String {
    if !name.hasPrefix("/"), let credentials {
      let path = "\(credentials)/\(name)"
      if TextFile.isReadable(path) { return path }
    }
    return path(of: name)
  }
}
