internal import Dispatch

/// Ends a client without ever hanging.
///
/// librdkafka joins its threads, and one of them may sit in a name lookup for many seconds.
/// After `patience` the rest of the work goes on beside us.
enum Teardown {
  static let patience = DispatchTimeInterval.seconds(3)

  static func run(_ work: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      work()
      done.signal()
    }
    _ = done.wait(timeout: .now() + patience)
  }
}
