/// How a value is read from a node, and what is said when it cannot be.
public struct ValueKind<Value> {
  /// Where a value is, and whom to tell when it is wrong.
  public struct Source {
    /// The node with the value.
    public let node: YAMLNode
    /// The keys that lead to it.
    public let path: String
    let problems: ProblemList

    /// Tells that something is wrong with the value.
    public func report(_ message: String, remedy: String? = nil) {
      problems.add(Problem(place: node.place, path: path, message: message, remedy: remedy))
    }
  }

  /// Reads the value, or reports why it cannot and returns nil.
  let read: (Source) -> Value?

  /// Reads by a function that reports what is wrong and then returns nil.
  public init(_ read: @escaping (Source) -> Value?) {
    self.read = read
  }

  /// Reads a single value by a function that returns nil when the text is not what is expected.
  ///
  /// `expectation` completes the sentence "expected …". The text is part of the message unless
  /// the value is a secret or came from a variable.
  public static func scalar(
    _ expectation: String, isSecret: Bool = false, _ parse: @escaping (String) -> Value?
  ) -> ValueKind {
    ValueKind { source in
      guard case .scalar(let scalar) = source.node.content else {
        source.report("expected \(expectation), found \(source.node.kind)")
        return nil
      }
      if let value = parse(scalar.text) { return value }
      let isShown = !isSecret && !scalar.isSubstituted
      source.report("expected \(expectation)" + (isShown ? ", found \(quoted(scalar.text))" : ""))
      return nil
    }
  }

  /// Checks a value that could be read; the message says what is wrong with it.
  public func checked(_ problem: @escaping (Value) -> String?) -> ValueKind {
    ValueKind { source in
      guard let value = read(source) else { return nil }
      guard let message = problem(value) else { return value }
      source.report(message)
      return nil
    }
  }

  private static func quoted(_ text: String) -> String {
    text.count <= 60 ? "'\(text)'" : "'\(text.prefix(60))…'"
  }
}
