/// A value in a tree, meaningful only together with the tree's last parse.
public struct JSONNode: Hashable, Sendable {
  @usableFromInline let index: Int32

  @inlinable
  init(index: Int) {
    self.index = Int32(truncatingIfNeeded: index)
  }

  /// What kind of value a node is.
  public enum Kind: UInt32, Sendable {
    /// An object.
    case object
    /// An array.
    case array
    /// A string.
    case string
    /// A number.
    case number
    /// `true`.
    case `true`
    /// `false`.
    case `false`
    /// `null`.
    case null
  }
}
