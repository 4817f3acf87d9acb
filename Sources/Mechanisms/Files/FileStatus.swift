internal import Glibc

/// What the system says about a file.
struct FileStatus: Equatable {
  enum Kind {
    case regular
    case folder
    case other
  }

  /// A file whatever its name.
  struct Place: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  var kind: Kind
  var place: Place
  var size: Int64
  var modifiedNanoseconds: Int64

  init(path: String) throws(FileError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw FileError(path, errorNumber: errno) }
    self.init(status)
  }

  init(descriptor: Int32, path: String) throws(FileError) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(path, errorNumber: errno) }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      default: .other
      }
    place = Place(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int64(status.st_size)
    modifiedNanoseconds =
      Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}

/// Lists folders.
enum Folder {
  /// The names in a folder in the order of their bytes, without `.` and `..`.
  static func names(in path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw FileError(path, errorNumber: errno) }
    defer { unsafe _ = closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // The name reaches beyond the declared array on some file systems, so its address is taken.
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let address = unsafe UnsafeRawPointer(entry).advanced(by: offset)
      let name = unsafe String(cString: address.assumingMemoryBound(to: CChar.self))
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A name inside a folder; the empty path is the current folder.
  static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
