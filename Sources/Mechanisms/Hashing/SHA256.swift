internal import COpenSSL

/// SHA-256 of whole messages.
///
/// Each thread keeps one hashing context for these functions, which is freed when the thread ends.
public enum SHA256 {
  /// Hashes an array of bytes.
  public static func digest(of bytes: [UInt8]) -> SHA256Digest {
    unsafe digest(of: bytes.span.bytes)
  }

  /// Hashes the UTF-8 bytes of a text.
  public static func digest(of text: String) -> SHA256Digest {
    unsafe digest(of: text.utf8Span.span.bytes)
  }

  /// Hashes borrowed bytes.
  public static func digest(of bytes: RawSpan) -> SHA256Digest {
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe DigestWords.make { words in
        unsafe gb_openssl_sha256_once(buffer.baseAddress, buffer.count, words)
      }
    }
  }
}

/// Where C writes the four words of a digest.
enum DigestWords {
  /// Runs one C call that fills the words; its failure can only mean that memory ran out.
  static func make(_ fill: (UnsafeMutablePointer<UInt64>) -> Int32) -> SHA256Digest {
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4) { words in
      unsafe words.initialize(repeating: 0)
      guard let base = words.baseAddress else { preconditionFailure("four words have an address") }
      let result = unsafe fill(base)
      precondition(result == 1, "OpenSSL could not compute SHA-256")
      return unsafe SHA256Digest(words[0], words[1], words[2], words[3])
    }
  }
}
