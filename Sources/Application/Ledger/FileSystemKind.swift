internal import Glibc

/// Which kind of file system a folder lies on, by the kernel's table of mounts.
enum FileSystemKind {
  private static let network: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "coda", "ceph", "lustre", "gfs2", "ocfs2",
    "glusterfs", "beegfs", "orangefs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs",
    "fuse.blobfuse", "fuse.blobfuse2", "fuse.rclone", "fuse.juicefs", "fuse.gcsfuse",
  ]

  /// Whether there is a file at a path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func isNetwork(_ kind: String) -> Bool { network.contains(kind) }

  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// How many bytes a file has; 0 where there is none.
  static func size(_ path: String) -> Int64 { status(of: path).map { Int64($0.st_size) } ?? 0 }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }

  /// The path without symbolic links, or as it is when there is no file yet.
  static func resolved(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The kind, or nil when the folder does not exist.
  ///
  /// Without a table of mounts it is `unknown`.
  static func of(folder: String) -> String? {
    guard isFolder(folder) else { return nil }
    return kind(of: resolved(folder), mounts: text(ofFile: "/proc/self/mountinfo"))
  }

  /// The kind of the mount that a path lies on: the longest mount point that leads to it, and of
  /// equal ones the last, which covers the others.
  static func kind(of path: String, mounts: String) -> String {
    var best: (point: String, kind: String) = ("", "unknown")
    for line in mounts.split(separator: "\n") {
      let halves = line.split(separator: " ", omittingEmptySubsequences: true)
      guard let dash = halves.firstIndex(of: "-"), halves.count > dash + 1, halves.count > 4 else {
        continue
      }
      let point = unescaped(halves[4])
      let leads = point == "/" || path == point || path.hasPrefix(point + "/")
      if leads, point.utf8.count >= best.point.utf8.count {
        best = (point, String(halves[dash + 1]))
      }
    }
    return best.kind
  }

  /// The kernel writes blanks, tabs, line ends and backslashes as three octal digits.
  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      let digits = rest.dropFirst().prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(4)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func text(ofFile path: String) -> String {
    String(decoding: beginning(of: path, count: .max), as: UTF8.self)
  }

  /// The first bytes of a file; none where it cannot be read.
  static func beginning(of path: String, count: Int) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(count, 65_536))
    while bytes.count < count {
      let found = unsafe read(descriptor, &buffer, min(buffer.count, count - bytes.count))
      if found <= 0 { break }
      bytes += buffer.prefix(found)
    }
    return bytes
  }
}
