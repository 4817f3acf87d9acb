import Compression
import Files
import Foundation
import Testing

@Suite struct `A stream of bytes` {
  static let text = (0..<40_000).map { "{\"line\":\($0)}" }.joined(separator: "\n") + "\n"

  @Test func `is decompressed when it is gzip, whatever its name`() throws {
    let folder = try TemporaryFolder()
    let half = Array(Self.text.utf8.prefix(300_000))
    let rest = Array(Self.text.utf8.dropFirst(300_000))
    let bytes = try Deflater.gzip(half) + Deflater.gzip(rest)
    let result = try Splitting(.file(path: folder.write("lines.txt", bytes)))
    #expect(result.cuts.count == 40_000)
    #expect(result.cuts.last == .message("{\"line\":39999}"))
    #expect(result.endOffset == Int64(Self.text.utf8.count))
  }

  @Test func `is read as it is when it only has the name of gzip`() throws {
    let folder = try TemporaryFolder()
    let result = try Splitting(.file(path: folder.write("lines.gz", "{}\n")))
    #expect(result.cuts == [.message("{}")])
  }

  @Test func `gives what is good before the damage, then the damage`() throws {
    let folder = try TemporaryFolder()
    let good = try Deflater.gzip(Array("{\"a\":1}\n{\"b\":2}\n".utf8))
    let cutOff = try folder.write("cut", good + good.prefix(good.count - 9))
    let cut = try Splitting(.file(path: cutOff))
    #expect(cut.cuts.count == 4)
    #expect(cut.failure?.code == .truncated)
    let garbage = try folder.write("garbage", good + Array("no gzip".utf8))
    let damaged = try Splitting(.file(path: garbage))
    #expect(damaged.cuts.count == 2)
    #expect(damaged.failure?.code == .corrupt)
    #expect(damaged.failure?.description == "\(garbage) is damaged: incorrect header check.")
  }

  @Test func `knows its size and how much is used up`() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("plain", Self.text)
    let bytes = try Deflater.gzip(Array(Self.text.utf8))
    let gzip = try folder.write("gzip", bytes)
    for (path, size) in [(plain, Self.text.utf8.count), (gzip, bytes.count)] {
      var stream = try ByteStream(.file(path: path))
      #expect(stream.totalSize == Int64(size))
      #expect(stream.consumed == 0)
      var buffer = [UInt8](repeating: 0, count: 1000)
      var elements = buffer.mutableSpan
      var room = elements.mutableBytes
      while try stream.read(into: &room) > 0 {}
      #expect(stream.consumed == Int64(size))
    }
  }

  @Test func `cannot go on in the middle of gzip`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("gzip", Deflater.gzip([1, 2, 3]))
    let error = #expect(throws: FileError.self) { try Splitting(.file(path: path), from: 3) }
    #expect(error?.code == .notResumable)
  }

  @Test(arguments: [false, true]) func `may come through a pipe`(compressed: Bool) throws {
    let pipe = Pipe()
    let bytes = compressed ? try Deflater.gzip(Array(Self.text.utf8)) : Array(Self.text.utf8)
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    let writer = Thread {
      for start in stride(from: 0, to: bytes.count, by: 1777) {
        let piece = bytes[start..<min(start + 1777, bytes.count)]
        try? pipe.fileHandleForWriting.write(contentsOf: Data(piece))
      }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let result = try Splitting(.file(path: path))
    #expect(result.cuts.count == 40_000)
    #expect(result.failure == nil)
  }

  @Test func `of a folder or of nothing is refused with a sentence`() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: FileError.self) { try Splitting(.file(path: folder.path)) }
    #expect(error?.description == "\(folder.path) is a folder.")
    let missing = #expect(throws: FileError.self) { try Splitting(.file(path: "/no/such")) }
    #expect(missing?.description == "There is no file or folder /no/such.")
  }
}
