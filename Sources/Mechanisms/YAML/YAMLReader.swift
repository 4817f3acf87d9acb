/// Reads a YAML text, which may also be JSON, into nodes.
///
/// Only what a settings file needs is read. Aliases and tags, which make a text mean something
/// else than it seems to say, are refused, and so are duplicate keys and second documents.
public enum YAMLReader {
  /// How deep lists and tables may be nested.
  public static let depthLimit = 32
  /// How long a text may be, in bytes.
  public static let byteLimit = 4 << 20

  /// Reads a text; the first thing that is wrong with its form ends the reading.
  ///
  /// A text without any value is an empty table.
  public static func read(_ text: String) throws(Problem) -> YAMLNode {
    try read(Array(text.utf8))
  }

  /// Reads the UTF-8 bytes of a text.
  public static func read(_ bytes: [UInt8]) throws(Problem) -> YAMLNode {
    let start = Place(line: 1, column: 1)
    guard bytes.count <= byteLimit else {
      throw Problem(place: start, message: "the text is longer than \(byteLimit) bytes")
    }
    let events = EventReader(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
    _ = try events.next()
    guard case .documentStart = try events.next().kind else {
      return YAMLNode(.mapping([]), at: start)
    }
    let root = try node(events.next(), events, depth: 0)
    _ = try events.next()
    let end = try events.next()
    guard case .streamEnd = end.kind else {
      throw Problem(place: end.place, message: "a second document begins here")
    }
    return root.isNull ? YAMLNode(.mapping([]), at: start) : root
  }

  private static func node(
    _ event: Event, _ events: borrowing EventReader, depth: Int
  ) throws(Problem) -> YAMLNode {
    try refuseUnsupported(event)
    switch event.kind {
    case .scalar(let scalar):
      return YAMLNode(.scalar(scalar), at: event.place)
    case .sequenceStart:
      try checkDepth(depth, event)
      return try sequence(event.place, events, depth: depth + 1)
    case .mappingStart:
      try checkDepth(depth, event)
      return try mapping(event.place, events, depth: depth + 1)
    default:
      preconditionFailure("libyaml balances its events")
    }
  }

  private static func sequence(
    _ place: Place, _ events: borrowing EventReader, depth: Int
  ) throws(Problem) -> YAMLNode {
    var elements: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { return YAMLNode(.sequence(elements), at: place) }
      elements.append(try node(event, events, depth: depth))
    }
  }

  private static func mapping(
    _ place: Place, _ events: borrowing EventReader, depth: Int
  ) throws(Problem) -> YAMLNode {
    var entries: [YAMLNode.Entry] = []
    var places: [String: Place] = [:]
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { return YAMLNode(.mapping(entries), at: place) }
      let key = try key(event)
      if let first = places.updateValue(event.place, forKey: key) {
        throw Problem(
          place: event.place, message: "the key '\(key)' is already there at \(first)")
      }
      let value = try node(events.next(), events, depth: depth)
      entries.append(YAMLNode.Entry(key: key, keyPlace: event.place, value: value))
    }
  }

  private static func key(_ event: Event) throws(Problem) -> String {
    try refuseUnsupported(event)
    guard case .scalar(let scalar) = event.kind else {
      throw Problem(place: event.place, message: "a key has to be a single value")
    }
    return scalar.text
  }

  private static func refuseUnsupported(_ event: Event) throws(Problem) {
    if case .alias = event.kind {
      throw Problem(place: event.place, message: "aliases are not supported")
    }
    if event.hasAnchor {
      throw Problem(place: event.place, message: "anchors are not supported")
    }
    if event.hasTag {
      throw Problem(place: event.place, message: "tags are not supported")
    }
  }

  private static func checkDepth(_ depth: Int, _ event: Event) throws(Problem) {
    if depth >= depthLimit {
      throw Problem(place: event.place, message: "this is nested deeper than \(depthLimit) levels")
    }
  }
}
