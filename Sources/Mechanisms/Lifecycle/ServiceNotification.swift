internal import Glibc

/// Tells systemd how the service is; does nothing when systemd did not start the program.
public struct ServiceNotification: Sendable {
  /// How often systemd wants to hear that the service lives; nil when it does not.
  public let watchdogInterval: Duration?
  private let socketPath: String?

  /// Takes what systemd left in the environment.
  public init() {
    let watchdog = Self.environment("WATCHDOG_USEC").flatMap { Int64($0) }
    self.init(
      socketPath: Self.environment("NOTIFY_SOCKET"),
      watchdogInterval: watchdog.map { .microseconds($0) })
  }

  /// Notifies a socket of the given path; one that begins with `@` has no file.
  public init(socketPath: String?, watchdogInterval: Duration? = nil) {
    self.socketPath = socketPath.flatMap { $0.isEmpty ? nil : $0 }
    self.watchdogInterval = watchdogInterval
  }

  /// The service has started.
  public func ready() { send("READY=1") }
  /// The service has begun to stop.
  public func stopping() { send("STOPPING=1") }
  /// The service lives.
  public func alive() { send("WATCHDOG=1") }
  /// One line for `systemctl status`.
  public func status(_ text: String) {
    send("STATUS=" + text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  /// A lost notification is no failure of the service, so nothing is said when it does not get out.
  private func send(_ message: String) {
    guard let socketPath else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(socketPath.utf8)
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    if name.first == UInt8(ascii: "@") { name[0] = 0 }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let bytes = Array(message.utf8)
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe _ = sendto(
          descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), generic, length)
      }
    }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
