internal import Glibc

/// Which file it is, and what there is to know about it here.
struct FileState: Equatable {
  private let device: UInt64
  private let inode: UInt64
  let size: Int64
  let isRegular: Bool

  /// The file of a descriptor.
  init?(of descriptor: Int32) {
    var state = stat()
    guard unsafe fstat(descriptor, &state) == 0 else { return nil }
    self.init(state)
  }

  /// The file at a path.
  init?(at path: String) {
    var state = stat()
    guard unsafe stat(path, &state) == 0 else { return nil }
    self.init(state)
  }

  private init(_ state: stat) {
    device = UInt64(state.st_dev)
    inode = UInt64(state.st_ino)
    size = Int64(state.st_size)
    isRegular = state.st_mode & S_IFMT == S_IFREG
  }

  static func == (left: FileState, right: FileState) -> Bool {
    left.device == right.device && left.inode == right.inode
  }
}
