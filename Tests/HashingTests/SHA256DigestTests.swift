import Hashing
import Testing

@Suite struct `A SHA-256 digest` {
  @Test func `survives the way through its bytes and through its hexadecimal text`() {
    let digest = SHA256.digest(of: "round trip")
    #expect(SHA256Digest(bytes: digest.bytes) == digest)
    #expect(SHA256Digest(hex: digest.hex) == digest)
    #expect(SHA256Digest(hex: digest.hex.uppercased()) == digest)
    #expect("\(digest)" == digest.hex)
  }

  @Test(arguments: [0, 31, 33])
  func `is refused for any other count of bytes`(count: Int) {
    #expect(SHA256Digest(bytes: [UInt8](repeating: 7, count: count)) == nil)
  }

  @Test(arguments: ["", "00", String(repeating: "a", count: 63), String(repeating: "a", count: 65)])
  func `is refused for any other count of digits`(text: String) {
    #expect(SHA256Digest(hex: text) == nil)
  }

  @Test(arguments: ["g", ":", "/", "@", "`", " ", "é"])
  func `is refused for a digit that is none`(digit: String) {
    #expect(SHA256Digest(hex: String(repeating: "0", count: 64 - digit.utf8.count) + digit) == nil)
  }

  @Test func `is ordered as its bytes and its text are`() {
    let digests = (0..<200).map { SHA256.digest(of: "\($0)") }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
    #expect(SHA256Digest(1, 2, 3, 4) < SHA256Digest(1, 2, 3, 5))
    #expect(SHA256Digest(1, 2, 3, 4) < SHA256Digest(1, 2, 4, 0))
    #expect(SHA256Digest(1, 2, 3, 4) < SHA256Digest(1, 3, 0, 0))
    #expect(SHA256Digest(1, 2, 3, 4) < SHA256Digest(2, 0, 0, 0))
    #expect(!(SHA256Digest(1, 2, 3, 4) < SHA256Digest(1, 2, 3, 4)))
  }

  @Test func `tells digests apart that share their first word`() {
    #expect(Set([SHA256Digest(1, 2, 3, 4), SHA256Digest(1, 2, 3, 5)]).count == 2)
  }
}
