/// A text with its unambiguous faults mended.
public struct RepairedJSON: Hashable, Sendable {
  /// The mended text.
  public let bytes: [UInt8]
  /// What was mended.
  public let repairs: JSONRepair
}

/// The faults of JSON text that have one meaning only, and their repair.
public struct JSONRepair: OptionSet, Hashable, Sendable {
  /// The bits of the set.
  public let rawValue: UInt8

  /// Makes a set from its bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// A byte order mark at the start was taken away.
  public static let byteOrderMark = JSONRepair(rawValue: 1 << 0)
  /// Strings in single quotes were put in double quotes.
  public static let singleQuotes = JSONRepair(rawValue: 1 << 1)
  /// Raw newlines, tabs and other control characters in strings were escaped.
  public static let controlCharacters = JSONRepair(rawValue: 1 << 2)
  /// Objects in a row, with commas or only blanks between them, were put in an array.
  public static let joinedObjects = JSONRepair(rawValue: 1 << 3)
  /// Commas before a closing bracket or at the end of objects in a row were taken away.
  public static let trailingCommas = JSONRepair(rawValue: 1 << 4)

  /// Mends a text; nil when there is nothing that it can mend.
  ///
  /// Strings in double quotes keep their content, and what comes before the first fault stays as it
  /// is. The result need not be JSON: what cannot be mended stays, and from a single quote that may
  /// be an apostrophe on, nothing is mended. Takes linear time, and up to six times the memory.
  public static func repair(_ text: RawSpan) -> RepairedJSON? {
    text.withUnsafeBytes { source in
      var mender = Mender(source)
      mender.mend()
      guard !mender.repairs.isEmpty else { return nil }
      return RepairedJSON(bytes: mender.output, repairs: mender.repairs)
    }
  }
}
