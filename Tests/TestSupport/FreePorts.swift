import Foundation

/// Ports of the loopback interface that nobody uses.
public enum FreePorts {
  /// `count` different ones; they are free now, which is as much as can be known.
  public static func take(_ count: Int) throws -> [UInt16] {
    var sockets: [Int32] = []
    defer { for socket in sockets { close(socket) } }
    return try (0..<count).map { _ in
      let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      sockets.append(handle)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(handle, $0, size) == 0 && getsockname(handle, $0, &size) == 0
        }
      }
      guard isBound else { throw KafkaBrokerFailure("no free port") }
      return UInt16(bigEndian: address.sin_port)
    }
  }
}
