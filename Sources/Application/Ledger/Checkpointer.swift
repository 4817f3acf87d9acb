internal import Lifecycle
internal import SQLite
internal import Synchronization

/// Moves the log of writes into the file, beside the writer and on a connection of its own.
///
/// SQLite would do it within the commit that makes the log long, and ingestion would wait for the
/// disk. What the writer commits meanwhile is left to it: the log starts anew only when all of it
/// is moved while nobody writes.
final class Checkpointer: Sendable {
  /// The pages from which on the log is moved: 16 MB.
  private static let longLog = 4_000
  /// The pages from which on the writer has to help, whatever it costs: 128 MB.
  private static let longestLog = 32_000

  private let path: String
  private let request = WakeUp()
  private let moved = Flag()
  private let worker = Mutex<RunningWorker?>(nil)

  /// A checkpointer that starts its thread when there is something to do for the first time.
  init(path: String) {
    self.path = path
  }

  /// Says how long the log is after a step.
  func note(logPages: Int) {
    guard logPages >= Self.longLog else { return }
    worker.withLock { worker in
      if worker == nil { worker = start() }
    }
    request.ring()
  }

  /// Whether the writer should move what is left: the log was moved since this was asked last, or
  /// cannot be moved from here.
  func wantsHelp(logPages: Int) -> Bool {
    moved.value.exchange(false, ordering: .acquiringAndReleasing) || logPages >= Self.longestLog
  }

  private func start() -> RunningWorker? {
    let (path, request, moved) = (path, request, moved)
    return RunningWorker(
      ClosureWorker("checkpoints") { stop in
        stop.alsoRings(request)
        // Only one page is read at a time, so it needs no cache to speak of.
        let connection = try Connection(path: path, mode: .readWrite, cacheKiB: 256)
        while !stop.isRequested {
          guard request.wait(upTo: .seconds(60)), !stop.isRequested else { continue }
          // A disk that is full will be told of by the writer, whose log goes on growing.
          guard (try? connection.checkpoint(.passive)) != nil else { continue }
          moved.value.store(true, ordering: .releasing)
        }
      })
  }
}

/// What two threads tell each other.
private final class Flag: Sendable {
  let value = Atomic(false)
}
