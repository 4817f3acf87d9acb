internal import Files

/// The lines of a text file.
enum TextLines {
  static func of(_ path: String) throws -> [String] {
    var stream = try ByteStream(path == "-" ? .standardInput : .file(path: path))
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    while true {
      var span = block.mutableSpan.mutableBytes
      let count = try stream.read(into: &span)
      if count == 0 { break }
      text += block.prefix(count)
    }
    return text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}
