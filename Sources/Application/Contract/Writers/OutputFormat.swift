/// The forms in which rows are written.
public enum OutputFormat: String, Sendable, CaseIterable {
  /// Aligned columns for people.
  case table
  /// One array of the rows.
  case json
  /// One row a line.
  case ndjson
  /// RFC 4180 with a header row.
  case csv
}

/// How tables are drawn.
public struct TableStyle: Hashable, Sendable {
  /// The columns of the terminal, or nil where lines may be as long as they are.
  public var width: Int?
  /// True where severities and states are coloured.
  public var colour: Bool

  /// A style; plain and unlimited unless said otherwise.
  public init(width: Int? = nil, colour: Bool = false) {
    self.width = width
    self.colour = colour
  }
}
