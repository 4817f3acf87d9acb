/// Which decoder reads files: a file that an older one read is read again.
public enum DecoderVersion {
  /// Raised with every change after which the same bytes give other evidence.
  public static let current = 3
}
