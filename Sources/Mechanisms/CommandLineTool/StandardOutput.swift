internal import Glibc
internal import Synchronization

/// A buffered writer for the program's data.
///
/// Bytes leave when 64 KiB are together and on `flush`; what is not flushed when the program ends
/// is lost. After an error every further call throws the same error. Threads may share it.
public final class StandardOutput: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var error: OutputError?
  }

  private static let capacity = 65_536
  private let descriptor: Int32
  private let state = Mutex(State())

  /// Opens the standard output and makes the process ignore SIGPIPE.
  public convenience init() {
    // Else a reader that leaves would kill the process before it could tidy up.
    _ = signal(SIGPIPE, SIG_IGN)
    self.init(descriptor: STDOUT_FILENO)
  }

  init(descriptor: Int32) {
    self.descriptor = descriptor
    state.withLock { $0.buffer.reserveCapacity(Self.capacity) }
  }

  /// Writes text as UTF-8.
  public func write(_ text: String) throws(OutputError) {
    try append { $0.append(contentsOf: text.utf8) }
  }

  /// Writes text and a newline.
  public func line(_ text: String = "") throws(OutputError) {
    try append { buffer in
      buffer.append(contentsOf: text.utf8)
      buffer.append(UInt8(ascii: "\n"))
    }
  }

  /// Writes bytes as they are.
  public func write(_ bytes: [UInt8]) throws(OutputError) {
    try append { $0.append(contentsOf: bytes) }
  }

  /// Hands everything written so far to the system.
  public func flush() throws(OutputError) {
    try append(orMore: 1) { _ in }
  }

  /// Appends, and lets the buffer go when it has reached a size.
  private func append(
    orMore limit: Int = StandardOutput.capacity, _ change: (inout [UInt8]) -> Void
  ) throws(OutputError) {
    let error = state.withLock { state -> OutputError? in
      guard state.error == nil else { return state.error }
      change(&state.buffer)
      guard state.buffer.count >= limit else { return nil }
      do throws(OutputError) {
        try FileDescriptorWriter.write(state.buffer, to: descriptor)
      } catch {
        state.error = error
      }
      state.buffer.removeAll(keepingCapacity: state.buffer.count <= 4 * Self.capacity)
      return state.error
    }
    if let error { throw error }
  }
}

/// What the program says beside its data; nothing is buffered and no failure is reported.
public enum StandardError {
  /// Writes text and a newline.
  public static func line(_ text: String) {
    write(text + "\n")
  }

  /// Writes text in one piece, so that lines of several threads do not mix.
  public static func write(_ text: String) {
    // There is nowhere left to say that this failed.
    try? FileDescriptorWriter.write(Array(text.utf8), to: STDERR_FILENO)
  }
}
