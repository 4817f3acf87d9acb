import Foundation
import Synchronization

/// A real Apache Kafka on this machine: one node, which is broker and controller at once.
///
/// It comes from the distribution in `KAFKA_HOME` (4.0 or newer) and needs `java` and `openssl`.
/// It takes 5 to 30 s to start, so tests share one and give themselves topics of their own.
public final class KafkaBroker: Sendable {
  /// The broker that all tests of a run share; starts at its first use and ends with the run.
  public static let shared = Result { try KafkaBroker() }

  /// Why tests with a broker are skipped, or nil when they can run.
  public static let obstacle: String? = {
    if home == nil { return "KAFKA_HOME names no Apache Kafka distribution" }
    return ["java", "openssl"].first { Tool.find($0) == nil }.map { "\($0) is missing" }
  }()

  /// Whether tests with a broker can run.
  public static var isAvailable: Bool { obstacle == nil }

  static var home: String? {
    guard let home = ProcessInfo.processInfo.environment["KAFKA_HOME"],
      FileManager.default.fileExists(atPath: home + "/libs")
    else { return nil }
    return home
  }

  /// `host:port` without encryption and credentials.
  public var plaintext: String { "127.0.0.1:\(ports[0])" }
  /// `host:port` with TLS and SASL PLAIN, as Event Hubs has it.
  public var saslSSL: String { "localhost:\(ports[1])" }
  /// `host:port` with SASL PLAIN only, as the Event Hubs emulator has it.
  public var saslPlaintext: String { "127.0.0.1:\(ports[2])" }
  /// The certificate of the authority that vouches for the broker.
  public var caFile: String { folder.path("ca.pem") }
  /// The password of the user `$ConnectionString`.
  public let connectionString =
    "Endpoint=sb://localhost/;SharedAccessKeyName=listen;SharedAccessKey=c2VjcmV0LWZvci10ZXN0cw=="
  /// What the broker printed.
  public var log: String { (try? folder.read("out.log")) ?? "" }

  private let folder: TemporaryFolder
  private let ports: [UInt16]
  private let javaOptions: [String]
  private let process = Mutex<Process?>(nil)
  private let watcher: Watcher

  /// Makes a broker with further settings and starts it.
  public init(
    settings: [String: String] = [:],
    javaOptions: [String] = ["-XX:TieredStopAtLevel=1", "-Xmx512m"]
  ) throws {
    if let obstacle = Self.obstacle { throw KafkaBrokerFailure(obstacle) }
    folder = try TemporaryFolder()
    ports = try FreePorts.take(4)
    self.javaOptions = javaOptions
    watcher = try Watcher(folder: folder.path)
    try Certificates.make(in: folder)
    let layout = KafkaBrokerSettings(
      folder: folder.path, ports: ports, connectionString: connectionString, more: settings)
    try layout.write(to: folder)
    try start()
  }

  deinit { kill() }

  /// Starts it, on the same ports and with the same data, and waits until it is ready.
  public func start() throws {
    guard let home = Self.home else { throw KafkaBrokerFailure("KAFKA_HOME is gone") }
    try folder.write("", to: "out.log")
    let java = try Tool.process(
      "java",
      ["-XX:+UseSerialGC"] + javaOptions + [
        "-Dlog4j2.configurationFile=\(folder.path("log4j2.properties"))",
        "-cp", "\(home)/libs/*", "kafka.Kafka", folder.path("server.properties"),
      ])
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("out.log")))
    java.standardOutput = output
    java.standardError = output
    try java.run()
    try folder.write("\(java.processIdentifier)", to: "pid")
    process.withLock { $0 = java }
    try awaitReady(java)
  }

  /// Ends it in order.
  public func stop() { end(by: SIGTERM) }

  /// Ends it as a power failure would.
  public func kill() { end(by: SIGKILL) }

  private func awaitReady(_ java: Process) throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while !log.contains("Kafka Server started") {
      guard java.isRunning, ContinuousClock.now < deadline else {
        throw KafkaBrokerFailure("The broker does not start:\n\(log.suffix(2000))")
      }
      usleep(50_000)
    }
  }

  private func end(by signal: Int32) {
    let ended = process.withLock { process in
      defer { process = nil }
      return process
    }
    guard let ended else { return }
    Glibc.kill(ended.processIdentifier, signal)
    while ended.isRunning { usleep(10_000) }
    try? FileManager.default.removeItem(atPath: folder.path("pid"))
  }
}

/// Why a broker for tests does not run.
public struct KafkaBrokerFailure: Error, CustomStringConvertible {
  /// The reason, with the end of the broker's log if there is one.
  public let description: String

  init(_ description: String) { self.description = description }
}
