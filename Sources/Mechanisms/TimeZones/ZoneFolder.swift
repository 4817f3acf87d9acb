internal import Glibc

/// The folder of compiled time zone data.
struct ZoneFolder {
  let path: String

  /// Takes the given folder, or that of TZDIR, or the usual one.
  init(path: String?) {
    if let path {
      self.path = path
    } else if let variable = unsafe getenv("TZDIR") {
      self.path = unsafe String(cString: variable)
    } else {
      self.path = "/usr/share/zoneinfo"
    }
  }

  /// The bytes of a zone's file.
  func read(_ identifier: String) throws(TimeZoneError) -> [UInt8] {
    if Self.isName(identifier), let bytes = contents(of: identifier) { return bytes }
    if unsafe access(path, R_OK | X_OK) != 0 { throw .noTimeZoneData(folder: path) }
    throw .unknownZone(identifier, nearMatches: NearNames.of(identifier, among: names()))
  }

  /// Whether this can be the name of a zone, which also keeps it inside of the folder.
  static func isName(_ identifier: String) -> Bool {
    let parts = identifier.split(separator: "/", omittingEmptySubsequences: false)
    return identifier.utf8.count <= 64
      && parts.allSatisfy { part in
        guard let first = part.utf8.first, Self.isLetterOrDigit(first) else { return false }
        return part.utf8.allSatisfy { Self.isLetterOrDigit($0) || "_+-".utf8.contains($0) }
      }
  }

  /// The names people use, from the table of zones by country.
  func names() -> [String] {
    var names = ["UTC", "Etc/UTC"]
    guard let table = contents(of: "zone.tab") else { return names }
    for line in table.split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
      let columns = line.split(separator: 0x09)
      if columns.count > 2 { names.append(String(decoding: columns[2], as: UTF8.self)) }
    }
    return names
  }

  /// The bytes of a file in the folder; nil when it cannot be read or is larger than any zone.
  private func contents(of name: String) -> [UInt8]? {
    let descriptor = unsafe open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while bytes.count < 1 << 20 {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 { return nil }
      bytes += chunk[..<count]
    }
    return nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
