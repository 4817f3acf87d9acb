internal import Hashing

extension CanonicalJSON {
  /// SHA-256, in hex, of what was written: the id that its parts make.
  public var identity: String { SHA256.digest(of: bytes).hex }
}
