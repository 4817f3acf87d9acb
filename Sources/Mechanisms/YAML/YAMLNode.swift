/// A value in a YAML text, with its place.
public struct YAMLNode: Hashable, Sendable {
  /// What a node can be.
  public enum Content: Hashable, Sendable {
    /// A single value, which stays text until a reader asks for something else.
    case scalar(Scalar)
    /// A list.
    case sequence([YAMLNode])
    /// Keys with their values, in the order of the text; no key comes twice.
    case mapping([Entry])
  }

  /// The text of a single value.
  public struct Scalar: Hashable, Sendable {
    /// The text, without quotes.
    public let text: String
    /// Whether there were quotes or a block around it.
    public let isQuoted: Bool
    /// Whether a part of it came from a variable, and may be a secret.
    public let isSubstituted: Bool

    /// Makes the text of a single value.
    public init(text: String, isQuoted: Bool = false, isSubstituted: Bool = false) {
      self.text = text
      self.isQuoted = isQuoted
      self.isSubstituted = isSubstituted
    }
  }

  /// A key with its value.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public let key: String
    /// Where the key is.
    public let keyPlace: Place
    /// The value.
    public let value: YAMLNode

    /// Makes an entry.
    public init(key: String, keyPlace: Place, value: YAMLNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  /// Where the value begins.
  public let place: Place
  /// The value.
  public let content: Content

  /// Makes a node.
  public init(_ content: Content, at place: Place) {
    self.content = content
    self.place = place
  }

  /// Whether somebody wrote nothing here, `~` or `null`.
  public var isNull: Bool {
    guard case .scalar(let scalar) = content, !scalar.isQuoted, !scalar.isSubstituted else {
      return false
    }
    return ["", "~", "null"].contains(scalar.text)
  }

  /// What it is, in words for a message.
  var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a single value"
    case .sequence: "a list"
    case .mapping: "a table"
    }
  }
}
