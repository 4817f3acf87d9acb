/// Something wrong in a text, with its place, and with what to do about it where that is known.
public struct Problem: Error, Hashable, Sendable {
  /// Where it is.
  public let place: Place
  /// The keys that lead to it, such as `alerts[0].url`; empty for the text as a whole.
  public let path: String
  /// What is wrong, without a full stop.
  public let message: String
  /// What to do about it, as a sentence.
  public let remedy: String?

  /// Describes a problem.
  public init(place: Place, path: String = "", message: String, remedy: String? = nil) {
    self.place = place
    self.path = path
    self.message = message
    self.remedy = remedy
  }
}

extension Problem: CustomStringConvertible {
  /// One line, such as `4:3: source.form: unknown key. Did you mean 'from'?`.
  public var description: String {
    let subject = path.isEmpty ? "" : "\(path): "
    let advice = remedy.map { " \($0)" } ?? ""
    return "\(place): \(subject)\(message).\(advice)"
  }
}

/// A place in a text; the first character is at line 1, column 1.
public struct Place: Hashable, Comparable, Sendable {
  /// The line, counted from 1.
  public let line: Int
  /// The column in characters, counted from 1.
  public let column: Int

  /// Names a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Compares by line, then by column.
  public static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

extension Place: CustomStringConvertible {
  /// The place in the form `line:column`.
  public var description: String { "\(line):\(column)" }
}

/// Collects the problems of one text, so that all can be told at once.
public final class ProblemList {
  private var unordered: [Problem] = []

  /// Makes an empty list.
  public init() {}

  /// Whether nothing is wrong so far.
  public var isEmpty: Bool { unordered.isEmpty }

  /// The problems in the order of their places.
  public var problems: [Problem] {
    // The sort is stable: problems of one place stay in the order in which they were found.
    unordered.sorted { $0.place < $1.place }
  }

  /// Adds a problem.
  public func add(_ problem: Problem) {
    unordered.append(problem)
  }
}
