internal import Dispatch
internal import Synchronization

/// Turns signals of the system into calls, for as long as it lives; one is made per process.
///
/// SIGINT and SIGTERM ask for the end, SIGHUP calls back, and a SIGINT that follows on one of the
/// first two ends the program at once with 130. SIGPIPE is ignored: a broken pipe is an error where
/// it is written to. The calls come on a queue of their own.
public final class Signals: Sendable {
  // Dispatch sources may be used from every thread, and the array never changes.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// Returns when signals are caught, so none that comes after is lost.
  public init(stop: StopSignal, onHangup: @escaping @Sendable () -> Void = {}) {
    let queue = DispatchQueue(label: "signals")
    let asked = AskedOnce()
    SignalNumber.broken.ignoreDefault()
    unsafe sources = SignalNumber.caught.map { signal in
      Self.catching(signal, on: queue) {
        switch signal {
        case .hangup: onHangup()
        case .interrupt:
          if asked.before() { exitAtOnce(130) }
          stop.request()
        default:
          _ = asked.before()
          stop.request()
        }
      }
    }
  }

  deinit {
    for source in unsafe sources { source.cancel() }
  }

  private static func catching(
    _ signal: SignalNumber, on queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void
  ) -> any DispatchSourceSignal {
    signal.ignoreDefault()
    let source = DispatchSource.makeSignalSource(signal: signal.number, queue: queue)
    let isRegistered = DispatchSemaphore(value: 0)
    source.setEventHandler(handler: handler)
    source.setRegistrationHandler { isRegistered.signal() }
    source.activate()
    isRegistered.wait()
    return source
  }
}

/// Remembers whether the end was asked for by a signal.
private final class AskedOnce: Sendable {
  private let isAsked = Atomic(false)

  /// Whether it was asked for before this call.
  func before() -> Bool { isAsked.exchange(true, ordering: .acquiringAndReleasing) }
}
