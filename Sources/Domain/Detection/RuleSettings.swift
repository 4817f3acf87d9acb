internal import Access

/// The settings of one rule as canonical JSON: its switch, its severity, its own numbers.
protocol RuleSettings {
  /// The switch and the severity.
  var common: CommonSettings { get set }
  /// The defaults.
  init()
  /// Writes the members in the order of their keys.
  func write(to json: inout CanonicalJSON)
  /// Reads a number of its own; a key that it does not know is refused.
  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed)
}

extension RuleSettings {
  /// Reads what `write(to:)` wrote.
  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var settings = Self()
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "enabled": settings.common.enabled = try reader.flag()
      case "severity": settings.common.severity = try reader.severity()
      default: try settings.read(key, &reader)
      }
    }
    self = settings
  }

  /// A rule without numbers of its own.
  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("enabled")
    json.value(common.enabled)
    json.key("severity")
    json.optional(common.severity?.text)
    json.closeObject()
  }

  /// A rule without numbers of its own.
  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) { throw reader.refusal }
}

extension CanonicalJSON {
  /// Writes a text, or null.
  mutating func optional(_ text: String?) {
    if let text { value(text) } else { null() }
  }

  /// Writes a span in ticks.
  mutating func value(_ span: TimeSpan) { value(span.ticks) }

  /// Writes an array of texts.
  mutating func value(_ texts: [String]) { list(texts) { $1.value($0) } }

  /// Writes an array.
  mutating func list<Element>(
    _ elements: [Element], _ write: (Element, inout CanonicalJSON) -> Void
  ) {
    openArray()
    for element in elements { write(element, &self) }
    closeArray()
  }
}

extension CanonicalReader {
  /// What is thrown where a value makes no sense.
  var refusal: Malformed { Malformed(offset: 0) }

  /// Reads a text, or null.
  mutating func optionalText() throws(Malformed) -> String? { null() ? nil : try text() }

  /// Reads the word of a severity, or null.
  mutating func severity() throws(Malformed) -> Severity? {
    guard let word = try optionalText() else { return nil }
    guard let severity = Severity(word) else { throw refusal }
    return severity
  }

  /// Reads a span in ticks.
  mutating func span() throws(Malformed) -> TimeSpan { TimeSpan(ticks: try number()) }

  /// Reads an array of texts.
  mutating func texts() throws(Malformed) -> [String] {
    try list { reader throws(Malformed) in try reader.text() }
  }

  /// Reads an array.
  mutating func list<Element>(
    _ element: (inout CanonicalReader) throws(Malformed) -> Element
  ) throws(Malformed) -> [Element] {
    var elements: [Element] = []
    try array { reader throws(Malformed) in elements.append(try element(&reader)) }
    return elements
  }
}
