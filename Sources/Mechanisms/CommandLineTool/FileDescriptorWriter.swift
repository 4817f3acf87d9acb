internal import Glibc

/// Writes bytes to an open file descriptor, however many calls it takes.
enum FileDescriptorWriter {
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(OutputError) {
    var start = 0
    while start < bytes.count {
      let (count, number) = writeOnce(bytes, from: start, to: descriptor)
      if count >= 0 {
        start += count
      } else if number == EAGAIN {
        // Another process may have made a shared terminal or pipe non-blocking.
        waitUntilWritable(descriptor)
      } else if number != EINTR {
        throw number == EPIPE ? .readerGone : .failed(number)
      }
    }
  }

  private static func writeOnce(
    _ bytes: [UInt8], from start: Int, to descriptor: Int32
  ) -> (count: Int, errorNumber: Int32) {
    unsafe bytes.withUnsafeBytes { buffer in
      let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
      let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      return (count, count < 0 ? errno : 0)
    }
  }

  private static func waitUntilWritable(_ descriptor: Int32) {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }
}
