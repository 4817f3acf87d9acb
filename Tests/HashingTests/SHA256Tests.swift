import Hashing
import Testing

/// Messages and digests of the standard's own examples (FIPS 180-4).
private let examples: [(message: String, hex: String)] = [
  ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  (
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  ),
]

@Suite struct `SHA-256` {
  @Test(arguments: examples)
  func `gives the digests of the standard`(message: String, hex: String) {
    var hasher = SHA256Hasher()
    #expect(SHA256.digest(of: message).hex == hex)
    #expect(SHA256.digest(of: Array(message.utf8)).hex == hex)
    #expect(hasher.digest(of: message).hex == hex)
    #expect(hasher.digest(of: Array(message.utf8)).hex == hex)
  }

  @Test func `hashes borrowed bytes`() {
    let bytes = Array("abc".utf8)
    #expect(SHA256.digest(of: bytes.span.bytes) == SHA256.digest(of: "abc"))
  }

  @Test func `gives the same digests when one hasher is used again and again`() {
    var hasher = SHA256Hasher()
    for length in 0..<300 {
      let message = [UInt8](repeating: UInt8(truncatingIfNeeded: length), count: length)
      #expect(hasher.digest(of: message) == SHA256.digest(of: message))
    }
  }
}

@Suite struct `A running SHA-256` {
  @Test func `does not care where the message was cut`() {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    for cut in stride(from: 0, through: 1000, by: 37) {
      var running = RunningSHA256()
      running.update(Array(message[..<cut]))
      running.update(Array(message[cut...]))
      #expect(running.finish() == SHA256.digest(of: message))
    }
  }

  @Test func `of one million letters gives the digest of the standard`() {
    var running = RunningSHA256()
    let piece = String(repeating: "a", count: 1000)
    for _ in 0..<1000 { running.update(piece) }
    let hex = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(running.finish().hex == hex)
  }

  @Test func `starts over after its digest was taken`() {
    var running = RunningSHA256()
    running.update("first")
    _ = running.finish()
    running.update("abc")
    #expect(running.finish() == SHA256.digest(of: "abc"))
    #expect(running.finish() == SHA256.digest(of: ""))
  }
}
