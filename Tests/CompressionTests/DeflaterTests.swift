import Compression
import Testing

@Suite struct `A compressed block` {
  @Test(arguments: [0, 1, 100, 1023, 1024, 1025, 70_000, 3_000_000])
  func `comes back as it was`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let block = try Deflater.compress(bytes)
    #expect(try Deflater.decompress(block, limit: count) == bytes)
  }

  @Test func `is smaller than repetitive bytes`() throws {
    let bytes = [UInt8](repeating: 7, count: 100_000)
    #expect(try Deflater.compress(bytes).count < 1000)
  }

  @Test func `comes back also when it does not compress`() throws {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(try Deflater.decompress(try Deflater.compress(bytes), limit: 50_000) == bytes)
  }

  @Test(arguments: [0, 1, 999, 1_999_999])
  func `is refused when it holds more than the limit`(limit: Int) throws {
    let block = try Deflater.compress([UInt8](repeating: 0, count: 2_000_000))
    #expect(throws: CompressionError.tooLarge(limit: limit)) {
      try Deflater.decompress(block, limit: limit)
    }
  }

  @Test func `is truncated when bytes are missing at any place`() throws {
    let block = try Deflater.compress(Array("a block of some length, a block".utf8))
    for count in 0..<block.count {
      #expect(throws: CompressionError.truncated) {
        try Deflater.decompress(Array(block.prefix(count)), limit: 1000)
      }
    }
  }

  @Test func `is corrupt when a byte is changed or follows`() throws {
    var block = try Deflater.compress(Array("a block".utf8))
    #expect(throws: CompressionError.corrupt("bytes after the end")) {
      try Deflater.decompress(block + [0], limit: 1000)
    }
    block[block.count - 1] ^= 1
    #expect(throws: CompressionError.corrupt("incorrect data check")) {
      try Deflater.decompress(block, limit: 1000)
    }
  }

  @Test func `that needs a dictionary is corrupt and not a trap`() {
    let block: [UInt8] = [0x78, 0xBB, 1, 2, 3, 4, 0, 0]
    #expect(throws: CompressionError.corrupt("a dictionary is needed")) {
      try Deflater.decompress(block, limit: 1000)
    }
  }
}
