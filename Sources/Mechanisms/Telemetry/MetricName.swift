/// What a number is called and what it says.
public struct MetricName: Hashable, Sendable {
  /// The name without `_total`, of lower-case letters, digits and underscores.
  public let name: String
  /// One sentence for who reads it.
  public let help: String

  /// Names a number; the name is part of the program, so a wrong one is a broken invariant.
  public init(_ name: StaticString, _ help: StaticString) {
    self.name = "\(name)"
    self.help = "\(help)"
    precondition(
      self.name.utf8.first.map { $0 > 0x39 } ?? false
        && self.name.utf8.allSatisfy {
          $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
        }, "a metric is named by lower-case letters, digits and underscores")
    precondition(
      !self.name.hasSuffix("_total"), "the suffix of counters is added when they are shown")
  }
}

/// What tells one number of a name from the others.
public typealias Labels = KeyValuePairs<String, String>
