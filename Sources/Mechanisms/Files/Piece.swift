/// A message that was found in a stream.
public struct Piece: Equatable, Sendable {
  /// What it is in the stream.
  public enum Kind: Sendable {
    /// A message of its own, whole or damaged, or the damaged rest of an array.
    case message
    /// One element of an array that was cut, which need not be an object.
    case element
    /// The first row of a table, which names its columns.
    case header
    /// A row of a table.
    case row
    /// A message or an element over the limit, of which only the first bytes are lent.
    case oversized
  }

  /// What it is.
  public var kind: Kind
  /// Where it begins in the decompressed stream.
  public var offset: Int64
  /// How long it is; 0 for what is missing of an array that the stream ends in.
  public var length: Int64
}
