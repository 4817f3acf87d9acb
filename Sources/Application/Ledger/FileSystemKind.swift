internal import Glibc

/// Which kind of file system a folder lies on, by the kernel's table of mounts.
enum FileSystemKind {
  private static let network: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "coda", "ceph", "lustre", "gfs2", "ocfs2",
    "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.blobfuse", "fuse.rclone",
  ]

  /// Whether there is a file at a path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether a file lies where nobody can write, and everything of it is in the one file.
  static func isFixed(_ path: String) -> Bool {
    var system = statvfs()
    guard unsafe statvfs(path, &system) == 0, system.f_flag & UInt(ST_RDONLY) != 0 else {
      return false
    }
    var log = stat()
    return unsafe stat(path + "-wal", &log) != 0 || log.st_size == 0
  }

  static func isNetwork(_ kind: String) -> Bool { network.contains(kind) }

  /// The kind, or nil when the folder does not exist. Without a table of mounts it is `unknown`.
  static func of(folder: String) -> String? {
    guard let resolved = unsafe realpath(folder, nil) else { return nil }
    defer { unsafe free(resolved) }
    let path = unsafe String(cString: resolved)
    return kind(of: path, mounts: text(ofFile: "/proc/self/mountinfo"))
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
      let point = String(halves[4])
      let leads = point == "/" || path == point || path.hasPrefix(point + "/")
      if leads, point.utf8.count >= best.point.utf8.count {
        best = (point, String(halves[dash + 1]))
      }
    }
    return best.kind
  }

  private static func text(ofFile path: String) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      text += buffer.prefix(count)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
