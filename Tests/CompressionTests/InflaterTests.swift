import Compression
import Testing

@Suite struct `A gzip stream` {
  static let text = Array((0..<3000).flatMap { "line \($0) of a text\n".utf8 })

  @Test(arguments: [(1, 7), (5, 1), (64, 4096), (100_000, 13), (100_000, 100_000)])
  func `comes back whatever the size of the pieces`(input: Int, output: Int) throws {
    let stream = try Deflater.gzip(Self.text)
    #expect(try inflate(stream, pieces: input, room: output) == Self.text)
  }

  @Test func `may have several members and zero bytes between them`() throws {
    let first = try Deflater.gzip(Array("one ".utf8))
    let none = try Deflater.gzip([])
    let second = try Deflater.gzip(Array("two".utf8))
    let stream = first + none + [0, 0, 0] + second + [0]
    for pieces in [1, 3, 1000] {
      #expect(try inflate(stream, pieces: pieces, room: 10) == Array("one two".utf8))
    }
  }

  @Test func `is truncated when it ends inside a member`() throws {
    let stream = try Deflater.gzip(Self.text)
    for count in [0, 1, 9, 10, 11, stream.count / 2, stream.count - 1] {
      #expect(throws: CompressionError.truncated) {
        try inflate(Array(stream.prefix(count)), pieces: 1000, room: 1000)
      }
    }
  }

  @Test func `is corrupt when something else follows a member`() throws {
    let stream = try Deflater.gzip(Array("one".utf8)) + Array("garbage".utf8)
    #expect(throws: CompressionError.corrupt("incorrect header check")) {
      try inflate(stream, pieces: 1000, room: 1000)
    }
  }

  @Test func `is corrupt when its checksum does not fit`() throws {
    var stream = try Deflater.gzip(Array("one".utf8))
    stream[stream.count - 5] ^= 0x10
    #expect(throws: CompressionError.corrupt("incorrect data check")) {
      try inflate(stream, pieces: 1000, room: 1000)
    }
  }

  private func inflate(_ stream: [UInt8], pieces: Int, room: Int) throws -> [UInt8] {
    var inflater = try Inflater()
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: room)
    var start = 0
    while true {
      let piece = Array(stream[start..<min(start + pieces, stream.count)])
      var span = buffer.mutableSpan
      var target = span.mutableBytes
      let progress = try inflater.inflate(piece.span.bytes, into: &target)
      output += buffer[..<progress.produced]
      start += progress.consumed
      if progress.consumed == 0 && progress.produced == 0 { break }
    }
    #expect(inflater.isAtMemberEnd || start == stream.count)
    try inflater.finish()
    return output
  }
}
