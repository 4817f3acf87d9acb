internal import COpenSSL

/// SHA-256 of a message that arrives in pieces.
@safe
public struct RunningSHA256: ~Copyable {
  private let context: OpaquePointer

  /// Starts an empty message.
  public init() {
    guard let context = unsafe gb_openssl_sha256_new() else {
      preconditionFailure("OpenSSL has no memory left or no SHA-256")
    }
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds borrowed bytes to the message.
  public mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { buffer in
      // An empty span may have no address, which OpenSSL need not accept.
      guard let base = buffer.baseAddress else { return }
      let result = unsafe EVP_DigestUpdate(context, base, buffer.count)
      precondition(result == 1, "OpenSSL could not add bytes to a SHA-256")
    }
  }

  /// Adds an array of bytes to the message.
  public mutating func update(_ bytes: [UInt8]) {
    unsafe update(bytes.span.bytes)
  }

  /// Adds the UTF-8 bytes of a text to the message.
  public mutating func update(_ text: String) {
    unsafe update(text.utf8Span.span.bytes)
  }

  /// Returns the digest of all bytes added so far, and starts an empty message.
  public mutating func finish() -> SHA256Digest {
    let digest = unsafe DigestWords.make { words in
      unsafe gb_openssl_sha256_finish(context, words)
    }
    let result = unsafe gb_openssl_sha256_restart(context)
    precondition(result == 1, "OpenSSL could not start a SHA-256")
    return digest
  }
}
