internal import Glibc
public import Kafka

/// Why a file cannot be written.
public struct SimulationFileError: Error, Hashable, CustomStringConvertible {
  /// The path, or `standard output`.
  public let path: String
  /// What the system says.
  public let reason: String
  /// True where the reader of standard output is gone, as in `… | head`: no failure.
  public let isReaderGone: Bool

  /// One plain sentence.
  public var description: String { "Cannot write \(path): \(reason)." }
}

/// Writes messages or lines into a file or to standard output, buffered.
public final class FileSink {
  private let path: String
  private let descriptor: Int32
  private let isOwned: Bool
  private var buffer: [UInt8] = []

  private static let bufferSize = 1 << 20

  /// A file that is made anew; nil stands for standard output.
  public init(path: String?) throws(SimulationFileError) {
    self.path = path ?? "standard output"
    isOwned = path != nil
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSink.failure(self.path) }
  }

  deinit { if isOwned, descriptor >= 0 { close(descriptor) } }

  /// Writes one message on a line of its own.
  public func write(message: [UInt8]) throws(SimulationFileError) {
    buffer.append(contentsOf: message)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= FileSink.bufferSize { try flush() }
  }

  /// Writes whole lines as they are.
  public func write(lines: [UInt8]) throws(SimulationFileError) {
    buffer.append(contentsOf: lines)
    if buffer.count >= FileSink.bufferSize { try flush() }
  }

  /// Hands everything to the system; to be called at the end.
  public func flush() throws(SimulationFileError) {
    var done = 0
    while done < buffer.count {
      let start = done
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileSink.failure(path) }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String) -> SimulationFileError {
    let number = errno
    let reason = unsafe strerror(number).map { unsafe String(cString: $0) }
    return SimulationFileError(
      path: path, reason: reason ?? "error \(number)", isReaderGone: number == EPIPE)
  }
}

/// Sends messages to a topic.
public struct TopicSink {
  private let producer: KafkaProducer
  private let topic: String

  /// A sink for a topic that exists and has as many partitions as the options say.
  public init(producer: KafkaProducer, topic: String) {
    self.producer = producer
    self.topic = topic
  }

  /// Queues one message; waits while the producer's queue is full.
  public func write(message: [UInt8], partition: Int) throws(KafkaError) {
    try producer.send(topic: topic, partition: Int32(partition), payload: message)
  }

  /// Waits until everything is delivered; to be called at the end.
  public func flush(timeout: Duration = .seconds(60)) throws(KafkaError) {
    try producer.flush(timeout: timeout)
  }
}
