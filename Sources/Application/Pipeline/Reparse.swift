public import Access
public import AccessDecoding
public import Ledger

/// What trying rejects again has come to.
public struct ReparseSummary: Sendable {
  /// Rejects that could be read.
  public var retried = 0
  /// Rejects that still cannot.
  public var stillRejected = 0
  /// Rejects that could not be tried: their bytes, or those of their record, are cut or gone.
  public var untriable = 0
  /// Bodies that could be read, of records that were evidence without them.
  public var bodies = 0
  /// How the counts of the sources have changed.
  public var counts = RecordCounts()

  /// Nothing tried yet.
  public init() {}
}

/// Tries rejects again with the present decoder; each that can be read is one step.
///
/// The counts of its source move with it, so that they go on adding up:
/// - a record leaves `rejected` for what it is now: evidence, a duplicate, or irrelevant;
/// - a message leaves `messagesRejected`, and its records are counted as if read now; where it is
///   readable in part, its rest is a reject of its own;
/// - a body leaves `rejectedBodies`, and nothing else changes: its record was counted as evidence.
///   The record with its body has another id than without; both are kept, and the fold makes one
///   call of them.
///
/// The rejects stay, marked, for the chain is made of them too.
public final class Reparse {
  private let judge: Judge
  private let reader: LedgerReader
  private var decoder: MessageDecoder
  private let clock: @Sendable () -> EventTime
  private var summary = ReparseSummary()

  /// How many rejects are held in memory at once, each of at most 64 KiB.
  private static let pageLimit = 128

  /// Rejects of the ledger that `judge` judges.
  public init(
    judge: Judge, decoding: DecodingSettings, clock: @escaping @Sendable () -> EventTime
  ) throws(LedgerError) {
    self.judge = judge
    self.clock = clock
    reader = try LedgerReader(path: judge.ledger.path)
    decoder = MessageDecoder(decoding)
  }

  /// Tries every reject that is there now, and judges everything as an import does.
  ///
  /// `isGoingOn` says false to end early, which keeps what was read so far.
  public func run(while isGoingOn: () -> Bool) throws(LedgerError) -> ReparseSummary {
    let last = try reader.newestReject()
    var page = try reader.rejectsToRetry(after: 0, through: last, limit: Reparse.pageLimit)
    while let end = page.last?.sequence {
      for reject in page {
        if !isGoingOn() { return summary }
        try retry(reject)
      }
      page = try reader.rejectsToRetry(after: end, through: last, limit: Reparse.pageLimit)
    }
    if let newest = try judge.ledger.importNewest() { _ = try judge.move(to: newest) }
    while isGoingOn(), try judge.workOnDue() {}
    return summary
  }

  private func retry(_ reject: RetriableReject) throws(LedgerError) {
    let builder =
      switch reject.stored.input.kind {
      case .message, .record: reread(reject)
      case .body: try rereadBody(reject)
      }
    guard var batch = builder?.batch else { return }
    batch.retried = [reject.stored.id]
    // Stream time of a topic follows its partitions; that of imports what was imported.
    let isImport = batch.source == FileImport.source
    try judge.take(batch, importedUpTo: isImport ? builder?.newest : nil)
    summary.retried += 1
    summary.counts += judge.lastCounts
  }

  /// A message or a record, decoded again; nil when it cannot be read.
  private func reread(_ reject: RetriableReject) -> BatchBuilder? {
    let input = reject.stored.input
    guard reject.isWhole else {
      summary.untriable += 1
      return nil
    }
    let kind = input.kind == .record ? MessageKind.element : .message
    let decoded = decode(input.bytes, as: kind, under: input.header)
    var counts = RecordCounts()
    let isRead: Bool
    if input.kind == .record {
      isRead = decoded.rejects.isEmpty && decoded.counts.recordsRead == 1
      (counts.recordsRead, counts.rejected) = (-1, -1)
    } else {
      isRead = decoded.counts.messagesRejected == 0 || decoded.counts.recordsRead > 0
      counts.messagesRejected = -1
    }
    guard isRead else {
      summary.stillRejected += 1
      return nil
    }
    var builder = makeBuilder(reject)
    builder.add(
      decoded.shifted(by: input.offset), at: reject.stored.position.position,
      bytes: input.bytes.count)
    builder.add(counts)
    return builder
  }

  /// The records at the place of a rejected body, decoded again; nil when it still cannot be read.
  private func rereadBody(_ reject: RetriableReject) throws(LedgerError) -> BatchBuilder? {
    var builder = makeBuilder(reject)
    var isFound = false
    for record in try reader.records(besideReject: reject.sequence) {
      guard let raw = record.raw else {
        summary.untriable += 1
        return nil
      }
      let decoded = decode(raw, as: .element, under: reject.stored.input.header)
      for found in decoded.records {
        if found.bodyRejects.isEmpty {
          guard builder.addBody(found, at: reject.stored.position.position, record.evidence) else {
            continue
          }
          isFound = true
        } else if reject.isWhole == false || isBody(reject, among: found.bodyRejects) {
          summary.stillRejected += 1
          return nil
        }
      }
    }
    guard isFound else {
      summary.stillRejected += 1
      return nil
    }
    var counts = RecordCounts()
    counts.rejectedBodies = -1
    builder.add(counts)
    summary.bodies += 1
    return builder
  }

  private func isBody(_ reject: RetriableReject, among bodies: [RejectedInput]) -> Bool {
    bodies.contains { $0.bytes == reject.stored.input.bytes }
  }

  /// Decodes bytes once more; those that were cut from a table are a row under its header.
  private func decode(
    _ bytes: [UInt8], as kind: MessageKind, under header: [UInt8]?
  ) -> DecodedInput {
    var decoded = DecodedInput()
    decoded.newestAllowed = StreamClock.newestAllowed(receivedAt: clock())
    if let header { _ = unsafe decoder.begin(tableUnder: header.span.bytes) }
    let kind = header == nil ? kind : .row
    unsafe decoder.decode(bytes.span.bytes, as: kind, into: &decoded)
    return decoded
  }

  private func makeBuilder(_ reject: RetriableReject) -> BatchBuilder {
    BatchBuilder(source: reject.stored.position.source, receivedAt: clock())
  }
}

extension BatchBuilder {
  /// Adds a record that is known without its body; false when nothing new is in it.
  fileprivate mutating func addBody(
    _ record: DecodedRecord, at position: String, _ known: Set<EvidenceID>
  ) -> Bool {
    let ids = record.evidence.map { $0.id(ofCanonical: $0.canonical) }
    guard !known.isSuperset(of: ids) else { return false }
    var item = LedgerBatch.Item(
      pieces: record.evidence, raw: record.raw, position: position, rejectedBodies: [])
    item.isCounted = false
    add(item)
    return true
  }
}

extension DecodedInput {
  /// The same with places counted from the beginning of the message that the bytes were cut from.
  fileprivate func shifted(by offset: Int) -> DecodedInput {
    var shifted = self
    for index in shifted.rejects.indices { shifted.rejects[index].offset += offset }
    for index in shifted.records.indices {
      for body in shifted.records[index].bodyRejects.indices {
        shifted.records[index].bodyRejects[body].offset += offset
      }
    }
    return shifted
  }
}
