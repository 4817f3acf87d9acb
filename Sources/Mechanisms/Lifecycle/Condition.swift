internal import Glibc

/// A lock and something to wait for, as the system has them; the clock does not jump.
///
/// Synchronization has a `Mutex` but nothing to wait on, which is why this exists.
@safe
final class Condition: Sendable {
  // The two are only touched through the calls below, which the system makes safe between threads.
  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  // As above.
  nonisolated(unsafe) private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Changes something under the lock and wakes every waiting thread.
  func change(_ body: () -> Void) {
    unsafe pthread_mutex_lock(mutex)
    body()
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until the test, made under the lock, is true, or the time is up; says which.
  ///
  /// Without a timeout it waits as long as it takes.
  func wait(upTo timeout: Duration?, until test: () -> Bool) -> Bool {
    let deadline = timeout.map(Self.deadline)
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe _ = pthread_mutex_unlock(mutex) }
    while !test() {
      guard var until = deadline else {
        unsafe pthread_cond_wait(condition, mutex)
        continue
      }
      if unsafe pthread_cond_timedwait(condition, mutex, &until) == ETIMEDOUT { return test() }
    }
    return true
  }

  private static func deadline(after timeout: Duration) -> timespec {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    let parts = timeout.components
    // Nobody waits longer than some years, and an overflow would not wait at all.
    let seconds = min(max(parts.seconds, 0), 1_000_000_000)
    let nanoseconds = now.tv_nsec + Int(max(parts.attoseconds, 0) / 1_000_000_000)
    return timespec(
      tv_sec: now.tv_sec + Int(seconds) + nanoseconds / 1_000_000_000,
      tv_nsec: nanoseconds % 1_000_000_000)
  }
}
