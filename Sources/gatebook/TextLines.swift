internal import Glibc

/// The lines of a text file.
enum TextLines {
  static func of(_ path: String) throws -> [Substring] {
    guard let stream = unsafe path == "-" ? fdopen(0, "r") : fopen(path, "re") else {
      throw CommandFailure("The file \(path) does not exist or cannot be read.")
    }
    defer { unsafe fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, stream)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }
}
