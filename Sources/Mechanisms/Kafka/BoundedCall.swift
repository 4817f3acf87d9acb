internal import Dispatch
internal import Synchronization

/// Waits for a call of the library no longer than told, whatever the library makes of its limit.
///
/// A question whose broker goes away while it is asked is asked again for minutes: its caller would
/// neither say that the broker is gone nor stop. What takes longer ends beside us, unheard.
enum BoundedCall {
  static func run<Answer: Sendable>(
    milliseconds: Int32, _ call: @escaping @Sendable () -> Answer
  ) -> Answer? {
    let box = AnswerBox<Answer>()
    DispatchQueue.global().async {
      let answer = call()
      box.answer.withLock { $0 = answer }
      box.done.signal()
    }
    let isDone = box.done.wait(timeout: .now() + .milliseconds(Int(milliseconds)))
    return isDone == .success ? box.answer.withLock { $0 } : nil
  }
}

private final class AnswerBox<Answer: Sendable>: Sendable {
  let answer = Mutex<Answer?>(nil)
  let done = DispatchSemaphore(value: 0)
}
