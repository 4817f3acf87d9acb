internal import CSQLite
internal import Synchronization

/// A handle that stops what a connection is doing, from any thread.
///
/// It may outlive its connection; then it does nothing.
public final class Interrupter: Sendable {
  private let handle: Mutex<Handle?>

  init(_ connection: OpaquePointer) {
    handle = unsafe Mutex(Handle(connection: connection))
  }

  /// Makes the statement that runs now fail with an error that `isInterrupted`.
  public func interrupt() {
    handle.withLock { handle in
      if let handle { unsafe sqlite3_interrupt(handle.connection) }
    }
  }

  /// Must be called before the connection is closed.
  func invalidate() {
    handle.withLock { $0 = nil }
  }
}

// Only read under the interrupter's lock, and only for the one call SQLite allows from any thread.
@safe private struct Handle: @unchecked Sendable {
  let connection: OpaquePointer
}
