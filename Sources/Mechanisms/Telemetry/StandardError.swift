internal import Glibc

/// Standard error, written without a buffer.
enum StandardError {
  /// Writes all bytes; what cannot be written is lost, because there is nowhere left to say so.
  @Sendable static func write(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let rest = bytes[written...]
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      written += count
    }
  }
}
