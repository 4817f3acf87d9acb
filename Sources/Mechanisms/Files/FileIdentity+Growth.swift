public import Hashing

extension FileIdentity {
  /// What became of a file since it was read.
  public enum Change: Equatable, Sendable {
    /// It is as it was.
    case none
    /// It has grown, and what was read is still there.
    case grown
    /// It is another file, or was written anew.
    case replaced
  }

  /// Compares the file with what it was when reading ended at `offset`.
  ///
  /// `tail` is the digest of the bytes before `offset`, taken then. Only what `earlier` says about
  /// the beginning of the file is compared, because a small file's own beginning grows too.
  public func change(
    since earlier: FileIdentity, readUpTo offset: Int64, tail: SHA256Digest
  ) throws(FileError) -> Change {
    let isKnown = path == earlier.path || (device == earlier.device && inode == earlier.inode)
    guard isKnown, size >= earlier.size, size >= offset else { return .replaced }
    if size == earlier.size && modifiedNanoseconds == earlier.modifiedNanoseconds {
      return head == earlier.head ? .none : .replaced
    }
    let sample = min(earlier.size, Self.sampleSize)
    guard size > earlier.size,
      try Self.digest(ofFile: path, 0..<sample) == earlier.head,
      try Self.digest(ofFile: path, before: offset) == tail
    else { return .replaced }
    return .grown
  }
}
