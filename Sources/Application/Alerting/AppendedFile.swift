internal import Glibc

/// A file of lines that is only ever appended to, whole lines at a time.
///
/// When it is opened, a last line without end is cut if a row of ours was begun there, and ended
/// if it is anybody else's. What is no regular file is written to as it is.
final class AppendedFile {
  /// The bytes of the torn line that was cut at opening.
  private(set) var cutBytes = 0

  private let path: String
  private let descriptor: Int32
  private let isRegular: Bool
  /// The size to go back to before anything else, after an append that could not be undone.
  private var pendingSize: Int64?

  private static let rowStart = Array("{\"seq\":".utf8)

  init(path: String) throws(AlertDeliveryError) {
    self.path = path
    let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY
    descriptor = unsafe open(path, flags, 0o600)
    guard descriptor >= 0 else {
      isRegular = false
      throw AppendedFile.failure("open", path)
    }
    isRegular = FileState(of: descriptor)?.isRegular ?? false
    if isRegular {
      SystemCall.syncFolder(of: path)
      try endLastLine()
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// False once the file was moved or removed and its path means another one or none.
  var isAtItsPath: Bool {
    guard let here = FileState(at: path) else { return false }
    return here == FileState(of: descriptor)
  }

  /// Appends bytes and waits until they are on the disk; when that fails nothing has changed.
  func append(_ bytes: [UInt8]) throws(AlertDeliveryError) {
    try goBackIfNeeded()
    // Asked each time: somebody may have emptied the file to rotate it.
    let size = try size()
    if let reason = SystemCall.writeAll(bytes, to: descriptor) {
      pendingSize = isRegular ? size : nil
      try? goBackIfNeeded()
      throw AlertDeliveryError(receiver: path, operation: "append to", reason: reason)
    }
    guard isRegular, fdatasync(descriptor) != 0 else { return }
    let failure = AppendedFile.failure("sync", path)
    pendingSize = size
    try? goBackIfNeeded()
    throw failure
  }

  /// The lines of the file, the last one first.
  func linesFromEnd() throws(AlertDeliveryError) -> BackwardLines {
    BackwardLines(file: self, end: isRegular ? try size() : 0)
  }

  /// Reads bytes at a place; all of them, for they are in the file.
  func read(at offset: Int64, count: Int) throws(AlertDeliveryError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let room = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, count - done,
          off_t(offset) + done)
      }
      if room < 0 && errno == EINTR { continue }
      guard room > 0 else { throw AppendedFile.failure("read", path) }
      done += room
    }
    return bytes
  }

  private func size() throws(AlertDeliveryError) -> Int64 {
    guard let state = FileState(of: descriptor) else {
      throw AppendedFile.failure("look at", path)
    }
    return state.size
  }

  private func goBackIfNeeded() throws(AlertDeliveryError) {
    guard let size = pendingSize else { return }
    if try self.size() > size, ftruncate(descriptor, off_t(size)) != 0 {
      throw AppendedFile.failure("shorten", path)
    }
    pendingSize = nil
  }

  private func endLastLine() throws(AlertDeliveryError) {
    var lines = try linesFromEnd()
    guard let torn = try lines.unendedLine() else { return }
    if isOurs(torn) {
      cutBytes = torn.count
      pendingSize = try size() - Int64(torn.count)
      try goBackIfNeeded()
    } else if let reason = SystemCall.writeAll([UInt8(ascii: "\n")], to: descriptor) {
      throw AlertDeliveryError(receiver: path, operation: "append to", reason: reason)
    }
  }

  /// True for the beginning of a row, and for the zeros that a power loss leaves in its place.
  private func isOurs(_ torn: [UInt8]) -> Bool {
    if torn.first == 0 { return true }
    return zip(torn, AppendedFile.rowStart).allSatisfy { $0 == $1 }
  }

  private static func failure(_ operation: String, _ path: String) -> AlertDeliveryError {
    AlertDeliveryError(
      receiver: path, operation: operation, reason: SystemCall.reason(of: errno))
  }
}
