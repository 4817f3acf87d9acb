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
  init?(_ name: String, onEnd: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () -> Void)
  {
    self.name = name
    let end = ThreadEnd()
    self.end = end
    let box = ThreadBox(name: name) {
      body()
      end.happen()
      onEnd()
    }
    var created = pthread_t()
    let context = unsafe Unmanaged.passRetained(box)
    let result = unsafe pthread_create(
      &created, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let box = unsafe Unmanaged<ThreadBox>.fromOpaque(argument).takeRetainedValue()
        unsafe pthread_setname_np(pthread_self(), String(box.name.utf8.prefix(15)) ?? "worker")
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

  var hasEnded: Bool { end.wait(upTo: .zero) }

  /// Waits for the end of the thread; false when it did not come in time.
  func join(within limit: Duration) -> Bool {
    guard end.wait(upTo: limit) else { return false }
    thread.withLock { thread in
      if let ended = thread { unsafe _ = pthread_join(ended, nil) }
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
