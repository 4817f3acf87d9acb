internal import Glibc

/// The calls of the system that sinks need, without its types.
enum SystemCall {
  /// Writes all bytes, waiting where the receiver is slow; the reason when that fails.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        var interest = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        unsafe _ = poll(&interest, 1, 1000)
      } else if errno != EINTR {
        return reason(of: errno)
      }
    }
    return nil
  }

  /// What the system says about an error number.
  static func reason(of number: Int32) -> String {
    // Safe between threads in the libraries that we build for, although the standard does not ask
    // for it.
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
  }

  /// Makes the entry of a new file survive a power loss, as far as the folder can be opened.
  static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
