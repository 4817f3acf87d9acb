internal import Access
internal import JSONScan

// Records that lack a key or have it in another case, with escapes or with another kind of value.
extension MessageDecoder {
  mutating func visitUnusual(_ record: Int, _ shift: Int, into output: inout DecodedInput) {
    if kind(record, .time) == .absent, visitForeign(record, shift, into: &output) { return }
    if isSession(record) { return decode(record, as: .session, shift, into: &output) }
    switch kind(record, .operationName) {
    case .string, .escapedString:
      if let operation = statedOperation(record) {
        return decode(record, as: operation, shift, into: &output)
      }
      output.counts.irrelevant += 1
    case .other:
      output.counts.irrelevant += 1
    case .absent:
      // Metrics have no operation at all, and there are many of them.
      if !scanner.withRecord(record, { KeySearch.mayNameOperation($0) }) {
        output.counts.irrelevant += 1
        if kind(record, .time) == .absent || kind(record, .category) == .absent { return }
      } else if let operation = hiddenOperation(record) {
        return decode(record, as: operation, shift, into: &output)
      } else {
        output.counts.irrelevant += 1
      }
    }
    if let time = activityTime(record) { output.noteActivity(at: time) }
  }

  /// Whether a record is an audit record of Bastion's, by its category.
  mutating func isSession(_ record: Int) -> Bool {
    switch kind(record, .category) {
    case .string:
      scanner.withValue(record, key: Key.category.rawValue) { SessionReader.isCategory($0) }
    case .escapedString:
      withText(record, .category) { SessionReader.isCategory($0) ? true : nil } ?? false
    // Metrics have neither a category nor an operation, and there are many of them.
    case .absent where kind(record, .operationName) != .absent:
      scanner.withRecord(record) { decoder.isSession($0) }
    case .absent, .other: false
    }
  }

  private mutating func statedOperation(_ record: Int) -> OperationCatalog.Operation? {
    withText(record, .operationName) { [catalog] in catalog.operation(named: $0) }
  }

  /// The operation under a key that the scanner does not know, or in a record that is broken.
  private mutating func hiddenOperation(_ record: Int) -> OperationCatalog.Operation? {
    let (isReadable, found) = scanner.withRecord(record) { bytes in
      decoder.operationName(of: bytes) { catalog.operation(named: $0) }
    }
    if isReadable { return found }
    return scanner.withRecord(record) { bytes in
      KeySearch.firstOperation(in: bytes) { catalog.operation(named: $0) }
    }
  }

  /// The instant of an irrelevant record that stream time may follow.
  private mutating func activityTime(_ record: Int) -> EventTime? {
    guard scanner.slot(record).isRegular else { return nil }
    let (time, category) = (kind(record, .time), kind(record, .category))
    if time == .other || category == .other && !isNull(record, .category) { return nil }
    if time == .absent || category == .absent || category == .other {
      return scanner.withRecord(record) { decoder.activityTime($0) }
    }
    let isActivity = withText(record, .category) { ActivityCategory.isKnown($0) ? true : nil }
    return isActivity == nil ? nil : withText(record, .time) { Timestamp.parse($0) }
  }

  private func isNull(_ record: Int, _ key: Key) -> Bool {
    scanner.withValue(record, key: key.rawValue) { $0.isEqual(to: "null") }
  }

  /// Lends the text of a string, without its escapes.
  private mutating func withText<R>(
    _ record: Int, _ key: Key, _ body: (RawSpan) -> R?
  ) -> R? {
    scanner.withValue(record, key: key.rawValue) { bytes in
      scanner.value(record, key: key.rawValue).kind == .string
        ? body(bytes) : words.withText(bytes, body)
    }
  }
}

/// Reads the text of strings with escapes, in a buffer that is kept.
struct EscapedText: ~Copyable {
  private var tree = JSONTree()
  private var source: [UInt8] = []

  /// Lends the text of a string's source between its quotes; nil when its escapes are malformed.
  mutating func withText<R>(_ bytes: RawSpan, _ body: (RawSpan) -> R?) -> R? {
    source.removeAll(keepingCapacity: true)
    source.append(UInt8(ascii: "\""))
    unsafe bytes.withUnsafeBytes { unsafe source.append(contentsOf: $0) }
    source.append(UInt8(ascii: "\""))
    guard EscapedText.parse(source, into: &tree), let root = tree.root else { return nil }
    return tree.withStringBytes(root, body) ?? nil
  }

  private static func parse(_ source: [UInt8], into tree: inout JSONTree) -> Bool {
    unsafe tree.parse(source.span.bytes) == nil
  }
}
