internal import COpenSSL

/// A reusable hasher of whole messages, for a loop that hashes one after the other.
///
/// It owns its context, so it works on whichever thread it was moved to.
@safe
public struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  /// Makes a hasher.
  public init() {
    guard let context = unsafe gb_openssl_sha256_new() else {
      preconditionFailure("OpenSSL has no memory left or no SHA-256")
    }
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Hashes borrowed bytes.
  public mutating func digest(of bytes: RawSpan) -> SHA256Digest {
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe DigestWords.make { words in
        unsafe gb_openssl_sha256_digest(context, buffer.baseAddress, buffer.count, words)
      }
    }
  }

  /// Hashes an array of bytes.
  public mutating func digest(of bytes: [UInt8]) -> SHA256Digest {
    unsafe digest(of: bytes.span.bytes)
  }

  /// Hashes the UTF-8 bytes of a text.
  public mutating func digest(of text: String) -> SHA256Digest {
    unsafe digest(of: text.utf8Span.span.bytes)
  }
}
