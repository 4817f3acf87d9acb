internal import Access
internal import JSONScan

/// What the bytes given to a decoder are.
public enum MessageKind: Hashable, Sendable {
  /// A message of a hub, or a line or a document of a file.
  case message
  /// One element that was cut out of an array.
  case element
  /// A row of the table that was begun last.
  case row
}

/// Decodes messages into evidence; whatever the bytes are, it ends with counts that add up.
///
/// One decoder belongs to one thread at a time. It keeps its buffers for the next message; records
/// that are not evidence cost no allocation.
public struct MessageDecoder: ~Copyable {
  /// The keys that the scanner notes, in its order.
  enum Key: Int {
    case operationName
    case time
    case category
  }

  let messageLimit: Int
  let catalog: OperationCatalog
  var scanner = JSONScanner(
    arrayKey: "records", keys: ["operationName", "time", "category"])
  var decoder = RecordDecoder()
  var words = EscapedText()
  var foreign = ForeignReader()
  var answer = AnswerReader()
  var table: CSVTable?
  var tableHeader: [UInt8]?
  /// Whether something in the message was read after a repair.
  var isRepaired = false

  /// Makes a decoder.
  public init(_ settings: DecodingSettings = DecodingSettings()) {
    messageLimit = settings.messageLimit
    catalog = OperationCatalog(settings)
  }

  /// Decodes one message; what the output held before is forgotten, except `newestAllowed`.
  public mutating func decode(
    _ message: RawSpan, as kind: MessageKind = .message, into output: inout DecodedInput
  ) {
    output.removeAll()
    isRepaired = false
    guard message.byteCount <= messageLimit else {
      return output.rejectMessage(
        copied(message.extracting(first: 64 << 10)), at: 0,
        because: "The message has more than \(messageLimit) bytes.")
    }
    if kind == .row {
      decodeRow(message, into: &output)
      if isRepaired { output.counts.repaired = 1 }
      return
    }
    let outcome = scanner.scan(message)
    if mayHold(outcome), readContainer(message, into: &output) {
      // Its records are taken.
    } else if outcome.isComplete && outcome.irregularRecords == 0 && outcome.nonObjects == 0
      && (kind == .message || outcome.shape != .array)
    {
      take(outcome, into: &output)
    } else {
      readTroubled(message, outcome, as: kind, into: &output)
    }
    if isRepaired { output.counts.repaired = 1 }
  }

  /// Counts what a scan found, and decodes its records.
  mutating func take(
    _ outcome: ScanOutcome, shiftedBy shift: Int = 0, into output: inout DecodedInput
  ) {
    output.counts.recordsRead += outcome.records + outcome.emptyObjects
    output.counts.irrelevant += outcome.emptyObjects
    for record in 0..<scanner.recordCount { visit(record, shift, into: &output) }
  }

  private mutating func visit(_ record: Int, _ shift: Int, into output: inout DecodedInput) {
    let isUsual =
      kind(record, .operationName) == .string && kind(record, .time) == .string
      && kind(record, .category) == .string
    guard isUsual else { return visitUnusual(record, shift, into: &output) }
    let operation = scanner.withValue(record, key: Key.operationName.rawValue) {
      catalog.operation(named: $0)
    }
    if let operation { return decode(record, as: operation, shift, into: &output) }
    let isActivity = scanner.withValue(record, key: Key.category.rawValue) {
      ActivityCategory.isKnown($0)
    }
    if !isActivity, isSession(record) { return decode(record, as: .session, shift, into: &output) }
    output.counts.irrelevant += 1
    guard isActivity && scanner.slot(record).isRegular else { return }
    let time = scanner.withValue(record, key: Key.time.rawValue) { Timestamp.parse($0) }
    if let time { output.noteActivity(at: time) }
  }

  func kind(_ record: Int, _ key: Key) -> ValueSlot.Kind {
    scanner.value(record, key: key.rawValue).kind
  }

  /// Decodes a record that is relevant.
  mutating func decode(
    _ record: Int, as operation: OperationCatalog.Operation, _ shift: Int,
    into output: inout DecodedInput
  ) {
    let offset = scanner.slot(record).offset + shift
    do throws(Unreadable) {
      let decoded = try scanner.withRecord(record) { bytes throws(Unreadable) in
        try decoder.decode(bytes, as: operation)
      }
      isRepaired = isRepaired || decoder.isRepaired
      output.take(decoded, at: offset, scanner.withRecord(record) { copied($0) })
    } catch {
      output.reject(
        scanner.withRecord(record) { copied($0) }, at: offset, reason: error.reason)
    }
  }
}
