/// Something that runs on a thread of its own until it is told to end or is done.
public protocol Worker: Sendable {
  /// The name of its thread, of which the system shows 15 bytes.
  var name: String { get }

  /// Does the work; blocks until it is over.
  ///
  /// It looks at `stop` often enough to end in time, and makes what is not to be shared inside.
  func run(until stop: StopSignal) throws
}

/// A worker made of a name and a closure.
public struct ClosureWorker: Worker {
  /// The name of its thread.
  public let name: String
  private let body: @Sendable (StopSignal) throws -> Void

  /// Makes a worker that runs `body`.
  public init(_ name: String, _ body: @escaping @Sendable (StopSignal) throws -> Void) {
    self.name = name
    self.body = body
  }

  /// Runs the closure.
  public func run(until stop: StopSignal) throws { try body(stop) }
}
