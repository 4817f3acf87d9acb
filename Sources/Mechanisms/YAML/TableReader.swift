/// Reads the keys of a table one by one and collects everything that is wrong.
///
/// A reader knows which keys were asked for. ``finish()`` therefore comes last: it reports the
/// keys of the text that nobody asked for, in this table and in all that were read from it.
public final class TableReader {
  /// The keys that lead to this table; empty for the whole text.
  public let path: String
  /// Where the table is, or where its parent is when the text does not have it.
  public let place: Place
  private let problems: ProblemList
  private let entries: [YAMLNode.Entry]
  private var asked: [String] = []
  private var children: [TableReader] = []
  private var acceptsRest = false

  /// Reads a node, which has to be a table.
  public init(_ node: YAMLNode, path: String = "", problems: ProblemList) {
    self.path = path
    self.place = node.place
    self.problems = problems
    if case .mapping(let entries) = node.content {
      self.entries = entries
    } else {
      entries = []
      // What is no table can be nothing at all: then every required key is reported.
      if !node.isNull {
        problems.add(
          Problem(place: node.place, path: path, message: "expected a table, found \(node.kind)"))
      }
    }
  }

  /// The keys of the table in the order of the text.
  public var keys: [String] { entries.map(\.key) }

  /// Every key that was asked for so far, here and in all tables that were read from this one,
  /// with the keys that lead to it; of a list the elements count as one, as in `alerts[].path`.
  public var askedPaths: Set<String> {
    let own = asked.map { key in
      path(of: key).replacing(#/\[\d+\]/#, with: "[]")
    }
    return children.reduce(into: Set(own)) { $0.formUnion($1.askedPaths) }
  }

  /// Whether the table has a key with something behind it.
  public func has(_ key: String) -> Bool { node(key) != nil }

  /// Reads a value that has to be there; nil when it is missing or wrong, which is reported.
  public func required<Value>(_ key: String, _ kind: ValueKind<Value>) -> Value? {
    guard let node = node(key) else {
      report(key, "is required")
      return nil
    }
    return kind.read(source(key, node))
  }

  /// Reads a value that may be missing; nil also when it is wrong, which is reported.
  public func optional<Value>(_ key: String, _ kind: ValueKind<Value>) -> Value? {
    node(key).flatMap { kind.read(source(key, $0)) }
  }

  /// Reads a value, or takes the default when it is missing, or wrong, which is reported.
  public func value<Value>(
    _ key: String, _ kind: ValueKind<Value>, default standard: @autoclosure () -> Value
  ) -> Value {
    optional(key, kind) ?? standard()
  }

  /// Reads a table; one that is missing is read as an empty one.
  public func table(_ key: String) -> TableReader {
    adopt(TableReader(node(key) ?? missing(key), path: path(of: key), problems: problems))
  }

  /// Reads a table that may be missing.
  public func optionalTable(_ key: String) -> TableReader? {
    node(key).map { adopt(TableReader($0, path: path(of: key), problems: problems)) }
  }

  /// Reads a list of tables; one that is missing is read as an empty one.
  public func tables(_ key: String) -> [TableReader] {
    guard let node = node(key) else { return [] }
    guard case .sequence(let nodes) = node.content else {
      report(key, "expected a list of tables, found \(node.kind)")
      return []
    }
    return nodes.enumerated().map { index, node in
      adopt(TableReader(node, path: "\(path(of: key))[\(index)]", problems: problems))
    }
  }

  /// Reports that something is wrong with the value of a key, at its place.
  public func report(_ key: String, _ message: String, remedy: String? = nil) {
    problems.add(
      Problem(
        place: node(key)?.place ?? place, path: path(of: key), message: message, remedy: remedy))
  }

  /// Reports that something is wrong with the table as a whole.
  public func report(_ message: String, remedy: String? = nil) {
    problems.add(Problem(place: place, path: path, message: message, remedy: remedy))
  }

  /// Leaves the keys that nobody asked for unreported, where it is unknown which ones belong.
  public func acceptRest() {
    acceptsRest = true
  }

  /// Reports the keys that nobody asked for, here and in all tables that were read from this one.
  public func finish() {
    for entry in entries where !acceptsRest && !asked.contains(entry.key) {
      let unused = asked.filter { key in !entries.contains { $0.key == key } }
      problems.add(
        Problem(
          place: entry.keyPlace, path: path(of: entry.key), message: "unknown key",
          remedy: DidYouMean.question(for: entry.key, among: unused)))
    }
    for child in children { child.finish() }
  }

  private func node(_ key: String) -> YAMLNode? {
    if !asked.contains(key) { asked.append(key) }
    let node = entries.first { $0.key == key }?.value
    return node?.isNull == true ? nil : node
  }

  private func missing(_ key: String) -> YAMLNode {
    let entry = entries.first { $0.key == key }
    return YAMLNode(.mapping([]), at: entry?.keyPlace ?? place)
  }

  private func path(of key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }

  private func source<Value>(_ key: String, _ node: YAMLNode) -> ValueKind<Value>.Source {
    ValueKind<Value>.Source(node: node, path: path(of: key), problems: problems)
  }

  private func adopt(_ child: TableReader) -> TableReader {
    children.append(child)
    return child
  }
}
