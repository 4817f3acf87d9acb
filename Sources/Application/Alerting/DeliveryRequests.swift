internal import Lifecycle
internal import Synchronization

/// What other threads ask of a sink's thread.
final class DeliveryRequests: Sendable {
  let wakeUp = WakeUp()
  private let wantsReopening = Atomic(false)

  func askToReopen() {
    wantsReopening.store(true, ordering: .releasing)
    wakeUp.ring()
  }

  /// True once after it was asked for.
  func takeReopening() -> Bool { wantsReopening.exchange(false, ordering: .acquiring) }
}
