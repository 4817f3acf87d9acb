import Foundation
import Glibc
import Lifecycle
import Testing

@Suite struct `A notification of the service` {
  @Test(arguments: [false, true]) func `reaches the socket of systemd`(hidden: Bool) throws {
    let name = "/tmp/\(UUID().uuidString)"
    let listener = try NotifySocket(name, isAbstract: hidden)
    let notification = ServiceNotification(socketPath: hidden ? "@" + name : name)
    notification.ready()
    notification.status("Reading.\nLag 5.")
    notification.alive()
    notification.stopping()
    let received = (0..<4).map { _ in listener.receive() }
    #expect(received == ["READY=1", "STATUS=Reading. Lag 5.", "WATCHDOG=1", "STOPPING=1"])
  }

  @Test(arguments: [nil, "", "/no/such/socket", String(repeating: "x", count: 500)])
  func `does nothing without a socket`(path: String?) {
    let notification = ServiceNotification(socketPath: path)
    notification.ready()
    #expect(notification.watchdogInterval == nil)
  }

  @Test func `takes its socket and interval from the environment`() async {
    await #expect(processExitsWith: .success) {
      setenv("WATCHDOG_USEC", "30000000", 1)
      setenv("NOTIFY_SOCKET", "/no/such/socket", 1)
      let notification = ServiceNotification()
      notification.ready()
      precondition(notification.watchdogInterval == .seconds(30))
    }
  }
}

/// The end of the socket that systemd has.
private final class NotifySocket {
  private let descriptor: Int32
  private let path: String?

  init(_ name: String, isAbstract: Bool) throws {
    path = isAbstract ? nil : name
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = (isAbstract ? [0] : []) + Array(name.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    try #require(result == 0)
  }

  deinit {
    close(descriptor)
    if let path { unlink(path) }
  }

  func receive() -> String {
    var buffer = [UInt8](repeating: 0, count: 1000)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
  }
}
