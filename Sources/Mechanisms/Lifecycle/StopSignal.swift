internal import Synchronization

/// Says to a worker that it is to end; once said it stays said.
public final class StopSignal: Sendable {
  private let condition = Condition()
  private let requested = Atomic(false)
  private let boxes = Mutex<[WakeUp]>([])

  /// Makes a signal that nobody has given yet.
  public init() {}

  /// Whether the end was asked for; cheap enough for every turn of a loop.
  public var isRequested: Bool { requested.load(ordering: .acquiring) }

  /// Asks for the end and wakes everybody who waits.
  public func request() {
    condition.change { requested.store(true, ordering: .releasing) }
    for box in boxes.withLock({ $0 }) { box.ring() }
  }

  /// Waits for the request; false when it did not come in time.
  @discardableResult public func wait(upTo timeout: Duration) -> Bool {
    condition.wait(upTo: timeout) { isRequested }
  }

  /// Waits for the request as long as it takes.
  public func wait() { _ = condition.wait(upTo: nil) { isRequested } }

  /// Lets the request ring this box too, for a worker that waits there.
  public func alsoRings(_ box: WakeUp) {
    boxes.withLock { $0.append(box) }
    // The request may have come between; a ring too many does no harm.
    if isRequested { box.ring() }
  }
}
