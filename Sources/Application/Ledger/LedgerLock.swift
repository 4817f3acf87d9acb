internal import Glibc

/// One writer at a time: a lock on `PATH-lock`, which also says who holds it.
struct LedgerLock: ~Copyable {
  private let descriptor: Int32

  init(path: String) throws(LedgerError) {
    // Two names of one file are one ledger.
    let file = FileSystemKind.resolved(path) + "-lock"
    descriptor = unsafe open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw LedgerError(
        errno == ENOENT ? .notFound : .readOnly,
        "The lock \(file) cannot be made (\(reason)); give this user write access to its folder.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      // What is thrown after the descriptor is set ends this value, and its end closes it.
      let holder = LedgerLock.read(descriptor)
      throw LedgerError(
        .inUse,
        "The ledger \(path) is fed by another process\(holder.isEmpty ? "" : " (\(holder))"); "
          + "stop that process first, or use another ledger. Reading commands work meanwhile.")
    }
    LedgerLock.write("process \(getpid())", to: descriptor)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func read(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = unsafe pread(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : ""
  }

  private static func write(_ text: String, to descriptor: Int32) {
    // The text is for people only; a lock that cannot be described still locks.
    _ = ftruncate(descriptor, 0)
    let bytes = Array(text.utf8)
    _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
  }
}
