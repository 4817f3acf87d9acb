/// Why bytes could not be compressed or decompressed.
public enum CompressionError: Error, Equatable, Sendable {
  /// The bytes are not what a compressor wrote; the text is zlib's reason.
  case corrupt(String)
  /// The bytes end before the compressed data does.
  case truncated
  /// The decompressed bytes would be more than the caller allows.
  case tooLarge(limit: Int)
  /// zlib could not get the memory that it needs.
  case outOfMemory
}

extension CompressionError: CustomStringConvertible {
  /// The failure as one sentence.
  public var description: String {
    switch self {
    case .corrupt(let reason): "The compressed data is corrupt: \(reason)."
    case .truncated: "The compressed data ends too early."
    case .tooLarge(let limit): "The decompressed data is larger than \(limit) bytes."
    case .outOfMemory: "There is not enough memory to decompress."
    }
  }
}
