internal import Synchronization

/// A box between threads that holds at most one "wake up".
///
/// Ringing when it is full changes nothing, so any number of rings wake once; what there is to do
/// is read elsewhere. One thread waits, any number ring.
public final class WakeUp: Sendable {
  private let condition = Condition()
  private let isRinging = Atomic(false)

  /// Makes an empty box.
  public init() {}

  /// Wakes the waiting thread, or the next one that waits.
  public func ring() {
    condition.change { isRinging.store(true, ordering: .releasing) }
  }

  /// Waits for a ring and takes it out; false when there was none in time.
  @discardableResult public func wait(upTo timeout: Duration) -> Bool {
    condition.wait(upTo: timeout) { isRinging.exchange(false, ordering: .acquiring) }
  }
}
