internal import Glibc
internal import Synchronization

/// A named thread of the system that can be joined.
///
/// One that is never joined, because it did not end in time, is let go and lives on by itself.
final class WorkerThread: Sendable {
  let name: String
  private let thread: Mutex<pthread_t?>
  private let end: ThreadEnd

  /// Starts the thread; nil when the system has no room for one.
  init?(_ name: String, _ body: @escaping @Sendable () -> Void) {
    self.name = name
    let end = ThreadEnd()
    self.end = end
    let box = ThreadBox(name: name) {
      body()
      end.happen()
    }
    var created = pthread_t()
    let context = unsafe Unmanaged.passRetained(box)
    let result = unsafe pthread_create(
      &created, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let box = unsafe Unmanaged<ThreadBox>.fromOpaque(argument).takeRetainedValue()
        nameThisThread(box.name)
        box.body()
        return nil
      }, context.toOpaque())
    thread = Mutex(result == 0 ? created : nil)
    if result != 0 {
      unsafe context.release()
      return nil
    }
  }

  deinit {
    if let left = thread.withLock({ $0 }) { pthread_detach(left) }
  }

  /// Waits for the end of the thread; false when it did not come in time.
  func join(within limit: Duration) -> Bool {
    guard end.wait(upTo: limit) else { return false }
    thread.withLock { thread in
      if let ended = thread { pthread_join(ended, nil) }
      thread = nil
    }
    return true
  }
}

private final class ThreadBox: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private final class ThreadEnd: Sendable {
  private let condition = Condition()
  private let isOver = Atomic(false)

  func happen() { condition.change { isOver.store(true, ordering: .releasing) } }

  func wait(upTo limit: Duration) -> Bool {
    condition.wait(upTo: limit) { isOver.load(ordering: .acquiring) }
  }
}

/// The call that names a thread is hidden behind a feature macro of C, the file behind it is not.
private func nameThisThread(_ name: String) {
  let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return }
  defer { close(file) }
  let bytes = Array(name.utf8.prefix(15))
  unsafe _ = write(file, bytes, bytes.count)
}
